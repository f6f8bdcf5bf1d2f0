import { type IdentityParameters, identityBy } from './identity.ts';
import type { ListNode } from './list-node.ts';

export const runRemoveDuplicates: ListNode<IdentityParameters> = ({ items, parameters }) => {
  const identity = identityBy(items, parameters);
  const seen = new Set<string>();
  return items.flatMap((item, position) => {
    const known = identity(item.json);
    if (seen.has(known)) return [];
    seen.add(known);
    return [{ port: 'main', item, from: [position] }];
  });
};
