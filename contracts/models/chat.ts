/**
 * A conversation with a model, in words of our own: every provider file translates from and to them (`models/providers/`). Agents
 * and chats build on these.
 */
import { z } from 'zod';
import { jsonObject } from '../json.ts';
import { tokenUsage } from './usage.ts';

export const toolCall = z.object({
  /** The provider's, else ours; the tool's answer names it. */
  id: z.string(),
  name: z.string(),
  /** JSON as the model wrote it. It may be no JSON at all: whoever runs the tool parses it, and tells the model when it can't. */
  arguments: z.string(),
});
export type ToolCall = z.output<typeof toolCall>;

/** An uploaded file by its id: what histories and requests hold in place of its bytes, which are read when a model is asked. */
export const fileContent = z.object({
  type: z.literal('file'),
  file: z.string().min(1).max(64),
  name: z.string().max(500),
  mimeType: z.string().max(200),
  bytes: z.int().min(0),
});
export type FileContent = z.output<typeof fileContent>;

export const contentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  /** `data` is base64; `name` is told to a model that can't see it. */
  z.object({
    type: z.literal('image'),
    mimeType: z.string(),
    data: z.string(),
    name: z.string().max(500).optional(),
  }),
  /** A PDF; `data` is base64. */
  z.object({ type: z.literal('document'), name: z.string().max(500), data: z.string() }),
  fileContent,
]);
export type ContentPart = z.output<typeof contentPart>;

export const chatMessage = z.discriminatedUnion('role', [
  z.object({ role: z.literal('system'), content: z.string() }),
  z.object({ role: z.literal('user'), content: z.union([z.string(), z.array(contentPart)]) }),
  z.object({
    role: z.literal('assistant'),
    content: z.string(),
    toolCalls: z.array(toolCall).optional(),
  }),
  z.object({
    role: z.literal('tool'),
    toolCallId: z.string(),
    name: z.string(),
    content: z.string(),
    /** What it shows beside its words. */
    shows: z.array(contentPart).optional(),
  }),
]);
export type ChatMessage = z.output<typeof chatMessage>;

export const toolDefinition = z.object({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string(),
  /** JSON schema of an object. */
  parameters: jsonObject,
});
export type ToolDefinition = z.output<typeof toolDefinition>;

export const toolChoice = z.union([z.enum(['auto', 'none', 'required']), z.object({ name: z.string() })]);

/** What the answer has to look like. */
export const answerFormat = z.object({
  /** Letters, digits, _ and -: some providers show it to the model. */
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  /** JSON schema of an object. */
  schema: jsonObject,
});
export type AnswerFormat = z.output<typeof answerFormat>;

export const chatRequest = z.object({
  messages: z.array(chatMessage).min(1),
  tools: z.array(toolDefinition).optional(),
  toolChoice: toolChoice.optional(),
  /** 0 to 2; left out: the model's own. */
  temperature: z.number().min(0).max(2).optional(),
  /** Words by their probability: the likeliest that make up this part of all. 0 to 1; left out: the model's own. */
  topP: z.number().min(0).max(1).optional(),
  /** The answer ends before any of these. */
  stop: z.array(z.string().min(1)).max(4).optional(),
  /** Most tokens of the answer; left out: `defaultMaxTokens`. */
  maxTokens: z.int().min(1).optional(),
  format: answerFormat.optional(),
});
export type ChatRequest = z.output<typeof chatRequest>;

/** Every call has a limit, so that a budget knows what it may cost before it is made. */
export const defaultMaxTokens = 4_096;

/** Why the model ended its answer. `length`: at `maxTokens`; `filter`: the provider refused to go on. */
export const finishReason = z.enum(['stop', 'length', 'tool-calls', 'filter']);
export type FinishReason = z.output<typeof finishReason>;

/** One piece of an answer that is being given. */
export type ChatChunk =
  | { kind: 'text'; text: string }
  | { kind: 'reasoning'; text: string }
  /** Pieces of one call have the same `index`; `id` and `name` come with its first. `arguments` is what is to be put behind the last. */
  | { kind: 'tool-call'; index: number; id?: string; name?: string; arguments: string };

/** A piece as it goes to whoever shows it. `seq` counts from 0 within one call of the gateway, whichever model gives it. */
export type ChatDelta = ChatChunk & { seq: number };

/** What gave an answer: shown beside it, and kept with it. */
export const answeredBy = z.object({
  /** Id of the provider, `sandbox` for the built-in one. */
  provider: z.string(),
  providerName: z.string(),
  model: z.string(),
});
export type AnsweredBy = z.output<typeof answeredBy>;

export const chatAnswer = z.object({
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(toolCall),
  finish: finishReason,
  usage: tokenUsage,
  /** Micro-units; null when the model has no price. */
  cost: z.int().nullable(),
  by: answeredBy,
});
export type ChatAnswer = z.output<typeof chatAnswer>;

export const embedAnswer = z.object({
  /** One for each text, in order. */
  vectors: z.array(z.array(z.number())),
  usage: tokenUsage,
  cost: z.int().nullable(),
  by: answeredBy,
});
export type EmbedAnswer = z.output<typeof embedAnswer>;
