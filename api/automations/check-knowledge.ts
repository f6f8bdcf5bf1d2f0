/** Who may let an automation search a knowledge base: whoever may search it. What it held before stays. */
import { knowledgeSearchNode } from '../../contracts/catalogue/knowledge-search.ts';
import type { Graph } from '../../contracts/graph.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/** @throws ApiProblem `knowledge-not-shared`, naming the node and the base by its id */
export async function checkKnowledge(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { before, after }: { before: Graph | undefined; after: Graph },
): Promise<void> {
  const known = new Set(before ? basesOf(before).map(({ base }) => base) : []);
  for (const { base, by } of basesOf(after)) {
    if (known.has(base)) continue;
    if (await mayDo(principal, 'knowledge.search', () => ({ type: 'knowledge', id: base }), deps)) continue;
    throw new ApiProblem('knowledge-not-shared', { by, base });
  }
}

function basesOf({ nodes }: Graph): { base: string; by: string }[] {
  return nodes.flatMap(({ type, name, parameters: { base } }) =>
    type === knowledgeSearchNode.type && typeof base === 'string' && base !== '' ? [{ base, by: name }] : [],
  );
}
