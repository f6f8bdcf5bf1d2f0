import type { BulkAction, BulkFilter } from '../contracts/bulk.ts';
import type { RunFilter } from '../db/index.ts';

/** The runs that a job is about. Where it names no state: those that the action is for. */
export function bulkRuns(action: BulkAction, filter: BulkFilter): RunFilter {
  if (filter.state !== undefined) return filter;
  return { ...filter, states: action === 'cancel' ? ['queued', 'running', 'waiting'] : ['failed'] };
}
