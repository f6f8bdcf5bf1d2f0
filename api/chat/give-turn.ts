/** Gives a turn, whose messages are rows, to its conversation; takes the rows back when it was surely not taken. */
import type { SendAnswer, Turn } from '../../contracts/chat/conversation.ts';
import { sendTurn } from '../../runs/chat/send-turn.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/**
 * @param made messages that this request has made
 * @throws ApiProblem `conversation-busy`, or what says that Temporal can't be reached. It may have the turn then, and the rows stay:
 *   sent again with the same id it is taken once, and what nobody takes is ended by the reconciler.
 */
export async function giveTurn(
  { temporal, db }: Pick<ApiDeps, 'temporal' | 'db'>,
  {
    workspace,
    conversation,
    turn,
    made,
  }: { workspace: string; conversation: string; turn: Turn; made: string[] },
): Promise<SendAnswer> {
  const answer = await sendTurn({ temporal }, { workspace, conversation }, turn);
  if (answer !== 'busy') return answer;
  await db.inWorkspace(workspace, ({ chat }) => chat.messages.withdraw(conversation, made));
  throw new ApiProblem('conversation-busy');
}
