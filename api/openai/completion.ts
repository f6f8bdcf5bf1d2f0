/** An answer in OpenAI's words: whole, and piece by piece. */
import type {
  ChatCompletion,
  ChatCompletionChunk,
  OpenAiFinish,
} from '../../contracts/api/openai/chat-completion.ts';
import type { ChatChunk, FinishReason } from '../../contracts/models/chat.ts';
import { type Answered, toOpenAiUsage } from './answered.ts';

/** What every piece of an answer says of itself. */
export interface CompletionHead {
  id: string;
  /** Epoch seconds. */
  created: number;
  /** As the caller named it. */
  model: string;
}

export function toCompletion(
  head: CompletionHead,
  { text, reasoning, toolCalls, finish, usage, here }: Answered,
): ChatCompletion {
  return {
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && toolCalls.length > 0 ? null : text,
          refusal: null,
          ...(reasoning !== '' && { reasoning_content: reasoning }),
          ...(toolCalls.length > 0 && {
            tool_calls: toolCalls.map(({ id, name, arguments: written }) => ({
              ...{ id, type: 'function' as const },
              function: { name, arguments: written },
            })),
          }),
        },
        logprobs: null,
        finish_reason: finishOf(finish),
      },
    ],
    usage: toOpenAiUsage(usage),
    hiviex: here,
  };
}

type Delta = ChatCompletionChunk['choices'][number]['delta'];

function chunkOf(head: CompletionHead, delta: Delta, finish: OpenAiFinish | null): ChatCompletionChunk {
  return {
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  };
}

export function firstChunk(head: CompletionHead): ChatCompletionChunk {
  return chunkOf(head, { role: 'assistant', content: '' }, null);
}

export function toChunk(head: CompletionHead, chunk: ChatChunk): ChatCompletionChunk {
  return chunkOf(head, deltaOf(chunk), null);
}

/** @param withUsage as `stream_options.include_usage` asks for it: in a chunk of its own, behind all others */
export function lastChunks(
  head: CompletionHead,
  { finish, usage, here }: Answered,
  withUsage: boolean,
): ChatCompletionChunk[] {
  const last = { ...chunkOf(head, {}, finishOf(finish)), hiviex: here };
  if (!withUsage) return [last];
  return [last, { ...head, object: 'chat.completion.chunk', choices: [], usage: toOpenAiUsage(usage) }];
}

function deltaOf(chunk: ChatChunk): Delta {
  switch (chunk.kind) {
    case 'text':
      return { content: chunk.text };
    case 'reasoning':
      return { reasoning_content: chunk.text };
    case 'tool-call': {
      const { index, id, name, arguments: written } = chunk;
      const call = { ...(name !== undefined && { name }), arguments: written };
      return {
        tool_calls: [{ index, ...(id !== undefined && { id, type: 'function' as const }), function: call }],
      };
    }
  }
}

function finishOf(reason: FinishReason): OpenAiFinish {
  if (reason === 'tool-calls') return 'tool_calls';
  return reason === 'filter' ? 'content_filter' : reason;
}
