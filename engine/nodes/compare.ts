/** Compares two lists: which items are only in one of them, the same in both, or different. */
import type { z } from 'zod';
import type { compareNode } from '../../contracts/catalogue/compare.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Item, PairedItem } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { canonical } from '../items/canonical.ts';
import { fieldNames } from '../items/field-names.ts';
import { getPath, isObject, removePath, setPath } from '../items/paths.ts';
import type { Traced } from '../items/traced.ts';
import { tooManyItems } from '../run/too-many-items.ts';
import type { Joined, JoinNode } from './join-node.ts';
import { refuseUnknownFields } from './known-fields.ts';

type Parameters = Resolved<z.output<typeof compareNode.parameters>>;

interface Placed {
  traced: Traced;
  at: PairedItem;
  /** The values that it is matched by. */
  key: string;
}

export const runCompare: JoinNode<Parameters> = ({ inputs, parameters, maxItems }) => {
  const match = parameters.match.map(({ a, b }) => ({ a, b: b || a }));
  const namesA = match.map(({ a }) => a);
  const namesB = match.map(({ b }) => b);
  const listA = place(inputs[0] ?? [], 'input1', namesA, parameters.loose);
  const listB = place(inputs[1] ?? [], 'input2', namesB, parameters.loose);
  const byKey = new Map<string, Placed[]>();
  for (const entry of listB) {
    const same = byKey.get(entry.key);
    if (same) same.push(entry);
    else byKey.set(entry.key, [entry]);
  }
  const matched = new Set<string>();
  const joined: Joined[] = [];
  const compare = comparer(parameters, namesA, namesB);
  for (const a of listA) {
    const partners = byKey.get(a.key) ?? [];
    matched.add(a.key);
    if (partners.length === 0) joined.push(alone('onlyA', a));
    for (const b of parameters.multiple === 'all' ? partners : partners.slice(0, 1))
      joined.push(compare(a, b));
    if (joined.length > maxItems) throw tooManyItems(joined.length, maxItems);
  }
  for (const b of listB) if (!matched.has(b.key)) joined.push(alone('onlyB', b));
  return joined;
};

function place(list: readonly Traced[], input: string, names: readonly string[], loose: boolean): Placed[] {
  refuseUnknownFields(
    list.map(({ item }) => item),
    names,
  );
  return list.map((traced, item) => ({
    traced,
    at: { item, input },
    key: names.map((name) => comparable(getPath(traced.item.json, name), loose)).join('\n'),
  }));
}

function comparer(parameters: Parameters, namesA: readonly string[], namesB: readonly string[]) {
  const { loose, different } = parameters;
  const skip = fieldNames(parameters.skip);
  /** What is left to compare, with fields matched by in A under their names of A. */
  const rest = (json: JsonObject, matchedBy: readonly string[]): JsonObject => {
    const left = { ...json };
    for (const name of [...skip, ...matchedBy]) removePath(left, name);
    return left;
  };
  return (a: Placed, b: Placed): Joined => {
    const restA = rest(a.traced.item.json, namesA);
    const restB = rest(b.traced.item.json, namesB);
    const names = [...new Set([...Object.keys(restA), ...Object.keys(restB)])];
    const differing = names.filter(
      (name) => comparable(own(restA, name), loose) !== comparable(own(restB, name), loose),
    );
    if (differing.length === 0) return together('same', a.traced.item, a, b);
    if (different !== 'both') return together('different', (different === 'a' ? a : b).traced.item, a, b);
    return together('different', { json: differences(a, restA, restB, names, differing, namesA) }, a, b);
  };
}

/** `{ keys, same, different: { price: { a: 1, b: 2 } } }`; a field that one side lacks is null there. */
function differences(
  a: Placed,
  restA: JsonObject,
  restB: JsonObject,
  names: readonly string[],
  differing: readonly string[],
  matchedBy: readonly string[],
): JsonObject {
  const keys: JsonObject = {};
  for (const name of matchedBy) setPath(keys, name, getPath(a.traced.item.json, name) ?? null);
  const same = names.filter((name) => !differing.includes(name));
  return {
    keys,
    same: Object.fromEntries(same.map((name) => [name, own(restA, name) ?? null])),
    different: Object.fromEntries(
      differing.map((name) => [name, { a: own(restA, name) ?? null, b: own(restB, name) ?? null }]),
    ),
  };
}

function comparable(value: JsonValue | undefined, loose: boolean): string {
  return canonical(loose ? loosened(value) : value);
}

/** Everything as text, so that "3" is 3. */
function loosened(value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(loosened);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, loosened(entry)]));
  return String(value).trim();
}

function own(json: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(json, name) ? json[name] : undefined;
}

function alone(port: string, { traced, at }: Placed): Joined {
  return { port, item: { ...traced.item, pairedItem: at }, parents: [traced] };
}

function together(port: string, item: Item, a: Placed, b: Placed): Joined {
  return { port, item: { ...item, pairedItem: [a.at, b.at] }, parents: [a.traced, b.traced] };
}
