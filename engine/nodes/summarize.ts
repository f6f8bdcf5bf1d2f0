import type { z } from 'zod';
import type { summarizeNode } from '../../contracts/catalogue/summarize.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { canonical } from '../items/canonical.ts';
import { fieldNames } from '../items/field-names.ts';
import { getPath, setPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { refuseUnknownFields } from './known-fields.ts';
import type { ListNode } from './list-node.ts';
import { summaryOf } from './summary.ts';

type Parameters = Resolved<z.output<typeof summarizeNode.parameters>>;
type Value = Parameters['values'][number];

interface Group {
  /** The values of the fields grouped by. */
  by: JsonValue[];
  /** Positions of its items. */
  positions: number[];
}

/** What a summary is called when nobody named it, before the field's name: as in n8n. */
const prefixes: Record<Value['operation'], string> = {
  count: 'count',
  countUnique: 'unique_count',
  sum: 'sum',
  average: 'average',
  median: 'median',
  min: 'min',
  max: 'max',
  first: 'first',
  last: 'last',
  append: 'appended',
  concatenate: 'concatenated',
};

export const runSummarize: ListNode<Parameters> = ({ items, parameters }) => {
  const by = fieldNames(parameters.groupBy);
  const { values } = parameters;
  refuseUnknownFields(items, [...by, ...values.map((value) => value.field).filter(Boolean)]);
  const names = namesOf(values, parameters.output === 'items' ? by : []);
  const groups = groupsOf(
    items.map(({ json }) => json),
    by,
    parameters.withoutGroup,
  ).map(({ by: keys, positions }) => {
    const members = positions.map((position) => items[position]!.json);
    const summary: JsonObject = {};
    for (const [at, value] of values.entries()) setPath(summary, names[at]!, summaryOf(value, members));
    return { keys, positions, summary };
  });
  if (parameters.output === 'items')
    return groups.map(({ keys, positions, summary }) => {
      const json: JsonObject = {};
      for (const [at, name] of by.entries()) setPath(json, name, keys[at]!);
      return { port: 'main', item: { json: { ...json, ...summary } }, from: positions };
    });
  if (groups.length === 0) return [];
  const json = nest(groups, by.length);
  return [{ port: 'main', item: { json }, from: groups.flatMap(({ positions }) => positions) }];
};

/** In the order in which each first appears. Without fields to group by, all items are one group. */
function groupsOf(list: readonly JsonObject[], by: readonly string[], withoutGroup: boolean): Group[] {
  const groups = new Map<string, Group>();
  for (const [position, json] of list.entries()) {
    const values = by.map((name) => getPath(json, name) ?? null);
    if (!withoutGroup && values.includes(null)) continue;
    const key = values.map(canonical).join('\n');
    const group = groups.get(key);
    if (group) group.positions.push(position);
    else groups.set(key, { by: values, positions: [position] });
  }
  return [...groups.values()];
}

/** `{ BR: { retail: { sum_price: 3 } } }`, as deep as there are fields to group by. */
function nest(groups: readonly { keys: JsonValue[]; summary: JsonObject }[], depth: number): JsonObject {
  if (depth === 0) return groups[0]!.summary;
  const root = new Map<string, unknown>();
  for (const { keys, summary } of groups) {
    let here = root;
    for (const [at, key] of keys.entries()) {
      const name = typeof key === 'string' ? key : JSON.stringify(key);
      if (at === keys.length - 1) here.set(name, summary);
      else {
        if (!here.has(name)) here.set(name, new Map());
        here = here.get(name) as Map<string, unknown>;
      }
    }
  }
  return plain(root);
}

function plain(map: Map<string, unknown>): JsonObject {
  // `fromEntries` defines fields: a group called "__proto__" is one like any other.
  return Object.fromEntries(
    [...map].map(([name, value]) => [name, value instanceof Map ? plain(value) : (value as JsonValue)]),
  );
}

function namesOf(values: readonly Value[], taken: readonly string[]): string[] {
  const used = new Set(taken);
  return values.map(({ operation, field, as }) => {
    const path = field.replace(/[[\]"]/g, '').replace(/[ .]/g, '_');
    const name = as || (path ? `${prefixes[operation]}_${path}` : prefixes[operation]);
    if (used.has(name))
      throw new EngineFailure({
        code: 'invalid-parameter',
        message: `Two values of the result would be called "${name}".`,
        hint: 'Give one of them another name.',
      });
    used.add(name);
    return name;
  });
}
