/**
 * The messages of conversations: a tree in rows. A branch is read from a leaf to the root; each message of it comes with its siblings,
 * which is where other branches begin.
 */
import type { Message } from '../../../contracts/api/conversations.ts';
import { applyChanges } from '../../../contracts/chat/apply-changes.ts';
import type { Answerer } from '../../../contracts/chat/conversation.ts';
import type { AnswerCost, MessagePart, MessageRole, MessageState } from '../../../contracts/chat/message.ts';
import { textOf } from '../../../contracts/chat/message.ts';
import type { AnswerChange } from '../../../contracts/chat/stream.ts';
import type { Failure } from '../../../contracts/run.ts';
import { jsonText } from '../../records/json-text.ts';
import { type Sql, toMoment, toOptionalMoment } from '../../sql.ts';

/** A person (`user:<id>`), or a service account (`key:<id>`), with the name that others read. */
export interface Author {
  person: string;
  name: string;
}

export interface NewTurn {
  conversation: string;
  /** Ids of both messages. `question` that is there already: nothing is written. */
  question: string;
  answer: string;
  author: Author;
  parts: MessagePart[];
  /** Undefined: a first message. */
  parent: string | undefined;
  answerer: Answerer;
}

export interface MessagesRepository {
  get(conversation: string, id: string, reader: string): Promise<Message | undefined>;
  /**
   * Messages of the branch that ends at `leaf`, oldest first: the last `limit` of them, or of the branch that ends at `before`, a message
   * on the way. @returns undefined when there is no such message
   */
  branch(
    conversation: string,
    leaf: string,
    options: { limit: number; before?: string | undefined; reader: string },
  ): Promise<{ items: Message[]; before?: string } | undefined>;
  /**
   * A question and the answer that it is to get, which becomes the branch that is shown. @returns the answer's id, the one of before
   * when the question was there; undefined when its id is another message's, or the parent is not there
   */
  addTurn(turn: NewTurn): Promise<{ answer: string; isNew: boolean } | undefined>;
  /** Another answer to the same question. @returns the question; undefined when there is none */
  addAnswer(
    conversation: string,
    of: string,
    answer: string,
    answerer: Answerer,
  ): Promise<string | undefined>;
  /** Takes back messages of a turn that was refused, and shows the branch before it. */
  withdraw(conversation: string, messages: readonly string[]): Promise<void>;
  /** The newest message behind this one, or itself: where a chosen branch ends. */
  leafOf(conversation: string, message: string): Promise<string | undefined>;
  /** Answers that have not ended, oldest first. */
  open(conversation: string): Promise<string[]>;
  /** The answer that a run gives, while it gives it: the run has the id of its message, which keeps it as its run from then on. */
  claim(run: string): Promise<{ conversation: string; message: string } | undefined>;
}

interface Row {
  id: string;
  conversation: string;
  parent: string | null;
  role: MessageRole;
  author: string | null;
  author_name: string | null;
  state: MessageState;
  parts: MessagePart[];
  seq: number;
  failure: Failure | null;
  took: AnswerCost | null;
  run: string | null;
  created_at: string;
  finished_at: string | null;
  changes: AnswerChange[][] | null;
  siblings: string[];
  thumb: 'up' | 'down' | null;
  comment: string | null;
}

/** With what is not folded into the message yet, and what the reader thinks of it. `$3` is the reader. */
const columns = `m.id, m.conversation, m.parent, m.role, m.author, m.author_name, m.state, m.parts, m.seq, m.failure, m.took, m.run,
  m.created_at, m.finished_at, f.thumb, f.comment,
  (select json_agg(c.changes order by c.seq) from message_changes c where c.message = m.id) as changes`;
const feedback = `left join message_feedback f on f.message = m.id and f.person = $3`;

