/** What tells items apart for Remove duplicates, as text. Values are the same when type and content are: 1 is not "1". */
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

export type IdentityParameters = Resolved<z.output<typeof removeDuplicates.parameters>>;

/** @throws EngineFailure for fields that no item has, or when none is named: all items would be the same, and all but one be lost. */
export function identityBy(
  items: readonly Item[],
  { compare, fields }: IdentityParameters,
): (json: JsonObject) => string {
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
