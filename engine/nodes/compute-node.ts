/** How a node that only computes is written: once per item, from resolved parameters, to items on output ports. */
import type { Item } from '../../contracts/item.ts';
import type { Budget } from '../expressions/index.ts';

export interface ComputeArgs<P> {
  item: Item;
  parameters: P;
  budget: Budget;
  timezone: string;
  /** Epoch milliseconds at which the step began. */
  now: number;
}

export interface Emission {
  port: string;
  item: Item;
}

export type ComputeNode<P = Record<string, unknown>> = (args: ComputeArgs<P>) => Emission[];
