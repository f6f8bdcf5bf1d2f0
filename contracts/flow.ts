/**
 * Flow control: how many runs may work at once, in which order they get to it, and what runs when one has failed. What belongs to an
 * automation is in its graph's settings and frozen with the version; what belongs to the workspace is in its own row.
 */
import { z } from 'zod';
import { expressionText } from './expression.ts';

/**
 * What becomes of a run that starts while the limit is reached: it waits for its turn, it ends at once without doing anything, or
 * the oldest run under way is cancelled for it.
 */
export const limitPolicy = z.enum(['queue', 'skip', 'replace']);
export type LimitPolicy = z.output<typeof limitPolicy>;

/** Runs that work at once. */
export const concurrencyLimit = z.object({
  limit: z.int().min(1).max(1_000),
  policy: limitPolicy.default('queue'),
});
export type ConcurrencyLimit = z.output<typeof concurrencyLimit>;

/** The same for each value of an expression over the run's first item. */
export const keyedLimit = concurrencyLimit.extend({ key: expressionText });
export type KeyedLimit = z.output<typeof keyedLimit>;

/** 1 is served first, 5 last. */
export const priority = z.int().min(1).max(5);

/** What of it an automation's settings hold. All may be left out, so that graphs without it stay as they are. */
export const automationFlow = {
  /** Before those of other automations when there is more to do than workers can; left out: by what started the run. */
  priority: priority.optional(),
  concurrency: concurrencyLimit.optional(),
  concurrencyByKey: keyedLimit.optional(),
  /** Id of the automation that a failed run starts, `none`, or left out: the workspace's. */
  errorAutomation: z.string().min(1).max(64).optional(),
};

export const workspaceFlow = z.object({
  /** Runs of the whole workspace at once. A run that waits in the queue is none of them. */
  concurrency: concurrencyLimit.extend({ policy: z.enum(['queue', 'skip']).default('queue') }).optional(),
  /** Started when a run of an automation without one of its own fails. */
  errorAutomation: z.string().min(1).max(64).optional(),
});
export type WorkspaceFlow = z.output<typeof workspaceFlow>;

/** As it is stored: with what the workspace itself can't set. */
export interface StoredFlow extends WorkspaceFlow {
  /** Its share of busy workers beside other workspaces, 0.001 to 1000; left out: 1. An operator's to set. */
  weight?: number;
}

/** What a run is told of its workspace when it starts; `load`: it asks itself (schedules: their input is the same for every tick). */
export type RunFlow = { concurrency?: WorkspaceFlow['concurrency'] } | { load: true };
