/** What somebody thinks of an answer, together with the event that tells of it. Said again as it stands it changes nothing. */
import { ulid } from 'ulid';
import type { Sql } from '../../sql.ts';
import type { StoredEvent } from '../events.ts';
import { createSystemEventsRepository } from '../system-events.ts';
import { aboutAnswer, answerData, answerSource, personData } from './about-answer.ts';

export interface Rating {
  conversation: string;
  message: string;
  /** As in `Conversation.owner`, with the name that others read. */
  person: string;
  name: string;
  /** null takes back what was said. */
  thumb: 'up' | 'down' | null;
  comment: string;
}

/** @returns `chat.feedback`, where somebody hears it. It is still to be told; undefined also when nothing has changed */
export function rateAnswer(sql: Sql, workspace: string, rating: Rating): Promise<StoredEvent | undefined> {
  const { conversation, message, person, name, thumb, comment } = rating;
  return sql.transaction(async (inside) => {
    const changed =
      thumb === null
        ? await inside.query(
            'delete from message_feedback where workspace = $1 and message = $2 and person = $3 returning message',
            [workspace, message, person],
          )
        : await inside.query(
            `insert into message_feedback (message, person, workspace, thumb, comment, created_at) values ($2, $3, $1, $4, $5, now())
             on conflict (message, person)
             do update set thumb = excluded.thumb, comment = excluded.comment, created_at = now()
             where (message_feedback.thumb, message_feedback.comment) is distinct from (excluded.thumb, excluded.comment)
             returning message`,
            [workspace, message, person, thumb, comment],
          );
    const about =
      changed.length > 0 ? await aboutAnswer(inside, workspace, { conversation, message }) : undefined;
    if (!about || about.isTrial) return undefined;
    const added = await createSystemEventsRepository(inside, workspace).add({
      name: 'chat.feedback',
      source: answerSource(about),
      data: {
        ...{ thumb, comment, from: personData(person, name) },
        ...answerData({ conversation, message }, about),
      },
      // What was said in this transaction, and nothing else.
      key: ['chat.feedback', ulid()],
    });
    return added.kind === 'added' ? added.event : undefined;
  });
}
