/** A grantee as the value of a select: `user:<id>`, `group:<id>` or `everyone`. */
import type { z } from 'zod';
import type { grantee } from '../../../../contracts/api/workspaces.ts';

type Grantee = z.output<typeof grantee>;
export type GranteeKey = 'everyone' | `${'user' | 'group'}:${string}`;

export function keyOf(whom: Grantee): GranteeKey {
  return whom.type === 'everyone' ? 'everyone' : `${whom.type}:${whom.id}`;
}

export function granteeOf(key: GranteeKey): Grantee {
  if (key === 'everyone') return { type: 'everyone' };
  const [type, ...id] = key.split(':');
  return { type: type as 'user' | 'group', id: id.join(':') };
}