export function createMessagesRepository(sql: Sql, workspace: string): MessagesRepository {
  return {
    async get(conversation, id, reader) {
      const [row] = await sql.query<Row>(
        `select ${columns},
           (select json_agg(s.id order by s.created_at, s.id) from messages s
            where s.conversation = m.conversation and s.parent is not distinct from m.parent and s.role = m.role) as siblings
         from messages m ${feedback} where m.workspace = $1 and m.conversation = $2 and m.id = $4`,
        [workspace, conversation, reader, id],
      );
      return row && toMessage(row);
    },

    async branch(conversation, leaf, { limit, before, reader }) {
      const rows = await sql.query<Row & { depth: number }>(
        // No further up than is asked for, message by message: the limit keeps Postgres from reading the conversation for each step.
        // Siblings come by one look at it for all.
        `with recursive up as (
           select id, parent, 0 as depth from messages where workspace = $1 and conversation = $2 and id = $4
           union all
           select p.id, p.parent, up.depth + 1
           from up cross join lateral (
             select id, parent from messages where id = up.parent and conversation = $2 limit 1
           ) p
           where up.depth + 1 < $5
         ),
         beside as (
           select s.parent, s.role, json_agg(s.id order by s.created_at, s.id) as ids from messages s
           where s.workspace = $1 and s.conversation = $2 and (s.parent is null or s.parent in (select parent from up))
           group by s.parent, s.role
         )
         select ${columns}, beside.ids as siblings, up.depth
         from up join messages m on m.id = up.id
         join beside on beside.parent is not distinct from m.parent and beside.role = m.role ${feedback}
         order by up.depth desc`,
        [workspace, conversation, reader, before ?? leaf, limit + 1],
      );
      if (rows.length === 0) return undefined;
      // One more was read than is shown: it is where the page before begins.
      const more = rows.length > limit ? rows.shift() : undefined;
      return { items: rows.map(toMessage), ...(more && { before: more.id }) };
    },

    addTurn: (turn) =>
      sql.transaction(async (inside) => {
        const { conversation, question, answer, author, parts, parent, answerer } = turn;
        const [known] = await inside.query<{ conversation: string; author: string; answer: string | null }>(
          `select conversation, author, (select a.id from messages a
             where a.parent = m.id and a.conversation = m.conversation order by a.created_at, a.id limit 1) as answer
           from messages m where workspace = $1 and id = $2`,
          [workspace, question],
        );
        if (known) {
          const isSame = known.conversation === conversation && known.author === author.person;
          return isSame && known.answer !== null ? { answer: known.answer, isNew: false } : undefined;
        }
        if (parent !== undefined && !(await has(inside, conversation, parent))) return undefined;
        const [made] = await inside.query(
          `insert into messages (id, workspace, conversation, parent, role, author, author_name, state, parts, seq, fences, text,
             created_at, finished_at)
           values ($1, $2, $3, $4, 'user', $5, $6, 'succeeded', $7::text::jsonb, 0, '{}', $8, now(), now())
           on conflict (id) do nothing returning id`,
          [
            ...[question, workspace, conversation, parent ?? null, author.person, author.name],
            ...[jsonText(parts), textOf(parts).replaceAll('\0', '\ufffd')],
          ],
        );
        if (!made) return undefined;
        await insertAnswer(inside, { conversation, answer, parent: question, answerer });
        return { answer, isNew: true };
      }),

    addAnswer: (conversation, of, answer, answerer) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<{ id: string; role: MessageRole; parent: string | null }>(
          'select id, role, parent from messages where workspace = $1 and conversation = $2 and id = $3',
          [workspace, conversation, of],
        );
        const question = row?.role === 'user' ? row.id : row?.parent;
        if (!question) return undefined;
        await insertAnswer(inside, { conversation, answer, parent: question, answerer });
        return question;
      }),

    async withdraw(conversation, messages) {
      await sql.transaction(async (inside) => {
        const gone = await inside.query<{ id: string; parent: string | null }>(
          `delete from messages where workspace = $1 and conversation = $2 and id = any($3::text[]) returning id, parent`,
          [workspace, conversation, `{${messages.join(',')}}`],
        );
        const before = gone.find(({ parent }) => !messages.includes(parent ?? ''))?.parent ?? null;
        await inside.query('update conversations set leaf = $3 where workspace = $1 and id = $2', [
          ...[workspace, conversation, before],
        ]);
      });
    },

    async leafOf(conversation, message) {
      // One look at the whole tree costs less than a search in it for each step down.
      const rows = await sql.query<{ id: string; parent: string | null }>(
        'select id, parent from messages where workspace = $1 and conversation = $2 order by created_at, id',
        [workspace, conversation],
      );
      const children = Map.groupBy(rows, ({ parent }) => parent);
      const behind = new Set(rows.some(({ id }) => id === message) ? [message] : []);
      // A set goes on with what is added to it while it is walked.
      for (const id of behind) for (const child of children.get(id) ?? []) behind.add(child.id);
      return rows.findLast(({ id }) => behind.has(id))?.id;
    },

    async open(conversation) {
      const rows = await sql.query<{ id: string }>(
        `select id from messages where workspace = $1 and conversation = $2 and state in ('queued', 'running', 'waiting')
         order by created_at, id`,
        [workspace, conversation],
      );
      return rows.map(({ id }) => id);
    },

    async claim(run) {
      const [row] = await sql.query<{ conversation: string; message: string }>(
        `update messages set run = coalesce(run, id)
         where workspace = $1 and id = $2 and role = 'assistant' and state in ('queued', 'running', 'waiting')
         returning conversation, id as message`,
        [workspace, run],
      );
      return row;
    },
  };

  async function insertAnswer(
    inside: Sql,
    made: { conversation: string; answer: string; parent: string; answerer: Answerer },
  ): Promise<void> {
    await inside.query(
      `insert into messages (id, workspace, conversation, parent, role, answerer, state, parts, seq, fences, text, created_at)
       values ($1, $2, $3, $4, 'assistant', $5::text::jsonb, 'queued', '[]', 0, '{}', '', clock_timestamp())`,
      [made.answer, workspace, made.conversation, made.parent, JSON.stringify(made.answerer)],
    );
    await inside.query(
      'update conversations set leaf = $3, updated_at = now() where workspace = $1 and id = $2',
      [workspace, made.conversation, made.answer],
    );
  }

  async function has(inside: Sql, conversation: string, id: string): Promise<boolean> {
    const rows = await inside.query(
      'select 1 from messages where workspace = $1 and conversation = $2 and id = $3',
      [workspace, conversation, id],
    );
    return rows.length > 0;
  }
}

function toMessage(row: Row): Message {
  const changes = row.changes?.flat() ?? [];
  const { parts } = applyChanges({ seq: row.seq, state: row.state, parts: row.parts }, changes);
  const finishedAt = toOptionalMoment(row.finished_at);
  return {
    id: row.id,
    conversation: row.conversation,
    ...(row.parent !== null && { parent: row.parent }),
    role: row.role,
    ...(row.author_name !== null && { author: authorOf(row.author, row.author_name) }),
    state: row.state,
    parts: [...parts],
    seq: row.seq,
    ...(row.failure && { failure: row.failure }),
    ...(row.took && { took: row.took }),
    ...(row.run !== null && { run: row.run }),
    createdAt: toMoment(row.created_at),
    ...(finishedAt && { finishedAt }),
    siblings: row.siblings,
    ...(row.thumb && { feedback: { thumb: row.thumb, comment: row.comment ?? '' } }),
  };
}

function authorOf(person: string | null, name: string) {
  const user = person?.startsWith('user:') ? person.slice('user:'.length) : undefined;
  return { ...(user !== undefined && { id: user }), name };
}
