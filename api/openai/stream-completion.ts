/**
 * An answer as server-sent events. What fails before its first piece is an answer of its own, with its status; what fails later stands
 * in the stream, for the status has been sent. While nothing comes, a comment now and then keeps proxies from hanging up.
 */
import { Readable } from 'node:stream';
import type { Answered, Asking } from './answered.ts';
import { type CompletionHead, firstChunk, lastChunks, toChunk } from './completion.ts';
import type { OpenAiError } from './openai-error.ts';

export interface StreamOptions {
  head: CompletionHead;
  withUsage: boolean;
  toError(thrown: unknown): OpenAiError;
  /** Milliseconds after which the stream begins although nothing has come, and between two signs of life. Default 15,000. */
  quietMs?: number | undefined;
}

/** Resolves when there is something to send. @throws OpenAiError */
export async function streamCompletion(
  asking: Asking,
  { head, withUsage, toError, quietMs = 15_000 }: StreamOptions,
): Promise<Readable> {
  const stream = new Readable({ read: () => undefined });
  const send = (data: object | '[DONE]') =>
    stream.push(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  let isBegun = false;
  const { promise: ready, resolve: begin, reject: refuse } = Promise.withResolvers<void>();
  const alive = setInterval(() => {
    begin();
    if (!stream.destroyed) stream.push(': waiting\n\n');
  }, quietMs);

  const relay = (): Promise<Answered> =>
    asking.answer((chunk) => {
      if (!isBegun) send(firstChunk(head));
      isBegun = true;
      send(toChunk(head, chunk));
      alive.refresh();
      begin();
    });
  relay()
    .then((answered) => {
      if (!isBegun) send(firstChunk(head));
      for (const chunk of lastChunks(head, answered, withUsage)) send(chunk);
      send('[DONE]');
      begin();
    })
    .catch((thrown: unknown) => {
      const error = toError(thrown);
      refuse(error);
      send(error.body);
    })
    .finally(() => {
      clearInterval(alive);
      stream.push(null);
    });
  await ready;
  return stream;
}
