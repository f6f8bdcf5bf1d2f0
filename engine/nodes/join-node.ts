/**
 * How a node is written that joins what arrived at several inputs: merge, compare. When it may go on is not its business: see
 * engine/run/joins.ts.
 */
import type { Item } from '../../contracts/item.ts';
import type { Traced } from '../items/traced.ts';

export interface JoinArgs<P> {
  /** One list for each input port, in port order; of an input that never arrived, an empty one. */
  inputs: readonly (readonly Traced[])[];
  parameters: P;
  /** Most items that the step may give: what would give more is refused before it is built. */
  maxItems: number;
}

export interface Joined {
  port: string;
  /** Says itself which items of which inputs it is paired with. */
  item: Item;
  /** The items it was made of. */
  parents: readonly Traced[];
}

export type JoinNode<P = Record<string, unknown>> = (args: JoinArgs<P>) => Joined[];
