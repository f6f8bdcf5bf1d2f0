import type { Credential } from '../../../contracts/api/credentials.ts';
import { findCredentialType } from '../../../contracts/credentials/index.ts';

/** Those of a kind that the node type takes. */
export function fittingCredentials(
  credentials: readonly Credential[] | undefined,
  nodeType: string,
): Credential[] {
  return (credentials ?? []).filter(({ type }) => findCredentialType(type)?.nodes.includes(nodeType));
}
