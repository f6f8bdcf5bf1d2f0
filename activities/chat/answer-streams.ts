/**
 * The way of an answer's pieces from whoever gives it to the database and to those who look. One for each process: what is new of all
 * its answers is stored by one statement at a time, and told once it is stored, so nobody is shown what a reload would not show.
 *
 * The first piece of an answer goes at once; later ones gather for `gatherMs`. While a statement is under way more gathers, so under
 * load batches grow instead of their number.
 */
import { ulid } from 'ulid';
import type { Bus } from '../../contracts/bus.ts';
import {
  AnswerFenced,
  type AnswerStream,
  type AnswerStreams,
  type AnswerTarget,
  type AnswerWriter,
  gatherMs as usualGatherMs,
} from '../../contracts/chat/stream.ts';
import type { Database, Log, StoredBatch } from '../../db/index.ts';
import { createOpenAnswer, type OpenAnswer } from './open-answer.ts';

export interface AnswerStreamsOptions {
  db: Pick<Database, 'asSystem'>;
  bus: Bus;
  log: Log;
  /** Milliseconds that what is new of one answer gathers. Default 80. */
  gatherMs?: number | undefined;
  /** Milliseconds for which the database may fail before an answer is given up. Default 30,000. */
  patienceMs?: number | undefined;
}

const longestBackOffMs = 2_000;

export function createAnswerStreams({
  db,
  bus,
  log,
  gatherMs = usualGatherMs,
  patienceMs = 30_000,
}: AnswerStreamsOptions): AnswerStreams {
  const dirty = new Set<OpenAnswer>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let failures = 0;

  function tell(workspace: string, target: AnswerTarget, { seq, changes }: StoredBatch): void {
    bus.publish({ kind: 'chat.answer', workspace, ...target, seq, changes });
  }

  function schedule(): void {
    if (timer || writing || dirty.size === 0) return;
    const due = Math.min(...[...dirty].map((answer) => answer.dueAt));
    const rest = failures === 0 ? 0 : Math.min(longestBackOffMs, 50 * 2 ** failures);
    timer = setTimeout(
      () => {
        timer = undefined;
        writing = write().finally(() => {
          writing = undefined;
          schedule();
        });
      },
      Math.max(rest, due - Date.now()),
    );
  }

  /** Whoever is nearly due goes along: one statement for many costs little more than for one. */
  async function write(): Promise<void> {
    const until = Date.now() + gatherMs / 4;
    const messages = new Set<string>();
    const batch: OpenAnswer[] = [];
    for (const answer of dirty) {
      const { target, dueAt, hasMore } = answer;
      if (hasMore && (dueAt > until || messages.has(target.message))) continue;
      dirty.delete(answer);
      if (!hasMore) continue;
      messages.add(target.message);
      batch.push(answer);
    }
    if (batch.length === 0) return;
    const entries = batch.map((answer) => answer.take(Date.now() + gatherMs));
    try {
      const stored = await db.asSystem(({ answers }) => answers.append(entries));
      failures = 0;
      batch.forEach((answer, position) => {
        const entry = entries[position]!;
        const outcome = stored.get(entry.opening) ?? { kind: 'fenced' };
        if (outcome.kind === 'stored')
          tell(answer.workspace, answer.target, { seq: outcome.seq, changes: entry.changes });
        answer.settle(outcome.kind !== 'fenced');
      });
    } catch (error) {
      failures++;
      log.warn({ err: error, answers: batch.length }, 'What is new of answers could not be stored');
      for (const answer of batch) answer.failed(error, patienceMs);
    }
    for (const answer of batch) if (answer.hasMore) dirty.add(answer);
  }

  return {
    async open(workspace: string, target: AnswerTarget, writer: AnswerWriter): Promise<AnswerStream> {
      const opening = ulid();
      const opened = await db.asSystem(({ answers }) => answers.open(workspace, target, writer, opening));
      if (opened.kind === 'fenced') throw new AnswerFenced();
      if (opened.batch) tell(workspace, target, opened.batch);
      const answer = createOpenAnswer({ workspace, target, writer, opening }, () => {
        dirty.add(answer);
        // What is due sooner than what the timer waits for would wait for it.
        if (timer && answer.dueAt <= Date.now()) {
          clearTimeout(timer);
          timer = undefined;
        }
        schedule();
      });
      return {
        ...answer.stream,
        async close() {
          await answer.finished();
          await db
            .asSystem(({ answers }) => answers.fold(target.message))
            // It is put together at the answer's end as well.
            .catch((error: unknown) => log.warn({ err: error }, 'An answer could not be put together yet'));
        },
      };
    },

    async setState(workspace, target, change) {
      const batch = await db.asSystem(({ answers }) =>
        answers.setState(workspace, target, { kind: 'state', ...change }),
      );
      if (batch) tell(workspace, target, batch);
      return batch !== undefined;
    },

    async close() {
      await Promise.allSettled([...dirty].map((answer) => answer.finished()));
      clearTimeout(timer);
      await writing;
    },
  };
}
