import type { z } from 'zod';
import type { aggregateNode } from '../../contracts/catalogue/aggregate.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { fieldNames, lastName } from '../items/field-names.ts';
import { getPath, removePath, setPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';

type Parameters = Resolved<z.output<typeof aggregateNode.parameters>>;

/** One item, paired with all of them; of no items, none. */
export const runAggregate: ListNode<Parameters> = ({ items, parameters }) => {
  if (items.length === 0) return [];
  const json = parameters.mode === 'fields' ? listsOf(items, parameters) : wholeItems(items, parameters);
  return [{ port: 'main', item: { json }, from: items.map((_, position) => position) }];
};

function listsOf(items: readonly Item[], { fields, keepMissing, mergeLists }: Parameters): JsonObject {
  refuseUnknownFields(
    items,
    fields.map(({ name }) => name),
  );
  const lists = new Map<string, JsonValue[]>();
  for (const { name, as } of fields) {
    const into = as || lastName(name);
    if (lists.has(into)) throw sameName(into);
    const list: JsonValue[] = [];
    for (const { json } of items) {
      const value = getPath(json, name) ?? null;
      if (value === null && !keepMissing) continue;
      if (mergeLists && Array.isArray(value)) for (const entry of value) list.push(entry);
      else list.push(value);
    }
    lists.set(into, list);
  }
  const json: JsonObject = {};
  for (const [into, list] of lists) setPath(json, into, list);
  return json;
}

function wholeItems(items: readonly Item[], { into, include, includeFields }: Parameters): JsonObject {
  const names = fieldNames(includeFields);
  const json: JsonObject = {};
  setPath(
    json,
    into,
    items.map((item) => {
      if (include === 'all') return item.json;
      const part: JsonObject = include === 'except' ? { ...item.json } : {};
      for (const name of names) {
        const value = getPath(item.json, name);
        if (include === 'except') removePath(part, name);
        else if (value !== undefined) setPath(part, name, value);
      }
      return part;
    }),
  );
  return json;
}

function sameName(name: string): EngineFailure {
  return new EngineFailure({
    code: 'invalid-parameter',
    message: `Two lists would be called "${name}".`,
    hint: 'Give one of them another name.',
  });
}
