/** What ingestion and a change of the model ask for: vectors, a batch at a time. Each may be done twice, and pays once. */
import type { StepFailure } from '../../contracts/effect.ts';
import type { EmbedChunksInput, EmbedChunksResult } from '../../contracts/knowledge/embed-chunks.ts';
import type { KnowledgeIndex } from '../../contracts/knowledge/knowledge-index.ts';
import { embeddingModelOf, ModelError } from '../../models/index.ts';
import { needsDatabase } from '../announcements/needs-database.ts';
import { whileBeating } from '../heartbeat.ts';
import { modelFailure } from '../models/model-failure.ts';
import { activityFailure } from '../step-failed.ts';
import { chunksAtOnce, makeVectors, type VectorDeps } from './make-vectors.ts';

export interface KnowledgeIndexActivities {
  /** A batch of a document's chunks, in every live index of its base. The first one of a base makes its first index. */
  embedChunks(input: EmbedChunksInput): Promise<EmbedChunksResult>;
  /**
   * Begins an index by the model that the base names now, beside the one that is searched. Null: that is by this model, or there is
   * none yet, which the next document makes.
   */
  buildIndex(of: { workspace: string; base: string }): Promise<KnowledgeIndex | null>;
  /** A batch of the base's chunks that have no vector in the index. False: none is left. */
  fillIndex(of: { workspace: string; index: KnowledgeIndex }): Promise<boolean>;
  /** It takes the place of the one that is searched, if it is whole. */
  activateIndex(of: { workspace: string; index: string }): Promise<boolean>;
  /** Takes away a batch of what is searched no more. False: nothing is left. */
  removeRetiredVectors(of: { workspace: string; base: string }): Promise<boolean>;
}

const removedAtOnce = 5_000;

/** @throws ApplicationFailure `StepFailure` with a `Failure`: final, or to be tried again after what the model says */
export function createKnowledgeIndexActivities(deps: VectorDeps | undefined): KnowledgeIndexActivities {
  if (!deps) {
    const refuse = () => Promise.reject(needsDatabase());
    return {
      ...{ embedChunks: refuse, buildIndex: refuse, fillIndex: refuse },
      ...{ activateIndex: refuse, removeRetiredVectors: refuse },
    };
  }
  const { db } = deps;

  async function liveIndexes(workspace: string, base: string): Promise<KnowledgeIndex[]> {
    const live = () => db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.live(base));
    const found = await live();
    if (found.some(({ state }) => state === 'active')) return found;
    const choice = await embeddingOf(workspace, base);
    if (choice === undefined) return [];
    const by = await embeddingModelOf(db, workspace, choice);
    await db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.begin(base, by));
    return live();
  }

  /** Undefined: the base is gone. */
  async function embeddingOf(workspace: string, base: string): Promise<string | undefined> {
    return (await db.inWorkspace(workspace, ({ knowledge }) => knowledge.bases.settings(base)))?.embedding;
  }

  return {
    embedChunks: ({ workspace, base, document, version, from }) =>
      asking(async (signal) => {
        const to = from + chunksAtOnce;
        for (const index of await liveIndexes(workspace, base)) {
          const chunks = await db.inWorkspace(workspace, ({ knowledge }) =>
            knowledge.vectors.missingOf(index.id, { document, version, from, to }),
          );
          await makeVectors(deps, workspace, index, chunks, signal);
        }
        const of = { base, document, version };
        return await db.inWorkspace(workspace, async ({ knowledge: { vectors } }) => {
          if (to < (await vectors.size(of))) return { done: to, next: to };
          // Behind the last one: back to where an index that was begun meanwhile has none.
          return vectors.progress(of);
        });
      }),

    buildIndex: ({ workspace, base }) =>
      asking(async () => {
        const choice = await embeddingOf(workspace, base);
        if (choice === undefined) return null;
        const by = await embeddingModelOf(db, workspace, choice);
        return await db.atOnce(workspace, async ({ knowledge: { indexes } }) => {
          const [active] = await indexes.active([base]);
          if (!active) return null;
          if (active.provider === by.provider && active.model === by.model) {
            await indexes.stopBuilding(base);
            return null;
          }
          return (await indexes.build(base, by)) ?? null;
        });
      }),

    fillIndex: ({ workspace, index }) =>
      asking(async (signal) => {
        const chunks = await db.inWorkspace(workspace, ({ knowledge }) =>
          knowledge.vectors.missing(index, chunksAtOnce),
        );
        await makeVectors(deps, workspace, index, chunks, signal);
        return chunks.length > 0;
      }),

    activateIndex: ({ workspace, index }) =>
      db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.activate(index)),

    removeRetiredVectors: ({ workspace, base }) =>
      db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.removeRetired(base, removedAtOnce)),
  };
}

async function asking<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await whileBeating(work);
  } catch (error) {
    throw error instanceof ModelError ? activityFailure(modelFailure(error) as StepFailure, error) : error;
  }
}
