/**
 * Gives a turn to the workflow of its conversation, which is started with the first one. Whoever answers a caller does so after this:
 * a turn that was taken is answered, whatever happens to our processes. Sent again it changes nothing.
 */
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, type Workflow, WorkflowNotFoundError } from '@temporalio/common';
import {
  busyFailure,
  type ConversationInput,
  conversationIdOf,
  conversationUpdates,
  conversationWorkflow,
  type SendAnswer,
  type Turn,
} from '../../contracts/chat/conversation.ts';
import { priorities, queues } from '../../contracts/run.ts';
import type { RunDeps } from '../run-deps.ts';
import { conversationSearchAttributesOf } from '../search-attributes.ts';

/** Milliseconds after which Temporal, or a worker to take the turn, counts as out of reach. */
const patience = 10_000;
/** The workflow may end in the moment in which a turn comes; the next try starts another one. */
const mostTries = 3;

export interface ConversationPlace {
  workspace: string;
  conversation: string;
}

/**
 * It takes a worker of the queue `agents`.
 * @returns `busy` when another answer is given, and the answerer takes no second message meanwhile
 * @throws ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError. Whether the turn was taken is not known then: it may be sent again
 */
export async function sendTurn(
  { temporal }: Pick<RunDeps, 'temporal'>,
  place: ConversationPlace,
  turn: Turn,
): Promise<SendAnswer | 'busy'> {
  for (let tries = 1; ; tries++) {
    try {
      return await temporal.withDeadline(Date.now() + patience, () =>
        temporal.workflow.executeUpdateWithStart<Workflow, SendAnswer, [Turn]>(conversationUpdates.send, {
          args: [turn],
          updateId: turn.message,
          startWorkflowOperation: startOf(place),
        }),
      );
    } catch (error) {
      if (isBusy(error)) return 'busy';
      if (!(error instanceof WorkflowNotFoundError) || tries === mostTries) throw error;
    }
  }
}

function startOf({ workspace, conversation }: ConversationPlace) {
  const input: ConversationInput = { workspace, conversation };
  return new WithStartWorkflowOperation(conversationWorkflow, {
    workflowId: conversationIdOf(workspace, conversation),
    args: [input],
    taskQueue: queues.agents,
    workflowIdConflictPolicy: 'USE_EXISTING',
    // One that has ended had nothing left to answer.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    priority: { priorityKey: priorities.chat, fairnessKey: workspace },
    typedSearchAttributes: conversationSearchAttributesOf(workspace),
    staticSummary: 'Conversation',
  });
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === busyFailure;
}
