/** Anthropic's messages. */
import Anthropic from '@anthropic-ai/sdk';
import type { FinishReason } from '../../contracts/models/chat.ts';
import { noUsage, type TokenUsage } from '../../contracts/models/usage.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import type { Mask } from '../../outbound/mask-secrets.ts';
import { ModelError } from '../model-error.ts';
import { toAnthropicRequest } from './anthropic-request.ts';
import { guardedFetch } from './guarded-client.ts';
import type { ChatToMake, Provider, ProviderEvent } from './provider.ts';
import { toModelError } from './provider-error.ts';

export interface AnthropicOptions {
  baseUrl: string;
  apiKey: string;
  guard: Pick<Guard, 'fetch'>;
  mask: Mask;
}

/** Models that know no structured output, for as long as the process lives: the prompt asks for JSON anyhow. */
const withoutFormat = new Set<string>();

export function createAnthropicProvider({ baseUrl, apiKey, guard, mask }: AnthropicOptions): Provider {
  const client = new Anthropic({
    // The client adds /v1 itself, and people copy the address with it.
    baseURL: baseUrl.replace(/\/+$/, '').replace(/\/v1$/, ''),
    apiKey,
    // Not from the environment of this process: that is the operator's.
    ...{ authToken: null, webhookKey: null },
    ...{ maxRetries: 0, timeout: 30 * 60_000, logLevel: 'off' },
    fetch: guardedFetch(guard),
  });

  async function begin(request: ChatToMake, signal: AbortSignal) {
    const known = `${baseUrl} ${request.model}`;
    const send = (asked: ChatToMake) => client.messages.create(toAnthropicRequest(asked), { signal });
    const { format, ...plain } = request;
    if (!format || withoutFormat.has(known)) return await send(plain);
    try {
      return await send(request);
    } catch (thrown) {
      const error = toModelError(thrown, mask, signal);
      if (error.status !== 400 || !/output_config|output_format|schema/i.test(error.message)) throw error;
      withoutFormat.add(known);
      return await send(plain);
    }
  }

  return {
    async *chat(request, signal) {
      try {
        yield* eventsOf(await begin(request, signal));
      } catch (thrown) {
        throw toModelError(thrown, mask, signal);
      }
    },

    embed: async () => {
      throw new ModelError({ kind: 'unknown-model', says: 'Anthropic has no embeddings.' });
    },

    async listModels(signal) {
      try {
        const { data } = await client.models.list({ limit: 100 }, { signal });
        if (!Array.isArray(data))
          throw new ModelError({ kind: 'bad-answer', says: 'It gave no list of models.' });
        return data.map(({ id, display_name }) => ({ id, ...(display_name && { name: display_name }) }));
      } catch (thrown) {
        throw toModelError(thrown, mask, signal);
      }
    },
  };
}

async function* eventsOf(
  stream: AsyncIterable<Anthropic.RawMessageStreamEvent>,
): AsyncIterable<ProviderEvent> {
  let usage = noUsage;
  /** Numbers of tool calls by the number of their block. */
  const calls = new Map<number, number>();
  for await (const event of stream) {
    switch (event.type) {
      case 'message_start':
        usage = withFigures(usage, event.message.usage);
        yield { kind: 'usage', usage };
        break;
      case 'content_block_start':
        if (event.content_block.type !== 'tool_use') break;
        calls.set(event.index, calls.size);
        yield {
          kind: 'chunk',
          chunk: {
            kind: 'tool-call',
            index: calls.get(event.index)!,
            ...{ id: event.content_block.id, name: event.content_block.name, arguments: '' },
          },
        };
        break;
      case 'content_block_delta':
        yield* chunkOf(event.delta, calls.get(event.index));
        break;
      case 'message_delta':
        usage = withFigures(usage, event.usage);
        yield { kind: 'usage', usage };
        if (event.delta.stop_reason) yield { kind: 'finish', reason: reasonOf(event.delta.stop_reason) };
        break;
    }
  }
}

function* chunkOf(delta: Anthropic.RawContentBlockDelta, call: number | undefined): Iterable<ProviderEvent> {
  if (delta.type === 'text_delta' && delta.text !== '')
    yield { kind: 'chunk', chunk: { kind: 'text', text: delta.text } };
  if (delta.type === 'thinking_delta' && delta.thinking !== '')
    yield { kind: 'chunk', chunk: { kind: 'reasoning', text: delta.thinking } };
  if (delta.type === 'input_json_delta' && call !== undefined)
    yield { kind: 'chunk', chunk: { kind: 'tool-call', index: call, arguments: delta.partial_json } };
}

function reasonOf(reason: string): FinishReason {
  if (reason === 'max_tokens' || reason === 'model_context_window_exceeded') return 'length';
  if (reason === 'refusal') return 'filter';
  return reason === 'tool_use' ? 'tool-calls' : 'stop';
}

interface Figures {
  input_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
  output_tokens?: number | null;
  output_tokens_details?: { thinking_tokens?: number | null } | null;
}

/** Its `input_tokens` are those that no cache had: ours are all of them. What an event does not say stays. */
function withFigures(before: TokenUsage, figures: Figures): TokenUsage {
  const cached = figures.cache_read_input_tokens ?? before.cached;
  const cacheWrite = figures.cache_creation_input_tokens ?? before.cacheWrite;
  const plain = figures.input_tokens ?? before.input - before.cached - before.cacheWrite;
  return {
    ...{ cached, cacheWrite, input: plain + cached + cacheWrite },
    output: figures.output_tokens ?? before.output,
    reasoning: figures.output_tokens_details?.thinking_tokens ?? before.reasoning,
    estimated: false,
  };
}
