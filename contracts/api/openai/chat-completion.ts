/** Answers of `/v1/chat/completions`: whole, and in the pieces of a stream. */
import { z } from 'zod';

/** Tokens. Of an agent: of all its calls to models, those of agents that it delegated to included. */
export const openAiUsage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  prompt_tokens_details: z.object({ cached_tokens: z.int() }),
  completion_tokens_details: z.object({ reasoning_tokens: z.int() }),
});
export type OpenAiUsage = z.output<typeof openAiUsage>;

/** What OpenAI's answers do not say. */
export const answeredHere = z.object({
  /** What answered: of a chain the model that did. Empty when none did. */
  provider: z.string(),
  model: z.string(),
  /** Micro-units, as the ledger has them; null when a model has no price. */
  cost: z.int().nullable(),
  /** The figures are ours, because the provider gave none. */
  estimated: z.boolean(),
  /** Of an agent: its run. */
  run: z.string().optional(),
});
export type AnsweredHere = z.output<typeof answeredHere>;

const finishReason = z.enum(['stop', 'length', 'tool_calls', 'content_filter']);
export type OpenAiFinish = z.output<typeof finishReason>;

const openAiToolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const head = z.object({ id: z.string(), created: z.int(), model: z.string() });

export const chatCompletion = head.extend({
  object: z.literal('chat.completion'),
  choices: z.tuple([
    z.object({
      index: z.literal(0),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string().nullable(),
        refusal: z.null(),
        /** What the model thought, where its provider shows that. */
        reasoning_content: z.string().optional(),
        tool_calls: z.array(openAiToolCall).optional(),
      }),
      logprobs: z.null(),
      finish_reason: finishReason,
    }),
  ]),
  usage: openAiUsage,
  hiviex: answeredHere,
});
export type ChatCompletion = z.output<typeof chatCompletion>;

/** One piece of a stream: `data: <this>`. */
export const chatCompletionChunk = head.extend({
  object: z.literal('chat.completion.chunk'),
  choices: z
    .array(
      z.object({
        index: z.literal(0),
        delta: z.object({
          role: z.literal('assistant').optional(),
          content: z.string().optional(),
          reasoning_content: z.string().optional(),
          tool_calls: z
            .array(
              z.object({
                index: z.int(),
                id: z.string().optional(),
                type: z.literal('function').optional(),
                function: z.object({ name: z.string().optional(), arguments: z.string() }),
              }),
            )
            .optional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable(),
      }),
    )
    .max(1),
  usage: openAiUsage.nullish(),
  hiviex: answeredHere.optional(),
});
export type ChatCompletionChunk = z.output<typeof chatCompletionChunk>;
