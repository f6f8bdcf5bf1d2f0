/** Cancelling is Temporal's to do: the request reaches the workflow, which stops its steps and records its end itself. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { isTerminal, type RunState } from '../../contracts/states.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

/**
 * @returns the state as it is recorded now; `cancelled` follows
 * @throws ApiProblem `not-found`, `run-ended`
 */
export async function cancelRun(
  { db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>,
  { workspace, run }: { workspace: string; run: string },
): Promise<RunState> {
  const found = await db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  if (!found) throw notFound('run');
  if (isTerminal(found.state)) throw new ApiProblem('run-ended', { state: found.state }, { run });
  try {
    await temporal.workflow.getHandle(found.workflowId).cancel();
  } catch (error) {
    // It ended between our look and the request, and its record follows.
    if (error instanceof WorkflowNotFoundError)
      throw new ApiProblem('run-ended', { state: found.state }, { run });
    throw error;
  }
  return found.state;
}
