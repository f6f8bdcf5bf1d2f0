/** Who may let an automation use a knowledge base: whoever may do the same by hand. What a node did before stays. */
import type { Action } from '../../contracts/access/actions.ts';
import { knowledgeDeleteNode } from '../../contracts/catalogue/knowledge-delete.ts';
import { knowledgeIngestNode } from '../../contracts/catalogue/knowledge-ingest.ts';
import { knowledgeSearchNode } from '../../contracts/catalogue/knowledge-search.ts';
import type { Graph } from '../../contracts/graph.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

const actionOf: Readonly<Record<string, Action | undefined>> = {
  [knowledgeSearchNode.type]: 'knowledge.search',
  [knowledgeIngestNode.type]: 'knowledge.edit',
  [knowledgeDeleteNode.type]: 'knowledge.edit',
};

/** @throws ApiProblem `knowledge-not-shared`, naming the node and the base by its id */
export async function checkKnowledge(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { before, after }: { before: Graph | undefined; after: Graph },
): Promise<void> {
  const known = new Set(before ? usesOf(before).map(nameOf) : []);
  for (const use of usesOf(after)) {
    const { action, base, by } = use;
    if (known.has(nameOf(use))) continue;
    if (await mayDo(principal, action, () => ({ type: 'knowledge', id: base }), deps)) continue;
    throw new ApiProblem('knowledge-not-shared', { by, base });
  }
}

interface Use {
  action: Action;
  base: string;
  /** Name of the node. */
  by: string;
}

function usesOf({ nodes }: Graph): Use[] {
  return nodes.flatMap(({ type, name, parameters: { base } }) => {
    const action = actionOf[type];
    return action && typeof base === 'string' && base !== '' ? [{ action, base, by: name }] : [];
  });
}

function nameOf({ action, base }: Use): string {
  return `${action} ${base}`;
}
