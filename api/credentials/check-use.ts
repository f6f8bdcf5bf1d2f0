/**
 * Who may put a credential into an automation: a graph that names one it did not name before needs the right to use it. Otherwise
 * whoever may edit an automation could send with everybody's secrets.
 */
import { credentialReferences } from '../../contracts/credentials/references.ts';
import type { Graph } from '../../contracts/graph.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/**
 * @param before the graph that this one takes the place of, if any
 * @throws ApiProblem `credential-not-shared`, naming node and credential
 */
export async function checkCredentialUse(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { before, after }: { before: Graph | undefined; after: Graph },
): Promise<void> {
  const known = new Set(before ? credentialReferences(before).map(({ credential }) => credential) : []);
  for (const { credential: id, node, nodeName } of credentialReferences(after)) {
    if (known.has(id)) continue;
    known.add(id);
    const allowed = await mayDo(principal, 'credential.use', () => ({ type: 'credential', id }), { db });
    if (allowed) continue;
    const credential = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.get(id));
    const values = { node: nodeName, credential: credential?.name ?? id };
    throw new ApiProblem('credential-not-shared', values, {
      errors: [
        { message: id, field: 'parameters.credential', code: 'credential-not-shared', node, nodeName },
      ],
    });
  }
}
