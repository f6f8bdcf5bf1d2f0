import type { z } from 'zod';
import type { splitOut } from '../../contracts/catalogue/split-out.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { fieldNames } from '../items/field-names.ts';
import { getPath, isObject, removePath, setPath } from '../items/paths.ts';
import { tooManyItems } from '../run/too-many-items.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';

type Parameters = Resolved<z.output<typeof splitOut.parameters>>;

export const runSplitOut: ListNode<Parameters> = ({ items, parameters, maxItems }) => {
  const fields = fieldNames(parameters.fields);
  const names = fieldNames(parameters.as);
  refuseUnknownFields(items, fields);
  const rows = items.map(({ json }) => fields.map((name) => entriesOf(getPath(json, name))));
  const lengths = rows.map((lists) => Math.max(0, ...lists.map((list) => list.length)));
  const count = lengths.reduce((sum, length) => sum + length, 0);
  if (count > maxItems) throw tooManyItems(count, maxItems);
  // An entry that is an object stands for itself where nothing else would be in the item.
  const bare = fields.length === 1 && parameters.include === 'none' && names.length === 0;
  return items.flatMap((item, position) => {
    const lists = rows[position]!;
    const rest = restOf(item.json, fields, parameters);
    return Array.from({ length: lengths[position]! }, (_, row) => {
      const only = lists[0]![row];
      const json = bare && isObject(only) ? only : { ...rest };
      // Lists side by side: the shorter ones are filled up with null.
      if (json !== only)
        for (const [at, list] of lists.entries())
          setPath(json, names[at] ?? fields[at]!, list[row] ?? null, names[at] ? json : item.json);
      return { port: 'main', item: { ...item, json }, from: [position] };
    });
  });
};

/** A list as it is; nothing for what is missing; an object as its values, anything else as a list of one, as in n8n. */
function entriesOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [value];
}

function restOf(
  json: JsonObject,
  fields: readonly string[],
  { include, includeFields }: Parameters,
): JsonObject {
  if (include === 'none') return {};
  if (include === 'all') {
    const rest = { ...json };
    for (const name of fields) removePath(rest, name);
    return rest;
  }
  const rest: JsonObject = {};
  for (const name of fieldNames(includeFields)) {
    const value = getPath(json, name);
    if (value !== undefined) setPath(rest, name, value);
  }
  return rest;
}
