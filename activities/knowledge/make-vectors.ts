/**
 * Vectors of chunks for one index. A text that this workspace had a vector of before, by the same model, is not paid again: most of a
 * document that changed is as it was.
 */
import { createHash } from 'node:crypto';
import type { KnowledgeIndex } from '../../contracts/knowledge/knowledge-index.ts';
import { mostDimensions } from '../../contracts/knowledge/knowledge-index.ts';
import { type ChunkToEmbed, contentHash, type Database, vectorText } from '../../db/index.ts';
import { ModelError, type ModelGateway } from '../../models/index.ts';

export interface VectorDeps {
  db: Database;
  models: ModelGateway;
}

/** Chunks of one call to a model: some servers take no more. */
export const chunksAtOnce = 64;

/**
 * Does nothing for chunks that are gone meanwhile.
 * @throws ModelError; `bad-answer` when the model's vectors have another length than the index's
 */
export async function makeVectors(
  { db, models }: VectorDeps,
  workspace: string,
  { id: index, provider, model }: KnowledgeIndex,
  chunks: readonly ChunkToEmbed[],
  signal: AbortSignal,
): Promise<void> {
  if (chunks.length === 0) return;
  const wanted = chunks.map((chunk) => {
    const text = textOf(chunk);
    return { chunk: chunk.id, text, hash: hashOf(text) };
  });
  const texts = new Map(wanted.map(({ hash, text }) => [hash, text]));
  const kind = `${provider}:${model}`;
  const vectors = await db.inWorkspace(workspace, ({ knowledge }) =>
    knowledge.vectors.cached(kind, [...texts.keys()]),
  );
  const asked = [...texts].filter(([hash]) => !vectors.has(hash));
  if (asked.length > 0) {
    const answer = await models.embed(
      {
        ...{ workspace, signal, owner: {}, choice: { kind: 'model', entry: { provider, model } } },
        key: `embed:${kind}:${contentHash({ texts: asked.map(([hash]) => hash) })}`,
      },
      asked.map(([, text]) => text),
    );
    const made = asked.map(([hash], at) => ({
      hash,
      vector: vectorText(checked(answer.vectors[at], model)),
    }));
    await db.inWorkspace(workspace, ({ knowledge }) => knowledge.vectors.cache(kind, made));
    for (const { hash, vector } of made) vectors.set(hash, vector);
  }
  const added = await db.inWorkspace(workspace, ({ knowledge }) =>
    knowledge.vectors.add(
      index,
      wanted.map(({ chunk, hash }) => ({ chunk, vector: vectors.get(hash)! })),
    ),
  );
  if (added) return;
  const live = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.get(index));
  // Retired and taken away meanwhile: nobody misses them.
  if (live === undefined) return;
  throw new ModelError({
    kind: 'bad-answer',
    says: `${model} gives vectors of another length than before (${live.dimensions} numbers).`,
  });
}

/** With its headings: "It takes two weeks." says little without what it stands under. */
function textOf({ headings, text }: ChunkToEmbed): string {
  return headings.length === 0 ? text : `${headings.join(' › ')}\n\n${text}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checked(vector: readonly number[] | undefined, model: string): readonly number[] {
  if (vector && vector.length > 0 && vector.length <= mostDimensions) return vector;
  throw new ModelError({
    kind: 'bad-answer',
    says: `${model} gave ${vector?.length ?? 0} numbers for a text; 1 to ${mostDimensions} can be kept.`,
  });
}
