/** An index: the vectors of a base's chunks by one model. */
import { z } from 'zod';

/** `building`: filled beside the one that is searched, whose place it takes when it is whole. `retired`: on its way out. */
export const knowledgeIndexState = z.enum(['building', 'active', 'retired']);
export type KnowledgeIndexState = z.output<typeof knowledgeIndexState>;

export const knowledgeIndex = z.object({
  id: z.string(),
  base: z.string(),
  /** The model that makes its vectors. */
  provider: z.string(),
  model: z.string(),
  /** Numbers of a vector; left out before the first. */
  dimensions: z.int().min(1).optional(),
  state: knowledgeIndexState,
});
export type KnowledgeIndex = z.output<typeof knowledgeIndex>;

/** Numbers of a vector at most: what a row holds beside the rest of it. */
export const mostDimensions = 3_900;
