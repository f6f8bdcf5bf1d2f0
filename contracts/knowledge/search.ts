/**
 * A search in knowledge bases: by meaning (vectors) and by words (full text) at once, put into one order by reciprocal rank fusion.
 * What it gives are passages, each with where it stands, so that it can be cited and opened.
 */
import { z } from 'zod';

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);

/** What a field of a document's metadata has to be: equal to a value, one of some, or within bounds (both count; texts by their characters). */
export const metadataCondition = z.union([
  scalar,
  z.strictObject({ in: z.array(scalar).min(1).max(100) }),
  z
    .strictObject({
      from: z.union([z.string().max(1_000), z.number()]).optional(),
      to: z.union([z.string().max(1_000), z.number()]).optional(),
    })
    .refine(({ from, to }) => from !== undefined || to !== undefined, {
      message: 'Give "from", "to" or both.',
    })
    .refine(({ from, to }) => from === undefined || to === undefined || typeof from === typeof to, {
      message: 'Give two numbers or two texts.',
    }),
]);
export type MetadataCondition = z.output<typeof metadataCondition>;

/** All of them hold. A document without the field does not match. */
export const metadataFilter = z
  .record(z.string().min(1).max(64), metadataCondition)
  .refine((filter) => Object.keys(filter).length <= 20, { message: 'Give 20 conditions at most.' });
export type MetadataFilter = z.output<typeof metadataFilter>;

/** Characters of a question; what is longer is a document. */
export const longestQuery = 4_000;

export const knowledgeQuery = z.object({
  query: z.string().trim().min(1).max(longestQuery),
  /** Passages at most. Left out: as the base says; of several bases the first. */
  topK: z.int().min(1).max(50).optional(),
  /** Likeness (cosine, 0 to 1) that a passage has to have which is found by its meaning alone. Left out: as the base says. */
  threshold: z.number().min(0).max(1).optional(),
  filter: metadataFilter.optional(),
  /** By a model that reads the passages, if the base names one. False: not this time. */
  rerank: z.boolean().optional(),
});
export type KnowledgeQuery = z.output<typeof knowledgeQuery>;

/** Why a passage was found, and why it stands where it does. */
export const passageScores = z.object({
  /** Likeness of its vector to the question's, -1 to 1, and its place among all by that. Left out: not found by it. */
  vector: z.object({ score: z.number(), rank: z.int().min(1) }).optional(),
  /** Postgres' rank of the words, above 0, and its place by that. */
  text: z.object({ score: z.number(), rank: z.int().min(1) }).optional(),
  /** Sum of 1 / (60 + place) over both. */
  fused: z.number(),
  /** 0 to 10, by the model that reranks. */
  rerank: z.number().optional(),
});
export type PassageScores = z.output<typeof passageScores>;

export const passage = z.object({
  base: z.string(),
  document: z.string(),
  /** Name of the document. */
  name: z.string(),
  /** Address of a document that came from one. */
  url: z.string().optional(),
  /** Ids, in order; several where neighbours were found and joined. */
  chunks: z.array(z.string()).min(1),
  /** Position of its first chunk in the document, from 0. */
  position: z.int().min(0),
  /** The headings it stands under, outermost first. */
  headings: z.array(z.string()),
  /** From 1. */
  page: z.int().min(1).optional(),
  text: z.string(),
  /** Of its best chunk. */
  scores: passageScores,
});
export type Passage = z.output<typeof passage>;

export const knowledgeAnswer = z.object({
  /** Best first. */
  passages: z.array(passage),
  /** Something was left out, and the rest found all the same. */
  notes: z.array(z.enum(['not-indexed', 'rerank-failed'])),
  /** Milliseconds: of the model that makes the question's vector, of the database, of the model that reranks. */
  took: z.object({ embed: z.number(), search: z.number(), rerank: z.number().optional() }),
});
export type KnowledgeAnswer = z.output<typeof knowledgeAnswer>;
