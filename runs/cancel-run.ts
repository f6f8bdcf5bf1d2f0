/** Cancelling is Temporal's to do: the request reaches the workflow, which stops its steps and records its end itself. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { isTerminal, type RunState } from '../contracts/states.ts';
import type { RunDeps } from './run-deps.ts';

export type CancelResult =
  | { kind: 'requested'; state: RunState }
  /** It ended before; its record may still be on its way. */
  | { kind: 'ended'; state: RunState }
  | { kind: 'not-found' };

/**
 * The request is written down as well: a workflow that can't act on it (a worker of another release, broken code) is ended by the
 * reconciler after a grace.
 */
export async function cancelRun(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  { workspace, run }: { workspace: string; run: string },
): Promise<CancelResult> {
  const found = await db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  if (!found) return { kind: 'not-found' };
  const { state, workflowId } = found;
  if (isTerminal(state)) return { kind: 'ended', state };
  try {
    await temporal.workflow.getHandle(workflowId).cancel();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { kind: 'ended', state };
    throw error;
  }
  await db.inWorkspace(workspace, ({ runs }) => runs.markCancelRequested(run));
  return { kind: 'requested', state };
}
