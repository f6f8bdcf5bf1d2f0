/** How a merge joins what arrived at its inputs. */
import type { z } from 'zod';
import type { mergeNode } from '../../contracts/catalogue/merge.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { PairedItem } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { fieldNames } from '../items/field-names.ts';
import { getPath } from '../items/paths.ts';
import type { Traced } from '../items/traced.ts';
import { tooManyItems } from '../run/too-many-items.ts';
import type { Joined, JoinNode } from './join-node.ts';

export type MergeParameters = Resolved<z.output<typeof mergeNode.parameters>>;

interface Placed {
  traced: Traced;
  at: PairedItem;
}

export const runMerge: JoinNode<MergeParameters> = ({ parameters, inputs, maxItems }) => {
  refuseExplosion(parameters.mode, inputs, maxItems);
  const placed = inputs.map((list, input) =>
    list.map((traced, item): Placed => ({ traced, at: { item, input: `input${input + 1}` } })),
  );
  switch (parameters.mode) {
    case 'append':
      return placed.flat().map((entry) => join(entry));
    case 'choose':
      return (placed[parameters.choose - 1] ?? []).map((entry) => join(entry));
    case 'position':
      return byPosition(placed);
    case 'all':
      return placed
        .reduce<Placed[][]>((rows, list) => rows.flatMap((row) => list.map((entry) => [...row, entry])), [[]])
        .filter((row) => row.length > 0)
        .map((row) => join(...row));
    case 'fields':
      return byFields(placed[0] ?? [], placed.slice(1).flat(), parameters, maxItems);
  }
};

/** Every pair of two long lists is more than any memory holds: refused before it is built. */
function refuseExplosion(
  mode: MergeParameters['mode'],
  inputs: readonly (readonly Traced[])[],
  maxItems: number,
): void {
  const lengths = inputs.map((list) => list.length).filter((length) => length > 0);
  const count =
    mode === 'all' ? lengths.reduce((product, length) => product * length, 1) : Math.max(0, ...lengths);
  if (count > maxItems) throw tooManyItems(count, maxItems);
}

function byPosition(inputs: Placed[][]): Joined[] {
  const length = Math.max(0, ...inputs.map((list) => list.length));
  return Array.from({ length }, (_, row) => join(...inputs.flatMap((list) => list[row] ?? [])));
}

function byFields(
  first: Placed[],
  others: Placed[],
  { match, keep }: MergeParameters,
  maxItems: number,
): Joined[] {
  const fields = fieldNames(match);
  const keyOf = ({ traced }: Placed): string =>
    JSON.stringify(fields.map((name) => getPath(traced.item.json, name) ?? null));
  const index = new Map<string, Placed[]>();
  for (const entry of others) index.set(keyOf(entry), [...(index.get(keyOf(entry)) ?? []), entry]);
  const used = new Set<Placed>();
  let count = 0;
  const joined = first.flatMap((entry) => {
    const partners = index.get(keyOf(entry)) ?? [];
    for (const partner of partners) used.add(partner);
    count += partners.length;
    if (count > maxItems) throw tooManyItems(count, maxItems);
    if (partners.length === 0) return keep === 'matches' ? [] : [join(entry)];
    return partners.map((partner) => join(entry, partner));
  });
  if (keep !== 'everything') return joined;
  return [...joined, ...others.filter((entry) => !used.has(entry)).map((entry) => join(entry))];
}

/** Later inputs win where fields clash. */
function join(...entries: Placed[]): Joined {
  const json: JsonObject = Object.assign({}, ...entries.map(({ traced }) => traced.item.json));
  const binary = Object.assign({}, ...entries.map(({ traced }) => traced.item.binary));
  const pairedItem = entries.map(({ at }) => at);
  return {
    port: 'main',
    item: {
      json,
      ...(Object.keys(binary).length > 0 && { binary }),
      pairedItem: pairedItem.length === 1 ? pairedItem[0] : pairedItem,
    },
    parents: entries.map(({ traced }) => traced),
  };
}
