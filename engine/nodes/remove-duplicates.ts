import type { z } from 'zod';
import type { removeDuplicates } from '../../contracts/catalogue/remove-duplicates.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { canonical } from '../items/canonical.ts';
import { fieldNames } from '../items/field-names.ts';
import { getPath, removePath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';

type Parameters = Resolved<z.output<typeof removeDuplicates.parameters>>;

export const runRemoveDuplicates: ListNode<Parameters> = ({ items, parameters }) => {
  const identity = identityBy(items, parameters);
  const seen = new Set<string>();
  return items.flatMap((item, position) => {
    const known = identity(item.json);
    if (seen.has(known)) return [];
    seen.add(known);
    return [{ port: 'main', item, from: [position] }];
  });
};

/** What tells items apart, as text. Values are the same when type and content are: 1 is not "1", nothing is not null. */
function identityBy(items: readonly Item[], { compare, fields }: Parameters): (json: JsonObject) => string {
  const names = fieldNames(fields);
  switch (compare) {
    case 'allFields':
      return canonical;
    case 'allFieldsExcept':
      return (json) => {
        const rest = { ...json };
        for (const name of names) removePath(rest, name);
        return canonical(rest);
      };
    case 'selectedFields':
      // Without a field all items would be the same, and all but one be lost.
      if (names.length === 0)
        throw new EngineFailure({
          code: 'invalid-parameter',
          message: 'No fields to compare are given.',
          hint: 'Name the fields that tell the items apart, or compare all fields.',
        });
      refuseUnknownFields(items, names);
      return (json) => names.map((name) => canonical(getPath(json, name))).join('\n');
  }
}
