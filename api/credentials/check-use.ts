/**
 * Who may put a credential into an automation: a graph that names one it did not name before needs the right to use it, and so does
 * a change of a node that names one. Otherwise whoever may edit an automation could send everybody's secrets, to an address of
 * their own at that. What such a node reads of those before it is still theirs to change: an address that must not change is no
 * expression.
 */
import { credentialReferences } from '../../contracts/credentials/references.ts';
import type { Graph } from '../../contracts/graph.ts';
import { contentHash } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/**
 * @param before the graph that this one takes the place of, if any
 * @param approved each node of `after` was checked when it was saved: only credentials that `before` does not name are asked about
 * @throws ApiProblem `credential-not-shared`, naming node and credential
 */
export async function checkCredentialUse(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  {
    before,
    after,
    approved = false,
  }: { before: Graph | undefined; after: Graph; approved?: boolean | undefined },
): Promise<void> {
  const known = new Set(before ? usesOf(before, approved).map(({ use }) => use) : []);
  for (const { credential: id, node, nodeName, use } of usesOf(after, approved)) {
    if (known.has(use)) continue;
    known.add(use);
    const allowed = await mayDo(principal, 'credential.use', () => ({ type: 'credential', id }), { db });
    if (allowed) continue;
    // By id: the name of what is not shared with the asker is not for them.
    const values = { node: nodeName, credential: id };
    throw new ApiProblem('credential-not-shared', values, {
      errors: [
        { message: id, field: 'parameters.credential', code: 'credential-not-shared', node, nodeName },
      ],
    });
  }
}

/** The references of a graph, each with what makes it the same use as another: the credential, and all that its node does with it. */
function usesOf({ nodes }: Graph, approved: boolean) {
  // Node by node, for two of a draft may have one id.
  return nodes.flatMap((node) =>
    credentialReferences({ nodes: [node] }).map((reference) => {
      const { credential } = reference;
      const { type, parameters } = node;
      return { ...reference, use: approved ? credential : contentHash({ credential, type, parameters }) };
    }),
  );
}
