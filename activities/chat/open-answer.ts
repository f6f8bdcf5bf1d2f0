/** What one attempt has said and not stored yet. Text that follows on text is one change; nothing is lost while the database is away. */
import type { MessagePart, WrittenBy } from '../../contracts/chat/message.ts';
import {
  type AnswerChange,
  AnswerFenced,
  type AnswerStream,
  type AnswerTarget,
  type AnswerWriter,
} from '../../contracts/chat/stream.ts';
import type { AnswerEntry } from '../../db/index.ts';

export interface OpenAnswer {
  readonly workspace: string;
  readonly target: AnswerTarget;
  /** Epoch ms at which what is new is to be stored. */
  readonly dueAt: number;
  readonly hasMore: boolean;
  stream: Omit<AnswerStream, 'close'>;
  /** What is to be stored now. @param nextDue when what comes after it is due */
  take(nextDue: number): AnswerEntry;
  /** What was taken is stored, or (false) nobody may store it any more. */
  settle(stored: boolean): void;
  /** What was taken is still to be stored; after `patienceMs` of that it is given up. */
  failed(error: unknown, patienceMs: number): void;
  /** Resolves when everything is stored. @throws AnswerFenced, or why it could not be */
  finished(): Promise<void>;
}

/** @param wake called when there is something to store */
export function createOpenAnswer(
  {
    workspace,
    target,
    writer,
    opening,
  }: { workspace: string; target: AnswerTarget; writer: AnswerWriter; opening: string },
  wake: () => void,
): OpenAnswer {
  const { run, step, attempt } = writer;
  const by: WrittenBy = { run, step, attempt };
  const ended = new AbortController();
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let pending: AnswerChange[] = [];
  let taken: AnswerEntry | undefined;
  let number = 0;
  let dueAt = 0;
  let failingSince: number | undefined;
  let failure: unknown;
  /** Half of a character: the database holds whole ones, and the other half comes with the next piece. */
  let half = '';

  function add(change: AnswerChange): void {
    if (ended.signal.aborted) return;
    const last = pending.at(-1);
    if ((change.kind === 'text' || change.kind === 'reasoning') && last?.kind === change.kind)
      pending[pending.length - 1] = { ...last, delta: last.delta + change.delta };
    else pending.push(change);
    wake();
  }

  function say(kind: 'text' | 'reasoning', delta: string): void {
    const whole = half + delta.replaceAll('\0', '\ufffd');
    const isHalf = /[\ud800-\udbff]$/.test(whole);
    half = isHalf ? whole.slice(-1) : '';
    const said = isHalf ? whole.slice(0, -1) : whole;
    if (said !== '') add({ kind, by, delta: said });
  }

  function end(why: unknown): void {
    failure = why;
    pending = [];
    taken = undefined;
    ended.abort(why);
    for (const { reject } of waiting.splice(0)) reject(why);
  }

  const part = (made: Extract<MessagePart, { type: 'tool' | 'note' | 'file' }>) =>
    add({ kind: 'part', part: made });

  return {
    workspace,
    target,
    get dueAt() {
      return dueAt;
    },
    get hasMore() {
      return pending.length > 0 || taken !== undefined;
    },
    stream: {
      text: (delta) => say('text', delta),
      reasoning: (delta) => say('reasoning', delta),
      tool: (tool) => part({ type: 'tool', ...tool, by }),
      note: (note) => part({ type: 'note', ...note, by }),
      file: (file) => part({ type: 'file', ...file, by }),
      state: (state) => add({ kind: 'state', state }),
      signal: ended.signal,
    },

    take(nextDue) {
      dueAt = nextDue;
      if (taken) return taken;
      number++;
      taken = { workspace, message: target.message, writer, opening, number, changes: pending };
      pending = [];
      return taken;
    },

    settle(stored) {
      taken = undefined;
      failingSince = undefined;
      if (!stored) end(new AnswerFenced());
      else if (pending.length === 0) for (const { resolve } of waiting.splice(0)) resolve();
    },

    failed(error, patienceMs) {
      failingSince ??= Date.now();
      if (Date.now() - failingSince >= patienceMs) end(error);
    },

    async finished() {
      if (half !== '') {
        half = '';
        add({ kind: 'text', by, delta: '\ufffd' });
      }
      if (failure !== undefined) throw failure;
      if (pending.length === 0 && !taken) return;
      dueAt = 0;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
        wake();
      });
    },
  };
}
