import type { Item } from '../../contracts/item.ts';
import { parentPositions, type Traced } from './traced.ts';

/** The input items that an item says it was made of; with one input item there is no doubt. */
export function parentsOf(item: Item, items: readonly Traced[]): Traced[] {
  const named = parentPositions(item).flatMap(({ item: position }) => items[position] ?? []);
  if (named.length > 0) return named;
  return items.length === 1 ? [items[0]!] : [];
}
