/**
 * Who may let an automation start others, by a node that calls one or as its error automation: a graph that names one it did not name
 * before needs the right to run that one. Otherwise whoever may edit one automation could run everybody's.
 */
import { agentNode } from '../../contracts/catalogue/agent.ts';
import { subAutomation } from '../../contracts/catalogue/sub-automation.ts';
import type { Graph } from '../../contracts/graph.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { checkKnowledge } from './check-knowledge.ts';

/**
 * @param before the graph that this one takes the place of, if any
 * @throws ApiProblem `automation-not-shared`, `agent-not-shared`, `knowledge-not-shared`, naming what calls, and the called by its id
 */
export async function checkCalls(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { before, after }: { before: Graph | undefined; after: Graph },
): Promise<void> {
  const known = new Set(before ? callsOf(before).map(({ automation }) => automation) : []);
  await checkAgents(principal, { before, after }, { db });
  await checkKnowledge({ db }, principal, { before, after });
  for (const { automation: id, by } of callsOf(after)) {
    if (known.has(id)) continue;
    known.add(id);
    if (await mayDo(principal, 'automation.run', () => ({ type: 'automation', id }), { db })) continue;
    throw new ApiProblem('automation-not-shared', { by, automation: id });
  }
}

/** The same for agents that nodes ask. */
async function checkAgents(
  principal: WorkspacePrincipal,
  { before, after }: { before: Graph | undefined; after: Graph },
  deps: Pick<ApiDeps, 'db'>,
): Promise<void> {
  const known = new Set(before ? agentsOf(before).map(({ agent }) => agent) : []);
  for (const { agent: id, by } of agentsOf(after)) {
    if (known.has(id) || (await mayDo(principal, 'agent.use', () => ({ type: 'agent', id }), deps))) continue;
    throw new ApiProblem('agent-not-shared', { by, agent: id });
  }
}

function agentsOf({ nodes }: Graph): { agent: string; by: string }[] {
  return nodes.flatMap(({ type, name, parameters }) =>
    type === agentNode.type && typeof parameters.agent === 'string' && parameters.agent !== ''
      ? [{ agent: parameters.agent, by: name }]
      : [],
  );
}

function callsOf({ nodes, settings }: Graph): { automation: string; by: string }[] {
  const { errorAutomation } = settings;
  const calls = nodes.flatMap(({ type, name, parameters }) =>
    type === subAutomation.type && typeof parameters.automation === 'string' && parameters.automation !== ''
      ? [{ automation: parameters.automation, by: name }]
      : [],
  );
  if (errorAutomation === undefined || errorAutomation === 'none') return calls;
  return [...calls, { automation: errorAutomation, by: 'errorAutomation' }];
}
