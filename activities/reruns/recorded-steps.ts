/**
 * Hands the steps of a former run to the one that takes it up, page by page. What the record kept in full comes from there; what it
 * cut off is asked of the former run's workflow, which replays it.
 */
import type { RecordedStep } from '../../contracts/rerun.ts';
import type { Database, StoredStep } from '../../db/index.ts';
import { outputsOfStep } from '../../runs/outputs-of-step.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { stepFailed } from '../step-failed.ts';

export interface RecordedStepsInput {
  workspace: string;
  run: string;
  workflowId: string;
  /** Nodes whose steps run anew: nothing of theirs is loaded. */
  anew: string[];
  /** One of those whose steps have to be recognised all the same. */
  inputOf?: string | undefined;
  /** `seq` after which to go on. */
  after?: number | undefined;
}

export interface RecordedStepsPage {
  steps: RecordedStep[];
  next?: number;
}

/** @throws ApplicationFailure `outputs-gone`, non-retryable; what the database or Temporal throws is Temporal's to retry. */
export type LoadRecordedSteps = (input: RecordedStepsInput) => Promise<RecordedStepsPage>;

/** Characters of JSON after which a page ends: Temporal refuses results over 2 MB. */
const pageSize = 500_000;
const rowsAtATime = 100;

export function createLoadRecordedSteps(
  db: Database | undefined,
  runs: RunDeps | undefined,
): LoadRecordedSteps {
  return async ({ workspace, run, workflowId, anew, inputOf, after }) => {
    if (!db || !runs) throw stepFailed('no-database', 'This worker has no database to read the run from.');
    const skipped = new Set(anew);
    const page = await db.inWorkspace(workspace, ({ steps }) =>
      steps.list(run, {
        ...(after !== undefined && { cursor: String(after) }),
        limit: rowsAtATime,
      }),
    );
    const found: RecordedStep[] = [];
    let size = 0;
    for (const step of page.items) {
      if (size >= pageSize) return { steps: found, next: found.at(-1)!.seq };
      const recorded = skipped.has(step.node) ? withoutWhatItGave(step) : await inFull(step);
      if (!skipped.has(step.node) || step.node === inputOf) found.push(recorded);
      size += JSON.stringify(recorded).length;
    }
    const last = page.items.at(-1);
    return page.nextCursor === undefined || !last ? { steps: found } : { steps: found, next: last.seq };

    async function inFull(step: StoredStep): Promise<RecordedStep> {
      if (step.state !== 'succeeded') return { ...withoutWhatItGave(step), key: step.idempotencyKey };
      const outputs = step.truncated ? await outputsOfStep(runs!.temporal, workflowId, step) : step.outputs;
      if (!outputs)
        throw stepFailed(
          'outputs-gone',
          `What the step ${step.index + 1} of node "${step.node}" gave in run ${run} is not kept any more, so it can't count again.`,
          'Start the automation anew, or run it from an earlier node.',
        );
      return { ...withoutWhatItGave(step), outputs, failure: step.failure };
    }
  };
}

function withoutWhatItGave({
  node,
  index,
  state,
  sources,
  seq,
  attempts,
  reusedFrom,
}: StoredStep): RecordedStep {
  return { node, index, state, sources, seq, attempts, ...(reusedFrom !== undefined && { reusedFrom }) };
}
