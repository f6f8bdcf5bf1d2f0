import type { Embeddings, EmbeddingsRequest } from '../../contracts/api/openai/embeddings.ts';
import type { EmbedAnswer } from '../../contracts/models/chat.ts';

/** Vectors in OpenAI's words. */
export function toEmbeddings(
  { model, encoding_format: format }: Pick<EmbeddingsRequest, 'model' | 'encoding_format'>,
  { vectors, usage, cost, by }: EmbedAnswer,
): Embeddings {
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      ...{ object: 'embedding', index },
      embedding: format === 'base64' ? base64Of(vector) : vector,
    })),
    model,
    usage: { prompt_tokens: usage.input, total_tokens: usage.input },
    hiviex: { provider: by.providerName, model: by.model, cost, estimated: usage.estimated },
  };
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
