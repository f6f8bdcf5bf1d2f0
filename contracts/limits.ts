/** How runs ask for a slot of the limits that count for them, and what they are told. */
import type { LimitPolicy } from './flow.ts';
import type { QueuedFor } from './run.ts';

/** Temporal's name of the workflow that gives a workspace's slots out, and its id: `limits:<workspace>`. */
export const limiterWorkflow = 'limiter';
export function limiterIdOf(workspace: string): string {
  return `limits:${workspace}`;
}

export const slotSignals = {
  /** To the limiter: a `SlotRequest`. Again is the same: who holds a slot or waits for one keeps it. */
  request: 'request',
  /** To the limiter: the holder, which has ended or wants no slot any more. */
  release: 'release',
  /** To the run: a `SlotNews`. */
  news: 'slots',
} as const;

/** One limit that a run is under. */
export interface Want {
  /** `workspace`, `automation:<id>` or `key:<automation>:<value>`: runs with the same key share its slots. */
  key: string;
  limit: number;
  policy: LimitPolicy;
}

export interface SlotRequest {
  /** The run's workflow id without `automation:<workspace>:`. */
  holder: string;
  /** All of them or none: a run never holds one slot while it waits for another. */
  wants: Want[];
  /** 1 first, 5 last. */
  priority: number;
}

export type SlotNews =
  | { kind: 'granted' }
  | { kind: 'queued'; for: Want }
  /** The limit's policy gives it no slot; its cancellation follows. */
  | { kind: 'skipped'; for: Want };

/** What a person reads of a want. */
export function queuedForOf({ key, limit }: Want): QueuedFor {
  const [scope = 'workspace', , ...value] = key.split(':') as [
    'workspace' | 'automation' | 'key',
    ...string[],
  ];
  return { kind: 'limit', scope, limit, ...(scope === 'key' && { key: value.join(':') }) };
}
