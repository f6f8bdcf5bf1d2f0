/** Says something to a run. Temporal keeps it before this returns, whether or not a worker is alive: from then on it is not lost. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { workflowIdOf } from '../contracts/run.ts';
import { messageSignal, type RunMessage } from '../contracts/run-message.ts';
import type { RunDeps } from './run-deps.ts';

/** Milliseconds after which Temporal counts as out of reach. */
const patience = 5_000;

export interface MessageTo {
  workspace: string;
  run: string;
  /** The automation's id, where it is known: the run is then found without its record, which may be written a moment later. */
  automation?: string | undefined;
}

/** `ended`: the run hears nothing any more. `unknown`: the workspace has no such run. */
export type MessageResult = 'sent' | 'ended' | 'unknown';

/** @throws ServiceError when Temporal can't be reached; whether it was sent is not known then, and it may be sent again */
export async function messageRun(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  { workspace, run, automation }: MessageTo,
  message: RunMessage,
): Promise<MessageResult> {
  const workflowId = automation
    ? workflowIdOf({ workspace, automation, run })
    : (await db.inWorkspace(workspace, ({ runs }) => runs.get(run)))?.workflowId;
  if (!workflowId) return 'unknown';
  try {
    await temporal.withDeadline(Date.now() + patience, () =>
      temporal.workflow.getHandle(workflowId).signal(messageSignal, message),
    );
    return 'sent';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'ended';
    throw error;
  }
}
