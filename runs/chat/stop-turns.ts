/** Ends answers of a conversation: the one that is named, or all that are given or wait. What came of them stays. */
import { WorkflowNotFoundError } from '@temporalio/common';
import {
  conversationIdOf,
  conversationUpdates,
  type StopAnswer,
  type StopRequest,
} from '../../contracts/chat/conversation.ts';
import type { RunDeps } from '../run-deps.ts';
import type { ConversationPlace } from './send-turn.ts';

/** Milliseconds after which Temporal, or a worker to hear of it, counts as out of reach. */
const patience = 10_000;

/**
 * Resolves when the stop is on its way. Nothing is stopping when the conversation has no workflow: nothing was under way.
 * @throws ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError; it may be sent again
 */
export async function stopTurns(
  { temporal }: Pick<RunDeps, 'temporal'>,
  { workspace, conversation }: ConversationPlace,
  request: StopRequest,
): Promise<StopAnswer> {
  try {
    return await temporal.withDeadline(Date.now() + patience, () =>
      temporal.workflow
        .getHandle(conversationIdOf(workspace, conversation))
        .executeUpdate<StopAnswer, [StopRequest]>(conversationUpdates.stop, { args: [request] }),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { stopping: [] };
    throw error;
  }
}
