/** How a node that computes over all its items at once is written: sort, limit and the like. Its parameters are read once, at the first item. */
import type { Item } from '../../contracts/item.ts';
import type { Budget } from '../expressions/index.ts';

export interface ListArgs<P> {
  /** All items that arrived, in their order. */
  items: readonly Item[];
  parameters: P;
  budget: Budget;
  timezone: string;
  /** Most items that the step may give: what would give more is refused before it is built. */
  maxItems: number;
}

export interface ListEmission {
  port: string;
  item: Item;
  /** Positions of the items that it was made of; the engine pairs it with them. */
  from: readonly number[];
}

/** @throws EngineFailure, which fails the step, or sends its items on with the error where the node says so. */
export type ListNode<P = Record<string, unknown>> = (args: ListArgs<P>) => ListEmission[];
