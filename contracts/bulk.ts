/** Work over many runs: cancel or retry all that a filter finds. */
import { z } from 'zod';
import { moment, pageOf } from './api/page.ts';
import { runTrigger } from './run.ts';
import { runState } from './states.ts';

/** The workflow's type, and its id in Temporal: `bulk:<workspace>:<job>`. */
export const bulkWorkflow = 'bulk';
export function bulkWorkflowIdOf(workspace: string, job: string): string {
  return `bulk:${workspace}:${job}`;
}

export const bulkPauseSignal = 'pause';

export interface BulkCounts {
  done: number;
  skipped: number;
  failed: number;
  failures: BulkFailure[];
}

/** What the workflow is started with, and goes on with. */
export interface BulkInput {
  workspace: string;
  job: string;
  /** Where the next page begins. */
  cursor?: string | undefined;
  counts: BulkCounts;
  paused?: boolean | undefined;
}

export const bulkAction = z.enum(['cancel', 'retry']);
export type BulkAction = z.output<typeof bulkAction>;

/** Which runs: as the list of runs filters them. Strict: a filter that nobody knows must not mean all runs. */
export const bulkFilter = z.strictObject({
  /** A run's id, or its workflow's in Temporal. */
  id: z.string().optional(),
  automation: z.string().optional(),
  version: z.string().optional(),
  state: runState.optional(),
  trigger: runTrigger.optional(),
  /** Runs started at or after, before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type BulkFilter = z.output<typeof bulkFilter>;

/** How runs are retried. */
export const bulkOptions = z.object({
  from: z.enum(['failure', 'start']).default('failure'),
  version: z.enum(['same', 'latest']).default('same'),
});
export type BulkOptions = z.output<typeof bulkOptions>;

export const bulkState = z.enum(['running', 'paused', 'finished', 'cancelled']);
export type BulkState = z.output<typeof bulkState>;

export const bulkFailure = z.object({ run: z.string(), code: z.string(), message: z.string() });
export type BulkFailure = z.output<typeof bulkFailure>;

export const bulkJob = z.object({
  id: z.string(),
  action: bulkAction,
  filter: bulkFilter,
  options: bulkOptions,
  state: bulkState,
  /** Runs that the filter found when it began. */
  total: z.int(),
  done: z.int(),
  /** Runs that needed nothing: they had ended already, or did not fail. */
  skipped: z.int(),
  failed: z.int(),
  /** The first of those that failed, and why. */
  failures: z.array(bulkFailure),
  createdAt: moment,
  finishedAt: moment.optional(),
});
export type BulkJob = z.output<typeof bulkJob>;
export const bulkJobPage = pageOf(bulkJob);

export const startBulk = z.object({
  action: bulkAction,
  filter: bulkFilter,
  options: bulkOptions.prefault({}),
});
