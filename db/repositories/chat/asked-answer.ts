/**
 * An answer that is to be given, with what it answers: a person waits for its first words, so it is two statements, and nothing is read
 * that pages alone show.
 */

import type { ConversationTrial } from '../../../contracts/api/conversations.ts';
import { applyChanges } from '../../../contracts/chat/apply-changes.ts';
import type { MessagePart, MessageRole, MessageState } from '../../../contracts/chat/message.ts';
import type { AnswerChange } from '../../../contracts/chat/stream.ts';
import type { Sql } from '../../sql.ts';

export interface AskedAnswer {
  /** Of the conversation. '' : it has none yet. */
  title: string;
  trial: ConversationTrial | null;
  state: MessageState;
  /** The message that asks. */
  parent: string;
  /** Up to it, oldest first. */
  branch: { role: MessageRole; parts: readonly MessagePart[] }[];
}

interface Row {
  role: MessageRole;
  state: MessageState;
  parts: MessagePart[];
  seq: number;
  changes: AnswerChange[][] | null;
}

/** @returns undefined when it is not there */
export async function askedAnswer(
  sql: Sql,
  workspace: string,
  { conversation, message, limit }: { conversation: string; message: string; limit: number },
): Promise<AskedAnswer | undefined> {
  const [asked] = await sql.query<Omit<AskedAnswer, 'branch'>>(
    `select c.title, c.trial, m.state, m.parent from messages m join conversations c on c.id = m.conversation
     where m.workspace = $1 and m.conversation = $2 and m.id = $3 and m.parent is not null`,
    [workspace, conversation, message],
  );
  if (!asked) return undefined;
  const rows = await sql.query<Row>(
    `with recursive up as (
       select id, parent, 0 as depth from messages where workspace = $1 and conversation = $2 and id = $3
       union all
       select p.id, p.parent, up.depth + 1
       from up cross join lateral (select id, parent from messages where id = up.parent and conversation = $2 limit 1) p
       where up.depth + 1 < $4
     )
     select m.role, m.state, m.parts, m.seq,
       (select json_agg(c.changes order by c.seq) from message_changes c where c.message = m.id) as changes
     from up join messages m on m.id = up.id order by up.depth desc`,
    [workspace, conversation, asked.parent, limit],
  );
  const branch = rows.map(({ role, changes, ...read }) => ({
    role,
    parts: applyChanges(read, changes?.flat() ?? []).parts,
  }));
  return { ...asked, branch };
}
