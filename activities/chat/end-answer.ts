/** The end of an answer, told to whoever is to know of it. The first end counts; told again it changes nothing. */
import type { Answerer } from '../../contracts/chat/conversation.ts';
import { type AnswerCost, type MessagePart, textOf } from '../../contracts/chat/message.ts';
import type { Failure } from '../../contracts/run.ts';
import { tellNow } from '../../runs/events/emit-event.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { ChatDeps } from './chat-deps.ts';
import { tellChangeOf } from './tell-change-of.ts';

export interface AnswerEnd {
  workspace: string;
  conversation: string;
  message: string;
  state: 'succeeded' | 'failed' | 'stopped';
  failure?: Failure | undefined;
  took?: AnswerCost | undefined;
  /** Who gave it. */
  by?: Answerer['kind'] | undefined;
  /** Id of the member who asked for it; left out: whoever wrote the question. */
  member?: string | undefined;
}

/** @returns false when it had ended before, or is not there. What the database throws is Temporal's to retry. */
export type EndAnswer = (end: AnswerEnd) => Promise<boolean>;

export function createEndAnswer({
  db,
  bus,
  log,
  runs,
}: Pick<ChatDeps, 'db' | 'bus' | 'log' | 'runs'>): EndAnswer {
  const events = runs && { ...runs, graphs: versionGraphsOf(db), log };
  return async ({ workspace, by, member, ...end }) => {
    const { conversation, message } = end;
    const target = { conversation, message };
    const said =
      by === 'automation' && end.state === 'succeeded' ? await partsOf(workspace, target) : undefined;
    const isSilent = said !== undefined && textOf(said).trim() === '';
    const { state, failure, took } = isSilent ? { ...end, ...noReply(message) } : end;
    const ended = await db.inWorkspace(workspace, ({ chat }) =>
      chat.endAnswer({
        target,
        change: { state, ...(failure && { failure }), ...(took && { took }) },
        ...(member !== undefined && { asker: `user:${member}` }),
      }),
    );
    if (!ended) return false;
    bus?.publish({ kind: 'chat.answer', workspace, ...target, ...ended.batch });
    tellNotified({ bus }, workspace, ended.notified);
    await tellChangeOf({ db, bus }, { workspace, conversation });
    if (events && ended.event) await tellNow(events, ended.event);
    return true;
  };

  async function partsOf(
    workspace: string,
    { conversation, message }: { conversation: string; message: string },
  ): Promise<readonly MessagePart[] | undefined> {
    const found = await db.inWorkspace(workspace, ({ chat }) => chat.messages.get(conversation, message, ''));
    return found?.parts;
  }
}

/** Its run, which has the id of the message, went well and said nothing to who waited for an answer. */
function noReply(run: string): Pick<AnswerEnd, 'state' | 'failure'> {
  return {
    state: 'failed',
    failure: {
      code: 'no-reply',
      message: 'The automation ran to its end and said nothing.',
      hint: 'It answers by the node “Chat reply”: put one on every way that a message can take through it, and publish. Its run shows which way this message took.',
      details: { run },
    },
  };
}
