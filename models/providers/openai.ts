/**
 * The OpenAI protocol (chat completions), which most services speak: OpenAI, Azure, OpenRouter, Groq, Mistral, DeepSeek, Gemini's
 * endpoint, Ollama, vLLM, LM Studio. They differ in what they do not know; what one refuses by name is left out for it from then on.
 */
import OpenAI from 'openai';
import type { FinishReason } from '../../contracts/models/chat.ts';
import type { TokenUsage } from '../../contracts/models/usage.ts';
import { noUsage } from '../../contracts/models/usage.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import type { Mask } from '../../outbound/mask-secrets.ts';
import { ModelError } from '../model-error.ts';
import { guardedFetch } from './guarded-client.ts';
import { type Optional, toOpenAiRequest } from './openai-request.ts';
import type { ChatToMake, Provider, ProviderEvent, ProviderModel } from './provider.ts';
import { toModelError } from './provider-error.ts';

export interface OpenAiOptions {
  baseUrl: string;
  /** '': the server asks for none. */
  apiKey: string;
  guard: Pick<Guard, 'fetch'>;
  mask: Mask;
}

/** Fields that a service may not know: it names the one it refuses. */
const optional = ['stream_options', 'response_format', 'temperature'] as const;
/** How services say that a model can't see. Not: that one picture is too large, or broken. */
const seesNothing =
  /(image|vision|multi-?modal).{0,80}(not supported|unsupported|not support|only supported)|(does|do|did)(n't| not) support.{0,60}(image|vision|multi-?modal)|endpoints? found that support image|not a multi-?modal|At most 0 image|unknown variant .?image_url|content.{0,30}must be a string/i;

/** By service and model, for as long as the process lives. */
const refused = new Map<string, Set<Optional>>();

export function createOpenAiProvider({ baseUrl, apiKey, guard, mask }: OpenAiOptions): Provider {
  const client = new OpenAI({
    baseURL: baseUrl.replace(/\/+$/, ''),
    apiKey: apiKey === '' ? 'none' : apiKey,
    // Not from the environment of this process: that is the operator's, and users' requests must not carry it.
    ...{ organization: null, project: null, adminAPIKey: null, webhookSecret: null },
    ...(apiKey === '' && { defaultHeaders: { Authorization: null } }),
    ...{ maxRetries: 0, timeout: 30 * 60_000, logLevel: 'off' },
    fetch: guardedFetch(guard),
  });

  async function begin(request: ChatToMake, signal: AbortSignal) {
    const known = `${baseUrl} ${request.model}`;
    for (;;) {
      const without = refused.get(known) ?? new Set<Optional>();
      try {
        const body = toOpenAiRequest(request, { baseUrl, without });
        return await client.chat.completions.create(body, { signal });
      } catch (thrown) {
        const error = toModelError(thrown, mask, signal);
        const name = refusedBy(error, without);
        if (name === undefined) throw error;
        refused.set(known, new Set([...without, name]));
      }
    }
  }

  return {
    async *chat(request, signal) {
      try {
        for await (const chunk of await begin(request, signal)) yield* eventsOf(chunk);
      } catch (thrown) {
        throw toModelError(thrown, mask, signal);
      }
    },

    async embed({ model, texts }, signal) {
      try {
        const { data, usage } = await client.embeddings.create(
          { model, input: texts, encoding_format: 'float' },
          { signal },
        );
        if (!Array.isArray(data) || data.length !== texts.length)
          throw new ModelError({ kind: 'bad-answer', says: 'It did not give one vector for each text.' });
        const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
        return { vectors, usage: { ...noUsage, input: usage?.prompt_tokens ?? 0 } };
      } catch (thrown) {
        throw toModelError(thrown, mask, signal);
      }
    },

    async listModels(signal) {
      try {
        const { data } = await client.models.list({ signal });
        if (!Array.isArray(data))
          throw new ModelError({ kind: 'bad-answer', says: 'It gave no list of models.' });
        return data.map(toModel).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      } catch (thrown) {
        throw toModelError(thrown, mask, signal);
      }
    },
  };
}

/** What it does not know, when that is why it failed and it has not been left out yet. */
function refusedBy({ status, message }: ModelError, without: ReadonlySet<Optional>): Optional | undefined {
  // Some say so with 404 or 500.
  if (status !== undefined && !without.has('images') && seesNothing.test(message)) return 'images';
  if (status !== 400 && status !== 422) return undefined;
  return optional.find((each) => !without.has(each) && message.includes(each));
}

/** What services add to a chunk. */
interface Delta {
  content?: string | null;
  /** DeepSeek, vLLM. */
  reasoning_content?: string | null;
  /** OpenRouter, Groq, Ollama. */
  reasoning?: string | null;
  tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[];
}

function* eventsOf(chunk: OpenAI.ChatCompletionChunk): Iterable<ProviderEvent> {
  const usage = chunk.usage ?? (chunk as { x_groq?: { usage?: OpenAI.CompletionUsage } }).x_groq?.usage;
  if (usage) yield { kind: 'usage', usage: toUsage(usage) };
  const [choice] = chunk.choices ?? [];
  if (!choice) return;
  const { content, reasoning_content, reasoning, tool_calls = [] } = (choice.delta ?? {}) as Delta;
  const thought = reasoning_content ?? reasoning;
  if (thought) yield { kind: 'chunk', chunk: { kind: 'reasoning', text: thought } };
  if (content) yield { kind: 'chunk', chunk: { kind: 'text', text: content } };
  for (const [position, call] of tool_calls.entries())
    yield {
      kind: 'chunk',
      chunk: {
        kind: 'tool-call',
        index: call.index ?? position,
        ...(call.id && { id: call.id }),
        ...(call.function?.name && { name: call.function.name }),
        arguments: call.function?.arguments ?? '',
      },
    };
  if (choice.finish_reason) yield { kind: 'finish', reason: reasonOf(choice.finish_reason) };
}

function reasonOf(reason: string): FinishReason {
  if (reason === 'length') return 'length';
  if (reason === 'content_filter') return 'filter';
  return reason === 'tool_calls' || reason === 'function_call' ? 'tool-calls' : 'stop';
}

function toUsage(usage: OpenAI.CompletionUsage): TokenUsage {
  return {
    input: usage.prompt_tokens ?? 0,
    cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWrite: 0,
    output: usage.completion_tokens ?? 0,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    estimated: false,
  };
}

/** OpenRouter says dollars for a token, as text. */
interface PricedModel {
  id: string;
  name?: string;
  pricing?: Partial<Record<'prompt' | 'completion' | 'input_cache_read' | 'input_cache_write', string>>;
}

function toModel(model: PricedModel): ProviderModel {
  const { id, name, pricing } = model;
  const rate = (text: string | undefined) => Math.round(Number(text) * 1_000_000_000_000);
  const [input, output] = [rate(pricing?.prompt), rate(pricing?.completion)];
  const isPriced = Number.isSafeInteger(input) && Number.isSafeInteger(output) && input >= 0 && output >= 0;
  const cached = pricing?.input_cache_read === undefined ? input : rate(pricing.input_cache_read);
  const cacheWrite = pricing?.input_cache_write === undefined ? input : rate(pricing.input_cache_write);
  return {
    id,
    ...(typeof name === 'string' && name !== id && { name }),
    ...(isPriced && { price: { input, output, cached, cacheWrite } }),
  };
}
