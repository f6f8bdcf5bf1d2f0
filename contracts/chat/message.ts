/**
 * Messages of a conversation. They are a tree: each names its `parent`, an edit and a new try are siblings, and what a person reads is
 * one branch, from a leaf to the root.
 */
import { z } from 'zod';
import { jsonValue } from '../json.ts';
import { answeredBy } from '../models/chat.ts';
import { tokenUsage } from '../models/usage.ts';
import { failure } from '../run.ts';

export const messageRole = z.enum(['user', 'assistant']);
export type MessageRole = z.output<typeof messageRole>;

/** `waiting`: for a person, whose approval a tool needs. What a person wrote has always `succeeded`. */
export const messageState = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'stopped']);
export type MessageState = z.output<typeof messageState>;

/** An answer that has ended never changes again. */
export function hasEnded(state: MessageState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'stopped';
}

/** Which attempt of which step of an agent run wrote a part. A later attempt's parts take the place of all that earlier ones wrote. */
export const writtenBy = z.object({
  run: z.string().max(200),
  step: z.int().min(0),
  /** From 1, as Temporal counts the attempts of an activity. */
  attempt: z.int().min(1),
});
export type WrittenBy = z.output<typeof writtenBy>;

const by = writtenBy.optional();

/** Markdown. It comes from a model or a person: whoever shows it takes scripts out. */
export const textPart = z.object({ type: z.literal('text'), text: z.string(), by });
/** What the model thought, where its provider shows that. */
export const reasoningPart = z.object({ type: z.literal('reasoning'), text: z.string(), by });

/** `waiting`: for an approval. */
export const toolState = z.enum(['running', 'waiting', 'succeeded', 'failed', 'denied']);
export type ToolState = z.output<typeof toolState>;

/** One tool call. `by.step` with `call` is its name within the run: it is written again as it goes on, and stays where it stands. */
/** A passage that a tool found, and what it is called in the answer: `[k3f9a1c]`. */
export const citation = z.object({
  /** As the answer names it. */
  id: z.string().max(20),
  base: z.string().max(64),
  document: z.string().max(64),
  /** Of the document. */
  name: z.string().max(500),
  /** Of its first chunk. */
  position: z.int().min(0),
  page: z.int().min(1).optional(),
  headings: z.array(z.string().max(500)).max(10),
  /** Its beginning. */
  text: z.string().max(600),
});
export type Citation = z.output<typeof citation>;

export const toolPart = z.object({
  type: z.literal('tool'),
  /** The model's id of the call. */
  call: z.string().max(200),
  name: z.string().max(200),
  /** JSON as the model wrote it, or the beginning of it. */
  arguments: z.string(),
  state: toolState,
  /** What came back, or the beginning of it. */
  result: jsonValue.optional(),
  failure: failure.optional(),
  /** What it found in knowledge bases, for the answer to name. */
  citations: z.array(citation).max(50).optional(),
  /** Id of the approval that it waits for or waited for. */
  approval: z.string().max(300).optional(),
  by,
});
export type ToolPart = z.output<typeof toolPart>;

/** Characters of a note at most. */
export const longestNote = 2_000;
/** Code of a note that is what a person said to the run while it worked. A model that reads the conversation later has it as such. */
export const steeredNote = 'steered';

/** Progress, for people. */
export const notePart = z.object({
  type: z.literal('note'),
  /** By which the web app finds its words; `text` is shown for a code that it does not know. */
  code: z.string().max(100),
  text: z.string().max(longestNote),
  by,
});
export type NotePart = z.output<typeof notePart>;

export const filePart = z.object({
  type: z.literal('file'),
  /** Id of the file. */
  file: z.string().max(64),
  name: z.string().max(500),
  /** MIME type. */
  mimeType: z.string().max(200),
  bytes: z.int().min(0),
  by,
});
export type FilePart = z.output<typeof filePart>;

export const messagePart = z.discriminatedUnion('type', [
  textPart,
  reasoningPart,
  toolPart,
  notePart,
  filePart,
]);
export type MessagePart = z.output<typeof messagePart>;

/** What an answer took, of all its calls to models. */
export const answerCost = z.object({
  usage: tokenUsage,
  /** Micro-units; null when a model has no price. */
  cost: z.int().nullable(),
  /** Model calls and tool calls. */
  steps: z.int().min(0),
  /** What gave the last of it. */
  by: answeredBy.optional(),
});
export type AnswerCost = z.output<typeof answerCost>;

/** The text of a message alone: what search reads, titles are made of and a copy holds. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts
    .filter((part) => part.type === 'text')
    .map(({ text }) => text)
    .join('\n\n');
}
