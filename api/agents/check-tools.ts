/**
 * Who may give an agent its tools: whoever talks to it acts through them. So a tool that names an automation, an agent or a credential
 * that the draft did not name in this way before needs the right to run, use or give it.
 */
import type { Action } from '../../contracts/access/actions.ts';
import type { ResourceType } from '../../contracts/access/roles.ts';
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import type { Tool } from '../../contracts/agents/tool.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import { contentHash } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/**
 * @param before what this one takes the place of, if any
 * @throws ApiProblem `automation-not-shared`, `agent-not-shared`, `knowledge-not-shared`, `credential-not-shared`
 */
export async function checkTools(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { before, after }: { before: AgentDefinition | undefined; after: AgentDefinition },
): Promise<void> {
  const known = new Set(before?.tools.map(reachOf));
  for (const [position, tool] of after.tools.entries()) {
    const use = reachOf(tool);
    if (use === undefined || known.has(use)) continue;
    known.add(use);
    const refused = await refusalOf(tool, principal, db);
    if (!refused) continue;
    const field = `draft.tools.${position}.${fieldOf(tool)}`;
    throw new ApiProblem(refused.code, refused.values, {
      errors: [{ message: refused.code, field, code: refused.code }],
    });
  }
}

function fieldOf({ kind }: Tool): string {
  if (kind === 'http') return 'credential';
  return kind === 'knowledge' ? 'bases' : kind;
}

/** The same for what reaches the same thing in the same way; undefined: it reaches nothing that has an owner. */
function reachOf(tool: Tool): string | undefined {
  if (tool.kind === 'knowledge')
    return tool.bases.length === 0 ? undefined : `knowledge ${tool.bases.toSorted().join(' ')}`;
  if (tool.kind === 'automation') return tool.automation === '' ? undefined : `automation ${tool.automation}`;
  if (tool.kind === 'agent') return tool.agent === '' ? undefined : `agent ${tool.agent}`;
  if (tool.kind !== 'http' || tool.credential === '') return undefined;
  // A secret that goes to another address is another use of it.
  const { credential, method, url, parameters, body } = tool;
  return `credential ${contentHash({ credential, method, url, parameters, body })}`;
}

async function refusalOf(
  tool: Tool,
  principal: WorkspacePrincipal,
  db: ApiDeps['db'],
): Promise<{ code: ProblemCode; values: Record<string, string> } | undefined> {
  const may = (action: Action, type: ResourceType, id: string) =>
    mayDo(principal, action, () => ({ type, id }), { db });
  const { name } = tool;
  if (tool.kind === 'automation') {
    const { automation } = tool;
    if (await may('automation.run', 'automation', automation)) return undefined;
    return { code: 'automation-not-shared', values: { by: name, automation } };
  }
  if (tool.kind === 'agent') {
    const { agent } = tool;
    if (await may('agent.use', 'agent', agent)) return undefined;
    return { code: 'agent-not-shared', values: { by: name, agent } };
  }
  if (tool.kind === 'knowledge') {
    for (const base of tool.bases)
      if (!(await may('knowledge.search', 'knowledge', base)))
        return { code: 'knowledge-not-shared', values: { by: name, base } };
    return undefined;
  }
  if (tool.kind !== 'http' || (await may('credential.use', 'credential', tool.credential))) return undefined;
  return { code: 'credential-not-shared', values: { node: name, credential: tool.credential } };
}
