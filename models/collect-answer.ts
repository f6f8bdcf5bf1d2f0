/** Puts the pieces of an answer together, hands each on as it comes, and says what had come when it breaks. */
import type { ChatChunk, ChatDelta, ChatRequest, FinishReason, ToolCall } from '../contracts/models/chat.ts';
import { noUsage, type TokenUsage } from '../contracts/models/usage.ts';
import { ModelError } from './model-error.ts';
import type { ProviderEvent } from './providers/provider.ts';
import { tokensOfAnswer, tokensOfRequest } from './tokens.ts';
import { type Patience, watched } from './watched.ts';

export interface Collected {
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  finish: FinishReason;
  usage: TokenUsage;
  /** Milliseconds until the first piece; undefined: there was none. */
  firstTokenMs: number | undefined;
}

export interface CollectOptions {
  request: ChatRequest;
  patience: Patience;
  signal: AbortSignal;
  /** Gets the pieces in order. It has to be quick and must not throw: the answer does not wait for it. */
  onDelta(delta: ChatDelta): void;
  /** For ids of calls that the provider gave none. */
  newId(): string;
}

/** @throws ModelError, with `partial` */
export async function collectAnswer(
  stream: (signal: AbortSignal) => AsyncIterable<ProviderEvent>,
  { request, patience, signal, onDelta, newId }: CollectOptions,
): Promise<Collected> {
  const began = performance.now();
  const watch = watched(signal, patience);
  const answer = { text: '', reasoning: '' };
  const calls = new Map<number, ToolCall>();
  let usage: TokenUsage | undefined;
  let finish: FinishReason | undefined;
  let firstTokenMs: number | undefined;
  let seq = 0;

  function take(chunk: ChatChunk): void {
    firstTokenMs ??= Math.round(performance.now() - began);
    if (chunk.kind === 'tool-call') {
      const call = calls.get(chunk.index) ?? { id: chunk.id ?? newId(), name: '', arguments: '' };
      call.name ||= chunk.name ?? '';
      call.arguments += chunk.arguments;
      calls.set(chunk.index, call);
      onDelta({ ...chunk, id: call.id, seq: seq++ });
      return;
    }
    answer[chunk.kind] += chunk.text;
    onDelta({ ...chunk, seq: seq++ });
  }
  const toolCalls = () => [...calls.entries()].sort(([a], [b]) => a - b).map(([, call]) => call);
  const collected = () => ({ ...answer, toolCalls: toolCalls() });

  try {
    for await (const event of stream(watch.signal)) {
      watch.alive();
      if (event.kind === 'chunk') take(event.chunk);
      else if (event.kind === 'usage') usage = event.usage;
      else finish = event.reason;
    }
    // Some clients end quietly when they are aborted.
    if (watch.signal.aborted) throw watch.signal.reason;
    if (finish === undefined) throw new ModelError({ kind: 'network', says: 'The answer was cut off.' });
    const whole = collected();
    // Some say "stop" although they ask for a tool.
    if (whole.toolCalls.length > 0 && finish === 'stop') finish = 'tool-calls';
    return { ...whole, finish, usage: trusted(usage, whole, request), firstTokenMs };
  } catch (thrown) {
    const error =
      thrown instanceof ModelError
        ? thrown
        : new ModelError(
            { kind: 'bad-answer', says: 'It answered with something that is not its protocol.' },
            { cause: thrown },
          );
    const begun = firstTokenMs !== undefined;
    const wasRead = begun || error.kind === 'timeout' || error.kind === 'aborted';
    error.partial = {
      ...collected(),
      begun,
      usage: wasRead ? atLeast(usage, collected(), request) : noUsage,
    };
    throw error;
  } finally {
    watch.stop();
  }
}

type Whole = Pick<Collected, 'text' | 'reasoning' | 'toolCalls'>;

function estimate(whole: Whole, request: ChatRequest): TokenUsage {
  return {
    ...noUsage,
    input: tokensOfRequest(request),
    output: tokensOfAnswer(whole),
    estimated: true,
  };
}

/** Figures of a provider that leaves them out, or says nothing but zeros, would make its calls free. */
function trusted(usage: TokenUsage | undefined, whole: Whole, request: ChatRequest): TokenUsage {
  return usage && usage.input + usage.output > 0 ? usage : estimate(whole, request);
}

/** Of an answer that was cut: what the provider said until then, with our count of what came. */
function atLeast(usage: TokenUsage | undefined, whole: Whole, request: ChatRequest): TokenUsage {
  const own = estimate(whole, request);
  if (!usage || usage.input === 0) return own;
  return { ...usage, output: Math.max(usage.output, own.output), estimated: true };
}
