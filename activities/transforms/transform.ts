/** What a thread is given to transform, and what it gives back. All of it is JSON. */
import type { ItemOutcome } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';

/** Makes new items of one. Pure. @throws StepFailure for what a builder can put right. */
export type EachTransform = (
  json: JsonObject,
  parameters: JsonObject,
) => JsonObject[] | Promise<JsonObject[]>;

/** Makes new items of all, or of a file. */
export type ListTransform = (
  items: readonly JsonObject[],
  parameters: JsonObject,
  file?: Uint8Array,
) => JsonObject[] | Promise<JsonObject[]>;

/** Makes the bytes of a file of all items. */
export type FileMaker = (items: readonly JsonObject[], parameters: JsonObject) => Promise<Uint8Array>;

/** A node type's transforms: `each` where it is called in batches, `list` and `makeFile` where it is called once. */
export interface Transform {
  each?: EachTransform;
  list?: ListTransform;
  makeFile?: FileMaker;
}

/** Bytes of a file that a thread may be given: it holds all of it, as it is and unpacked. */
export const mostFileBytes = 50_000_000;

export interface TransformTask {
  /** The node type, or `knowledge`. */
  type: string;
  mode: 'each' | 'list' | 'makeFile';
  items: JsonObject[];
  /** What to read: `mostFileBytes` at most, which whoever calls sees to. */
  file?: Uint8Array<ArrayBuffer>;
  /** Of each item, or one for all. */
  parameters: JsonObject[];
  /** The other items go on when one fails. */
  goesOn: boolean;
}

export type TransformOutcome =
  | { kind: 'each'; outcomes: ItemOutcome[] }
  | { kind: 'list'; items: JsonObject[] }
  | { kind: 'file'; bytes: Uint8Array }
  | { kind: 'failed'; failure: Failure };
