/**
 * An item on its way through a run, with the items it descends from.
 *
 * `$('Node').item` asks for the item of an earlier node that the current item was made of. Walking back through every step would
 * keep every step's output alive; instead each item carries its nearest ancestor of every node that some expression of the graph
 * names — and of no other. A graph without such expressions pays nothing.
 */
import type { Item, PairedItem } from '../../contracts/item.ts';

/** The nearest ancestor by node id. Never mutated: lists of items share them. */
export type Ancestors = Readonly<Record<string, Item>>;

export interface Traced {
  item: Item;
  ancestors: Ancestors;
}

export const noAncestors: Ancestors = Object.freeze(Object.create(null));

/** An item without a past, as a trigger hands it on. */
export function untraced(item: Item): Traced {
  return { item, ancestors: noAncestors };
}

/**
 * `item` as made from `parents` by `producer`. `remembered` says whether expressions ask for the producer's items.
 * With several parents (a merge) the first one that knows a node wins.
 */
export function descend(
  item: Item,
  parents: readonly Traced[],
  producer: string,
  remembered: boolean,
): Traced {
  const inherited = inherit(parents);
  return { item, ancestors: remembered ? { ...inherited, [producer]: item } : inherited };
}

function inherit(parents: readonly Traced[]): Ancestors {
  if (parents.length === 0) return noAncestors;
  if (parents.length === 1) return parents[0]!.ancestors;
  const inherited = Object.create(null) as Record<string, Item>;
  // One by one: as arguments of one call, the parents of an aggregate of 100,000 items would overflow the stack.
  for (let at = parents.length - 1; at >= 0; at--) Object.assign(inherited, parents[at]!.ancestors);
  return inherited;
}

/** `item` paired with position `index` of its input list, unless it says itself what it was made of. */
export function paired(item: Item, index: number, input?: string): Item {
  const pairedItem: PairedItem = input === undefined ? { item: index } : { item: index, input };
  return { ...item, pairedItem };
}

/** The positions an item was made of, at `input` (items that name no input belong to the first). */
export function parentPositions(item: Item): PairedItem[] {
  if (item.pairedItem === undefined) return [];
  return Array.isArray(item.pairedItem) ? item.pairedItem : [item.pairedItem];
}
