/**
 * Answers as they grow, across workspaces: one statement stores what is new of all that a process gives. Who may write is decided in
 * the same statement, by the fence of the step: an attempt that another one took over from, and anything behind an end, changes nothing.
 */
import { applyChanges, type GrowingAnswer } from '../../../contracts/chat/apply-changes.ts';
import { hasEnded, type MessagePart, type MessageState, textOf } from '../../../contracts/chat/message.ts';
import type { AnswerChange, AnswerTarget, AnswerWriter } from '../../../contracts/chat/stream.ts';
import type { Fence } from '../../entities/message.ts';
import { jsonText } from '../../records/json-text.ts';
import type { Sql } from '../../sql.ts';

/** What changed, with the message's new `seq`. */
export interface StoredBatch {
  seq: number;
  changes: AnswerChange[];
}

export type OpenedAnswer =
  /** `batch`: what opening it changed, for those who look. */
  { kind: 'opened'; batch?: StoredBatch } | { kind: 'fenced' };

export interface AnswerEntry {
  workspace: string;
  message: string;
  writer: AnswerWriter;
  /** From `open`: nobody else knows it. */
  opening: string;
  /** 1, 2, 3 … of this opening: what is sent again after a lost reply is stored once. */
  number: number;
  changes: AnswerChange[];
}

/** By opening. `again`: it was stored before, and its `seq` is not known. */
export type AppendedAnswer = { kind: 'stored'; seq: number } | { kind: 'again' } | { kind: 'fenced' };

export type StateChange = Extract<AnswerChange, { kind: 'state' }>;

export interface AnswersRepository {
  open(workspace: string, target: AnswerTarget, writer: AnswerWriter, opening: string): Promise<OpenedAnswer>;
  /** At most one entry for a message. */
  append(entries: readonly AnswerEntry[]): Promise<Map<string, AppendedAnswer>>;
  /** Puts what was appended into the message itself. */
  fold(message: string): Promise<void>;
  /** @returns undefined when the message had ended, or is not there */
  setState(workspace: string, target: AnswerTarget, change: StateChange): Promise<StoredBatch | undefined>;
}

interface Row {
  state: MessageState;
  seq: number;
  fences: Record<string, Fence>;
  parts: MessagePart[];
}

export function createAnswersRepository(sql: Sql): AnswersRepository {
  return {
    open: (workspace, target, writer, opening) =>
      sql.transaction(async (inside) => {
        const row = await lock(inside, workspace, target);
        if (!row || hasEnded(row.state)) return { kind: 'fenced' };
        const key = fenceOf(writer);
        const before = row.fences[key];
        if (before && before.attempt > writer.attempt) return { kind: 'fenced' };

        const fences = { ...row.fences };
        const gone = writer.call === undefined ? keysFrom(fences, writer) : [];
        for (const each of gone) delete fences[each];
        fences[key] = { attempt: writer.attempt, opening, last: 0 };
        const { run, step, attempt } = writer;
        const changes: AnswerChange[] = [
          ...(gone.length > 0 ? [{ kind: 'begin', by: { run, step, attempt } } as const] : []),
          ...(row.state === 'running' ? [] : [{ kind: 'state', state: 'running' } as const]),
        ];
        const seq = row.seq + (changes.length > 0 ? 1 : 0);
        await inside.query(
          `update messages set state = 'running', seq = $2, fences = $3::text::jsonb, run = coalesce(run, $4) where id = $1`,
          [target.message, seq, JSON.stringify(fences), run],
        );
        if (changes.length === 0) return { kind: 'opened' };
        await store(inside, workspace, target.message, { seq, changes });
        return { kind: 'opened', batch: { seq, changes } };
      }),

    async append(entries) {
      const rows = await sql.query<{ opening: string; seq: number | null }>(
        `with given as (
           select * from json_to_recordset($1::text::json)
             as row (message text, workspace text, fence text, opening text, number int, state text, changes jsonb)
         ),
         moved as (
           update messages m set seq = m.seq + 1, state = coalesce(g.state, m.state),
             fences = jsonb_set(m.fences, array[g.fence, 'last'], to_jsonb(g.number))
           from given g
           where m.id = g.message and m.workspace = g.workspace and m.state in ('queued', 'running', 'waiting')
             and m.fences -> g.fence ->> 'opening' = g.opening and (m.fences -> g.fence ->> 'last')::int < g.number
           returning m.id, m.workspace, m.seq, g.opening, g.changes
         ),
         stored as (
           insert into message_changes (message, seq, workspace, changes) select id, seq, workspace, changes from moved
         )
         select g.opening, moved.seq from given g left join moved on moved.opening = g.opening
         where moved.seq is not null or exists (
           select from messages m where m.id = g.message and m.fences -> g.fence ->> 'opening' = g.opening
             and (m.fences -> g.fence ->> 'last')::int >= g.number)`,
        [jsonText(entries.map(rowOf))],
      );
      const answers = new Map<string, AppendedAnswer>(
        entries.map(({ opening }) => [opening, { kind: 'fenced' }]),
      );
      for (const { opening, seq } of rows)
        answers.set(opening, seq === null ? { kind: 'again' } : { kind: 'stored', seq });
      return answers;
    },

    fold: (message) =>
      sql.transaction(async (inside) => {
        const [row] = await inside.query<Row>(
          'select state, seq, fences, parts from messages where id = $1 for update',
          [message],
        );
        if (!row) return;
        const { parts, rows } = await put(inside, message, row);
        if (rows > 0)
          await inside.query('update messages set parts = $2::text::jsonb where id = $1', [
            message,
            jsonText(parts),
          ]);
      }),

    setState: (workspace, target, change) =>
      sql.transaction(async (inside) => {
        const row = await lock(inside, workspace, target);
        if (!row || hasEnded(row.state)) return undefined;
        const { message, conversation } = target;
        const seq = row.seq + 1;
        if (!hasEnded(change.state)) {
          await inside.query('update messages set state = $2, seq = $3 where id = $1', [
            message,
            change.state,
            seq,
          ]);
          await store(inside, workspace, message, { seq, changes: [change] });
          return { seq, changes: [change] };
        }
        const grown = await put(inside, message, row);
        const changes = [...leftOver(grown.parts), change];
        const { parts } = applyChanges(grown, changes);
        await inside.query(
          `update messages set state = $2, seq = $3, fences = '{}', parts = $4::text::jsonb, text = $5,
             failure = $6::text::jsonb, took = $7::text::jsonb, finished_at = now() where id = $1`,
          [
            ...[message, change.state, seq, jsonText(parts), textOf(parts).replaceAll('\0', '\ufffd')],
            ...[change.failure, change.took].map((value) => (value ? jsonText(value) : null)),
          ],
        );
        await inside.query('update conversations set updated_at = now() where id = $1', [conversation]);
        return { seq, changes };
      }),
  };
}

