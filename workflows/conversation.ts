/**
 * A conversation while something is asked in it (contracts/chat/conversation.ts): started by the first turn, it answers one after the
 * other, and ends when none is left. The next turn starts it again.
 *
 * Who cancels it stops all answers.
 */
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  busyFailure,
  type ConversationInput,
  conversationUpdates,
  type SendAnswer,
  type StopAnswer,
  type StopRequest,
  type Turn,
  turn as turnShape,
} from '../contracts/chat/conversation.ts';
import { stoppedAnswer } from './conversations/answer-end.ts';
import { Answering } from './conversations/answering.ts';
import { Beside } from './conversations/beside.ts';
import { endAnswer, titleConversation } from './conversations/chat-activities.ts';
import { TurnQueue } from './conversations/turn-queue.ts';

const send = defineUpdate<SendAnswer, [Turn]>(conversationUpdates.send);
const stop = defineUpdate<StopAnswer, [StopRequest]>(conversationUpdates.stop);

/** The turn that starts it comes with the start; an execution without one has nothing to do. */
const firstTurnWithin = '10s';

export async function conversation(input: ConversationInput): Promise<void> {
  const place = { workspace: input.workspace, conversation: input.conversation };
  const turns = new TurnQueue(input.resume);
  const beside = new Beside();
  let answering: Answering | undefined;

  // Refused by a validator, a turn leaves no trace: it may be sent again when the answer has ended.
  setHandler(send, take, { validator: refuse });
  setHandler(stop, stopThem);
  try {
    await condition(() => turns.hasMore, firstTurnWithin);
    await serve();
  } catch (error) {
    if (!isCancellation(error)) throw error;
    stopThem({});
    await CancellationScope.nonCancellable(() => beside.untilDone());
    throw error;
  }

  async function serve(): Promise<void> {
    for (;;) {
      const turn = turns.next();
      if (turn) await answer(turn);
      // What is beside it ends before it goes on as another, or for good.
      else if (!beside.isDone) await condition(() => turns.hasMore || beside.isDone);
      else return;
      if (!workflowInfo().continueAsNewSuggested || !turns.hasMore) continue;
      await beside.untilDone();
      await continueAsNew<typeof conversation>({ ...place, resume: turns.resume });
    }
  }

  async function answer(turn: Turn): Promise<void> {
    answering = new Answering(place, turn);
    show();
    const { wantsTitle } = await answering.run();
    answering = undefined;
    turns.done();
    show();
    if (CancellationScope.current().consideredCancelled)
      throw new CancelledFailure('The conversation was cancelled');
    const { message, answerer, member } = turn;
    if (wantsTitle) beside.add(titleConversation({ ...place, message, answerer, member }));
  }

  function refuse(given: Turn): void {
    const { data, error } = turnShape.safeParse(given);
    if (!data) throw ApplicationFailure.nonRetryable(error.message, 'bad-turn');
    if (data.whileBusy === 'reject' && turns.isBusy() && !turns.knows(data.message))
      throw ApplicationFailure.nonRetryable('Another answer is given in this conversation.', busyFailure);
  }

  function take(turn: Turn): SendAnswer {
    if (turn.whileBusy === 'interrupt' && !turns.knows(turn.message)) stopThem({});
    const ahead = turns.add(turn);
    show();
    return { ahead };
  }

  function stopThem({ message }: StopRequest): StopAnswer {
    const stopping: string[] = [];
    const given = answering?.turn.message;
    if (given !== undefined && (message === undefined || message === given)) {
      answering?.stop();
      stopping.push(given);
    }
    for (const { message: waiting } of turns.withdraw(message)) {
      stopping.push(waiting);
      const ended = () => endAnswer({ ...place, message: waiting, ...stoppedAnswer });
      beside.add(CancellationScope.nonCancellable(ended));
    }
    return { stopping };
  }

  /** For operators, in the Temporal UI. */
  function show(): void {
    const given = answering ? `Answers \`${answering.turn.message}\`` : 'Answers nothing';
    setCurrentDetails(`${given}; ${turns.length} wait.`);
  }
}
