/** Says something to a run. Temporal keeps it before this returns, whether or not a worker is alive: from then on it is not lost. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { agentWorkflowIdOf } from '../contracts/agents/run.ts';
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
  /** The agent's id, where it is a run of an agent. */
  agent?: string | undefined;
}

/** `ended`: the run hears nothing any more. `unknown`: the workspace has no such run. */
export type MessageResult = 'sent' | 'ended' | 'unknown';

/** @throws ServiceError when Temporal can't be reached; whether it was sent is not known then, and it may be sent again */
export async function messageRun(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  to: MessageTo,
  message: RunMessage,
): Promise<MessageResult> {
  const workflowId = await workflowOf(to, db);
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

async function workflowOf(
  { workspace, run, automation, agent }: MessageTo,
  db: RunDeps['db'],
): Promise<string | undefined> {
  if (agent) return agentWorkflowIdOf({ workspace, agent, run });
  if (automation) return workflowIdOf({ workspace, automation, run });
  return (await db.inWorkspace(workspace, ({ runs }) => runs.get(run)))?.workflowId;
}