async function lock(inside: Sql, workspace: string, target: AnswerTarget): Promise<Row | undefined> {
  const [row] = await inside.query<Row>(
    `select state, seq, fences, parts from messages
     where workspace = $1 and conversation = $2 and id = $3 and role = 'assistant' for update`,
    [workspace, target.conversation, target.message],
  );
  return row;
}

async function store(inside: Sql, workspace: string, message: string, { seq, changes }: StoredBatch) {
  await inside.query(
    'insert into message_changes (message, seq, workspace, changes) values ($1, $2, $3, $4::text::jsonb)',
    [message, seq, workspace, jsonText(changes)],
  );
}

/** Takes the rows of changes away and gives what they make of the message. */
async function put(inside: Sql, message: string, row: Row): Promise<GrowingAnswer & { rows: number }> {
  const rows = await inside.query<StoredBatch>(
    `with gone as (delete from message_changes where message = $1 returning seq, changes) select * from gone order by seq`,
    [message],
  );
  const changes = rows.flatMap((each) => each.changes);
  return {
    ...applyChanges({ seq: row.seq, state: row.state, parts: row.parts }, changes),
    rows: rows.length,
  };
}

/** Tool calls that nobody will end any more. */
function leftOver(parts: readonly MessagePart[]): AnswerChange[] {
  return parts.flatMap((part): AnswerChange[] => {
    if (part.type !== 'tool' || (part.state !== 'running' && part.state !== 'waiting')) return [];
    const failure = { code: 'stopped', message: 'The answer ended before this did.' };
    return [{ kind: 'part', part: { ...part, state: 'failed', failure } }];
  });
}

function fenceOf({ run, step, call }: AnswerWriter): string {
  return call === undefined ? `${run}/${step}` : `${run}/${step}/${call}`;
}

/** The fences of this step and of all that came after it. */
function keysFrom(fences: Row['fences'], { run, step }: AnswerWriter): string[] {
  const prefix = `${run}/`;
  return Object.keys(fences).filter(
    (key) => key.startsWith(prefix) && Number.parseInt(key.slice(prefix.length), 10) >= step,
  );
}

function rowOf({ writer, changes, ...entry }: AnswerEntry) {
  const last = changes.findLast((change) => change.kind === 'state');
  return { ...entry, fence: fenceOf(writer), changes, ...(last && { state: last.state }) };
}
