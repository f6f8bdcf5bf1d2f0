/** One page of a job over many runs. It may run twice: what was done to a run is known by the run. */
import { Context } from '@temporalio/activity';
import type { BulkCounts, BulkJob, BulkState } from '../../contracts/bulk.ts';
import { bulkRuns } from '../../runs/bulk-runs.ts';
import { cancelRun } from '../../runs/cancel-run.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { startRerun } from '../../runs/start-rerun.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { stepFailed } from '../step-failed.ts';

export interface BulkPageInput {
  workspace: string;
  job: string;
  cursor?: string | undefined;
  /** Before this page. */
  counts: BulkCounts;
}

export interface BulkActivities {
  /** `next`: where the page behind this one begins; left out at the end. */
  bulkPage(input: BulkPageInput): Promise<{ counts: BulkCounts; next?: string }>;
  bulkState(input: { workspace: string; job: string; state: BulkState }): Promise<void>;
}

const runsPerPage = 20;
const failuresKept = 50;

type Outcome = { kind: 'done' } | { kind: 'skipped' } | { kind: 'failed'; code: string; message: string };

export function createBulkActivities(runs: RunDeps | undefined): BulkActivities {
  const deps = (): RunDeps => {
    if (runs) return runs;
    throw stepFailed('no-database', 'This worker has no database to look runs up in.');
  };

  return {
    async bulkPage({ workspace, job: id, cursor, counts }) {
      const { db } = deps();
      const job = await db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.get(id));
      if (!job) return { counts };
      const page = await db.inWorkspace(workspace, ({ runs: list }) =>
        list.list(bulkRuns(job.action, job.filter), { cursor, limit: runsPerPage }),
      );
      const now: BulkCounts = { ...counts, failures: [...counts.failures] };
      for (const { id: run } of page.items) {
        Context.current().heartbeat();
        Context.current().cancellationSignal.throwIfAborted();
        count(now, run, await act(deps(), workspace, job, run));
      }
      await db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.progress(id, now));
      return { counts: now, ...(page.nextCursor !== undefined && { next: page.nextCursor }) };
    },

    async bulkState({ workspace, job, state }) {
      await deps().db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.setState(job, state));
    },
  };
}

function count(counts: BulkCounts, run: string, outcome: Outcome): void {
  counts[outcome.kind] += 1;
  if (outcome.kind === 'failed' && counts.failures.length < failuresKept)
    counts.failures.push({ run, code: outcome.code, message: outcome.message });
}

async function act(deps: RunDeps, workspace: string, job: BulkJob, run: string): Promise<Outcome> {
  if (job.action === 'cancel') {
    const result = await cancelRun(deps, { workspace, run });
    return { kind: result.kind === 'requested' ? 'done' : 'skipped' };
  }
  const id = runIdOf('bulk', job.id, run);
  const retry = await deps.db.inWorkspace(workspace, ({ runs }) => runs.lastRetry(run));
  if (retry?.id === id) return { kind: 'done' };
  // Somebody, or another job, was faster.
  if (retry && retry.state !== 'failed' && retry.state !== 'cancelled') return { kind: 'skipped' };
  const { from, version } = job.options;
  const result = await startRerun(deps, { workspace, run, from: { kind: from }, version }, id);
  if (result.kind === 'started') return { kind: 'done' };
  if (result.code === 'run-succeeded' || result.code === 'run-not-ended') return { kind: 'skipped' };
  return { kind: 'failed', code: result.code, message: refusals[result.code] ?? result.code };
}

const refusals: Record<string, string> = {
  'not-found': 'The run is not there any more.',
  'not-published': 'Nothing of its automation is published.',
  'trigger-gone': 'The trigger that started it is not in that version.',
  'node-gone': 'The node is not in that version.',
  'outputs-gone': 'What it worked with is not kept any more.',
  'input-not-editable': 'The input can not be edited.',
};
