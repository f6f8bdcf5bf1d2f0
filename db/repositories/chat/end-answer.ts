/**
 * The end of an answer together with the news of it, in one transaction: whoever dies has told all of it or nothing, and as an answer
 * ends once, nobody is told twice.
 */
import type { AnswerTarget } from '../../../contracts/chat/stream.ts';
import type { Sql } from '../../sql.ts';
import type { StoredEvent } from '../events.ts';
import { createSystemEventsRepository } from '../system-events.ts';
import { type AboutAnswer, aboutAnswer, answerData, answerSource } from './about-answer.ts';
import { createAnswersRepository, type StateChange, type StoredBatch } from './answers.ts';
import { createNotificationsRepository, threadOf } from './notifications.ts';

export interface AnswerEnding {
  target: AnswerTarget;
  change: Omit<StateChange, 'kind'>;
  /** Whoever asked for this answer, as in `Conversation.owner`; left out: who wrote the question. */
  asker?: string | undefined;
}

export interface EndedAnswer {
  batch: StoredBatch;
  /** `chat.answered`, where somebody hears it. It is still to be told. */
  event?: StoredEvent | undefined;
  /** Who got a notification. */
  notified: string[];
}

/** Characters of an answer that a notification shows. */
const longestExcerpt = 160;

/** @returns undefined when it had ended before, or is not there */
export function endAnswer(
  sql: Sql,
  workspace: string,
  { target, change, asker }: AnswerEnding,
): Promise<EndedAnswer | undefined> {
  return sql.transaction(async (inside) => {
    const batch = await createAnswersRepository(inside).setState(workspace, target, {
      kind: 'state',
      ...change,
    });
    const about = batch && (await aboutAnswer(inside, workspace, target));
    if (!batch || !about) return undefined;
    if (about.isTrial) return { batch, notified: [] };
    const event = change.state === 'succeeded' ? await emit(inside, about) : undefined;
    return { batch, event, notified: await notify(inside, about) };
  });

  async function emit(inside: Sql, about: AboutAnswer): Promise<StoredEvent | undefined> {
    const added = await createSystemEventsRepository(inside, workspace).add({
      name: 'chat.answered',
      source: answerSource(about),
      data: answerData(target, about),
      key: ['chat.answered', target.message],
    });
    return added.kind === 'added' ? added.event : undefined;
  }

  /** Whoever asked and looks elsewhere. Who stopped it knows. */
  async function notify(inside: Sql, { title, text, question }: AboutAnswer): Promise<string[]> {
    const person = asker ?? question?.person;
    const { state, failure } = change;
    if (!person?.startsWith('user:') || (state !== 'succeeded' && state !== 'failed')) return [];
    const { conversation, message } = target;
    const here = await inside.query(
      'select 1 from chat_viewers where workspace = $1 and conversation = $2 and person = $3 and until > now() limit 1',
      [workspace, conversation, person],
    );
    if (here.length > 0) return [];
    const excerpt = excerptOf(state === 'failed' ? (failure?.message ?? '') : text);
    return createNotificationsRepository(inside, workspace).tell([person], {
      key: `answer:${message}`,
      thread: threadOf('conversation', conversation),
      about: {
        ...{ kind: 'answer', conversation, message, title, state, excerpt },
        ...(failure && { code: failure.code }),
      },
    });
  }
}

function excerptOf(text: string): string {
  const line = text
    .slice(0, 4 * longestExcerpt)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= longestExcerpt ? line : `${line.slice(0, longestExcerpt - 1).toWellFormed()}…`;
}
