/** What a thread is given to transform, and what it gives back. All of it is JSON. */
import type { ItemOutcome } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';

/** Makes new items of one. Pure. @throws StepFailure for what a builder can put right. */
export type EachTransform = (
  json: JsonObject,
  parameters: JsonObject,
) => JsonObject[] | Promise<JsonObject[]>;

/** Makes new items of all. */
export type ListTransform = (
  items: readonly JsonObject[],
  parameters: JsonObject,
) => JsonObject[] | Promise<JsonObject[]>;

/** A node type's transforms: `each` where it is called in batches, `list` where it is called once. */
export interface Transform {
  each?: EachTransform;
  list?: ListTransform;
}

export interface TransformTask {
  /** The node type. */
  type: string;
  mode: 'each' | 'list';
  items: JsonObject[];
  /** Of each item, or one for all. */
  parameters: JsonObject[];
  /** The other items go on when one fails. */
  goesOn: boolean;
}

export type TransformOutcome =
  | { kind: 'each'; outcomes: ItemOutcome[] }
  | { kind: 'list'; items: JsonObject[] }
  | { kind: 'failed'; failure: Failure };
