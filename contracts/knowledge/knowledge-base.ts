/**
 * A knowledge base: documents that agents, automations and people search. Its settings say how documents are cut, in which language their
 * words are found, which model makes vectors of them, and what a search gives that says nothing else.
 */
import { z } from 'zod';
import { parseModelChoice } from '../models/chain.ts';
import { textSearchLanguages } from './text-search-languages.ts';

/** As `contracts/models/chain.ts` writes a choice; '': the workspace's default. */
const modelChoiceText = z
  .string()
  .max(400)
  .refine((value) => parseModelChoice(value) !== undefined, { message: 'Choose a model.' });

/** Tokens are estimates by bytes of UTF-8, as everywhere. */
export const chunking = z
  .object({
    /** Most tokens of a chunk. */
    size: z.int().min(50).max(2_000).default(400),
    /** Tokens that a chunk repeats of the end of the one before. 0: none. */
    overlap: z.int().min(0).max(500).default(50),
  })
  .refine(({ size, overlap }) => overlap <= size / 2, {
    path: ['overlap'],
    message: 'Repeat at most half of a passage.',
  });
export type Chunking = z.output<typeof chunking>;

/** What a search gives, unless it says otherwise. */
export const retrieval = z.object({
  /** Passages. */
  topK: z.int().min(1).max(50).default(8),
  /** Likeness of vectors below which a passage is left out, 0 to 1; what is found by its words stays. */
  threshold: z.number().min(0).max(1).default(0),
  /** A model that puts what was found in order, as a choice. Left out: nobody does. */
  rerank: modelChoiceText.optional(),
});
export type Retrieval = z.output<typeof retrieval>;

/** `auto`: found out for each document. */
export const knowledgeLanguage = z.enum(['auto', ...textSearchLanguages]);
export type KnowledgeLanguage = z.output<typeof knowledgeLanguage>;

export const knowledgeSettings = z.object({
  /** The model that makes vectors. */
  embedding: modelChoiceText.default(''),
  chunking: chunking.prefault({}),
  language: knowledgeLanguage.default('auto'),
  retrieval: retrieval.prefault({}),
});
export type KnowledgeSettings = z.output<typeof knowledgeSettings>;

export const knowledgeBase = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(128),
  description: z.string().max(2_000).default(''),
  ...knowledgeSettings.shape,
});
export type KnowledgeBase = z.output<typeof knowledgeBase>;
