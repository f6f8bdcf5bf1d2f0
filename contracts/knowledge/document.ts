/**
 * A document of a knowledge base: where it comes from, how far its ingestion is, and what is known of its content. Its *version* names the
 * content and how it was cut; a search sees the chunks of that version only, and the next one lies beside it until it is whole.
 */
import { z } from 'zod';

export const fileSource = z.object({ kind: z.literal('file'), file: z.string().min(1).max(64) });
export const urlSource = z.object({
  kind: z.literal('url'),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** How many links away pages of the same host are taken too. 0: this one only. */
  depth: z.int().min(0).max(5).default(0),
});
export const textSource = z.object({ kind: z.literal('text') });

/** `parent` of a document says which crawl found it: those have a depth of 0. */
export const documentSource = z.discriminatedUnion('kind', [fileSource, urlSource, textSource]);
export type DocumentSource = z.output<typeof documentSource>;

/** Of the last ingestion. What an earlier one brought is still found while the next one runs, and when it fails. */
export const documentState = z.enum(['waiting', 'running', 'succeeded', 'failed']);
export type DocumentState = z.output<typeof documentState>;

/** `embed` counts chunks; the others have no measure. */
export const documentProgress = z.object({
  step: z.enum(['fetch', 'read', 'embed']),
  done: z.int().min(0),
  total: z.int().min(0).optional(),
});
export type DocumentProgress = z.output<typeof documentProgress>;

/** Flat, so that a search can filter by it. */
export const documentMetadata = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/, 'Begin with a letter; then letters, digits, _ . and -.'),
    z.union([z.string().max(1_000), z.number(), z.boolean()]),
  )
  .refine((metadata) => Object.keys(metadata).length <= 50, { message: 'Give 50 at most.' });
export type DocumentMetadata = z.output<typeof documentMetadata>;

/** A code of `contracts/problems.ts`, and what its text names. */
export const documentFailure = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DocumentFailure = z.output<typeof documentFailure>;

export const knowledgeLimits = {
  /** Characters of one document's text; 10 million are thirty books. */
  characters: 10_000_000,
  /** Chunks of one document. */
  chunks: 50_000,
  /** Characters of a document that is given as text. */
  text: 1_000_000,
  /** Pages that one crawl takes. */
  crawlPages: 500,
} as const;
