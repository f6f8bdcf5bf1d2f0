/** `/v1/embeddings`. */
import { z } from 'zod';
import { answeredHere } from './chat-completion.ts';

const input = z.string().min(1);

export const embeddingsRequest = z.object({
  /** A chain, or a provider's model. */
  model: z.string().trim().min(1).max(400),
  input: z.union([input, z.array(input).min(1).max(2_048)], { error: 'Send a text, or a list of texts.' }),
  encoding_format: z.enum(['float', 'base64']).default('float'),
  dimensions: z
    .null({ error: 'Vectors have the length that their model gives them: leave it out.' })
    .optional(),
});
export type EmbeddingsRequest = z.output<typeof embeddingsRequest>;

export const embeddings = z.object({
  object: z.literal('list'),
  data: z.array(
    z.object({
      object: z.literal('embedding'),
      index: z.int(),
      /** As base64: 32-bit floats, the lowest byte first. */
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
  hiviex: answeredHere,
});
export type Embeddings = z.output<typeof embeddings>;
