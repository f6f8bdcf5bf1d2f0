/** A chunk: a passage of one version of a document, as it is indexed and cited. */
import { z } from 'zod';
import { textSearchLanguages } from './text-search-languages.ts';

/** What the chunker makes of a document, in order. */
export const chunkText = z.object({
  /** From 0, without gaps. */
  position: z.int().min(0),
  text: z.string().min(1),
  /** Characters at its beginning that repeat the end of the chunk before: left out where neighbours are joined. */
  overlap: z.int().min(0),
  /** The headings it stands under, outermost first. */
  headings: z.array(z.string()),
  /** From 1: where it begins, in documents that have pages. */
  page: z.int().min(1).optional(),
  /** Estimated. */
  tokens: z.int().min(0),
});
export type ChunkText = z.output<typeof chunkText>;

export const chunk = chunkText.extend({
  /** Made of document, version and position: the same chunk has the same id, however often it is made. */
  id: z.string(),
  document: z.string(),
  version: z.string(),
  language: z.enum(textSearchLanguages),
});
export type Chunk = z.output<typeof chunk>;
