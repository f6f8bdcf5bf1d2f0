/** What goes into the sandbox's thread and what comes back. Items travel as JSON text: the sandbox needs text, and nobody parses twice. */
import type { Failure } from '../../contracts/run.ts';

export interface CodeTask {
  code: string;
  mode: 'allItems' | 'eachItem';
  /** JSON of `Item[]`. */
  items: string;
  /** JSON of `Item[]` by node name. */
  nodes: Record<string, string>;
  /** Ids that the code may read. */
  ids: { run: string; automation: string; node: string; nodeName: string; index: number };
  /** Seeds `Math.random`: the same in every attempt, so a repeated step gives the same result. */
  seed: string;
  /** Epoch milliseconds and IANA zone of `new Date()`, `$now` and `DateTime`. */
  now: number;
  timezone: string;
  /** Milliseconds. */
  timeLimitMs: number;
  /** Bytes. */
  memoryLimitBytes: number;
  /** Bytes of the result's JSON. */
  maxResultBytes: number;
}

export type CodeOutcome =
  /** `items` is JSON of `Item[]`, checked inside the sandbox only. */
  | { kind: 'done'; items: string; logs: string[] }
  | { kind: 'tooLarge'; bytes: number; logs: string[] }
  | { kind: 'failed'; failure: Failure; logs: string[] };
