/**
 * An answer while it is given. What is new of it gathers for at most `gatherMs`, gets the message's next `seq`, is stored, and is then
 * told to whoever looks: a reader asks for the message, which is its parts and a `seq`, and puts the batches behind that on top
 * (`applyChanges`). A batch whose `seq` it has is old; a batch beyond the next one says that something was missed: it asks again.
 *
 * Nothing of this is in Temporal's history. A step that is tried again writes anew: `begin` takes away what its earlier attempts wrote,
 * and from then on these can write nothing (`AnswerFenced`).
 */
import { z } from 'zod';
import { failure } from '../run.ts';
import {
  answerCost,
  type FilePart,
  filePart,
  messageState,
  type NotePart,
  notePart,
  type ToolPart,
  toolPart,
  type WrittenBy,
  writtenBy,
} from './message.ts';

/** Milliseconds that what is new of an answer gathers at most. */
export const gatherMs = 80;

/** The assistant's message that grows. */
export const answerTarget = z.object({ conversation: z.string().max(64), message: z.string().max(64) });
export type AnswerTarget = z.output<typeof answerTarget>;

export const answerChange = z.discriminatedUnion('kind', [
  /** An attempt of a step begins: what the run had written from this step on is no more. */
  z.object({ kind: z.literal('begin'), by: writtenBy }),
  /** Goes behind the last part if that is of the same kind and attempt; otherwise it begins a part. */
  z.object({ kind: z.literal('text'), by: writtenBy, delta: z.string() }),
  z.object({ kind: z.literal('reasoning'), by: writtenBy, delta: z.string() }),
  /** A tool call in place of what was known of it, or a part behind the others. */
  z.object({ kind: z.literal('part'), part: z.discriminatedUnion('type', [toolPart, notePart, filePart]) }),
  /** The message's new state; with what ended it. */
  z.object({
    kind: z.literal('state'),
    state: messageState,
    failure: failure.optional(),
    took: answerCost.optional(),
  }),
]);
export type AnswerChange = z.output<typeof answerChange>;

/** One batch, as the bus and the sockets carry it. */
export const answerBatch = answerTarget.extend({
  /** The message's, from 1. */
  seq: z.int(),
  changes: z.array(answerChange),
});
export type AnswerBatch = z.output<typeof answerBatch>;

/** Who writes: a model call (all of its step), or with `call` one tool call of that step (its part alone). */
export interface AnswerWriter extends WrittenBy {
  call?: string | undefined;
}

/**
 * One attempt's way into the answer. Nothing here waits but `close`; what it was given is stored when that resolves.
 *
 *     const stream = await answers.open(workspace, target, { run, step, attempt });
 *     const answer = await gateway.chat(call, request, ({ kind, text }) => kind === 'text' && stream.text(text));
 *     // An answer that was paid for before comes without deltas.
 *     if (!streamed) stream.text(answer.text);
 *     await stream.close();
 */
export interface AnswerStream {
  text(delta: string): void;
  reasoning(delta: string): void;
  tool(part: Omit<ToolPart, 'type' | 'by'>): void;
  note(part: Omit<NotePart, 'type' | 'by'>): void;
  file(part: Omit<FilePart, 'type' | 'by'>): void;
  /** Of the message: `running` and `waiting` only. Ending it is for the conversation. */
  state(state: 'running' | 'waiting'): void;
  /** Aborted when a later attempt took over or the answer has ended: to go on would be paid and shown to nobody. */
  readonly signal: AbortSignal;
  /** Resolves when everything is stored. @throws AnswerFenced, or what the database says for longer than half a minute */
  close(): Promise<void>;
}

export interface AnswerStreams {
  /** @throws AnswerFenced when a later attempt has begun, or the message has ended or is not there */
  open(workspace: string, target: AnswerTarget, writer: AnswerWriter): Promise<AnswerStream>;
  /**
   * The message's last change, or a state on the way, by the conversation itself. Nobody can write behind an end.
   * @returns false when it had ended before
   */
  setState(
    workspace: string,
    target: AnswerTarget,
    change: Omit<Extract<AnswerChange, { kind: 'state' }>, 'kind'>,
  ): Promise<boolean>;
  /** Writes what is left and stops. */
  close(): Promise<void>;
}

/** A later attempt writes this answer, or nobody may any more. */
export class AnswerFenced extends Error {
  constructor() {
    super('Another attempt gives this answer now, or it has ended.');
    this.name = 'AnswerFenced';
  }
}
