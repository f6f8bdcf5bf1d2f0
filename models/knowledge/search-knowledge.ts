/**
 * A search in knowledge bases, from a question to passages: for agents, nodes, the console and evaluations, so that all of them find
 * the same.
 *
 *     const search = createKnowledgeSearch({ db, models, log });
 *     const { passages } = await search({ workspace, bases, query: 'How long is the warranty?', key, owner, signal });
 */
import type { Logger } from 'pino';
import type { KnowledgeBase } from '../../contracts/knowledge/knowledge-base.ts';
import type { KnowledgeIndex } from '../../contracts/knowledge/knowledge-index.ts';
import type { KnowledgeAnswer, KnowledgeQuery } from '../../contracts/knowledge/search.ts';
import type { CallOwner } from '../../contracts/models/budget.ts';
import { parseModelChoice } from '../../contracts/models/chain.ts';
import { type Database, type FoundChunk, type KnowledgeRepositories, vectorText } from '../../db/index.ts';
import type { GatewayCall, ModelGateway } from '../gateway.ts';
import { ModelError } from '../model-error.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { rerank } from './rerank.ts';

export interface KnowledgeSearchInput extends KnowledgeQuery {
  workspace: string;
  /** Who asks may use all of them: whoever calls has seen to it. */
  bases: readonly string[];
  /** The same whenever the same work asks again: the models' answers are paid once. */
  key: string;
  /** Whose budgets and usage the models' answers count for. */
  owner: CallOwner;
  signal: AbortSignal;
}

/** @throws NoSuchBase; ModelError of the model that makes the question's vector */
export type KnowledgeSearch = (input: KnowledgeSearchInput) => Promise<KnowledgeAnswer>;

export class NoSuchBase extends Error {
  readonly base: string;

  constructor(base: string) {
    super(`There is no knowledge base "${base}".`);
    this.name = 'NoSuchBase';
    this.base = base;
  }
}

export interface KnowledgeSearchDeps {
  db: Database;
  models: ModelGateway;
  log: Logger;
}

/** Chunks per passage that are looked for: neighbours become one. */
const chunksEach = 4;
/** Passages that the model reads for each that is wanted: what it puts first may have stood behind. */
const readEach = 2;

/** Bases whose vectors can be compared, as one model made them; or those that have none yet. */
interface Group {
  bases: string[];
  indexes: KnowledgeIndex[];
}

export function createKnowledgeSearch({ db, models, log }: KnowledgeSearchDeps): KnowledgeSearch {
  return async (input) => {
    const { workspace, query, filter } = input;
    const { retrieval, groups, isUnindexed } = await readBases(db, workspace, input.bases);
    const { topK = retrieval.topK, threshold = retrieval.threshold } = input;
    const judge = input.rerank === false ? undefined : retrieval.rerank;
    const most = judge ? topK * readEach : topK;

    const embedded = await timed(() =>
      Promise.all(groups.map(async (group) => ({ ...group, near: await nearOf(models, input, group) }))),
    );
    const searched = await timed(async () => {
      const parts = await Promise.all(
        embedded.value.map(({ bases: of, near }) =>
          db.asSystem(({ knowledgeFinder }) =>
            knowledgeFinder.find({
              ...{ workspace, bases: of, query, near, threshold, filter },
              limit: most * chunksEach,
            }),
          ),
        ),
      );
      // Likeness by two models can't be compared; places can.
      const found = parts.flatMap(({ chunks }) => chunks).toSorted((a, b) => b.fused - a.fused);
      return joinNeighbours(await read(db, workspace, found), most);
    });

    const notes: KnowledgeAnswer['notes'] = isUnindexed ? ['not-indexed'] : [];
    const took = { embed: embedded.took, search: searched.took };
    if (!judge || searched.value.length < 2) return { passages: searched.value.slice(0, topK), notes, took };
    const choice = parseModelChoice(judge) ?? { kind: 'default' as const };
    const judged = await timed(() =>
      rerank(models, { ...callOf(input), key: `${input.key}:rerank`, choice }, query, searched.value).catch(
        (error: unknown) => {
          // To find a little less well is better than not at all.
          if (!(error instanceof ModelError) || error.kind === 'aborted') throw error;
          log.warn({ workspace, kind: error.kind }, 'A search was not reranked');
          return undefined;
        },
      ),
    );
    return {
      passages: (judged.value ?? searched.value).slice(0, topK),
      notes: judged.value ? notes : [...notes, 'rerank-failed'],
      took: { ...took, rerank: judged.took },
    };
  };
}

interface Searched {
  /** Of the first base. */
  retrieval: KnowledgeBase['retrieval'];
  groups: Group[];
  /** There are passages that are found by their words only. */
  isUnindexed: boolean;
}

async function readBases(db: Database, workspace: string, ids: readonly string[]): Promise<Searched> {
  return db.atOnce(workspace, async ({ knowledge }) => {
    const bases: KnowledgeBase[] = [];
    for (const id of new Set(ids)) {
      const base = await knowledge.bases.settings(id);
      if (!base) throw new NoSuchBase(id);
      bases.push(base);
    }
    const [first] = bases;
    if (!first) throw new NoSuchBase('');
    const groups = groupsOf(bases, await knowledge.indexes.active(ids));
    const without = groups.filter(({ indexes }) => indexes.length === 0).flatMap((group) => group.bases);
    return { retrieval: first.retrieval, groups, isUnindexed: await holdAny(knowledge, without) };
  });
}

function groupsOf(bases: readonly KnowledgeBase[], active: readonly KnowledgeIndex[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { id } of bases) {
    const index = active.find(({ base, dimensions }) => base === id && dimensions !== undefined);
    const kind = index ? `${index.provider}:${index.model}:${index.dimensions}` : '';
    const group = groups.get(kind) ?? { bases: [], indexes: [] };
    group.bases.push(id);
    if (index) group.indexes.push(index);
    groups.set(kind, group);
  }
  return [...groups.values()];
}

/** Whether any of the bases has passages. */
async function holdAny({ bases }: KnowledgeRepositories, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) if (((await bases.get(id))?.chunks ?? 0) > 0) return true;
  return false;
}

function callOf({ workspace, key, owner, signal }: KnowledgeSearchInput): Omit<GatewayCall, 'choice'> {
  return { workspace, key, owner, signal };
}

async function nearOf(models: ModelGateway, input: KnowledgeSearchInput, { indexes }: Group) {
  const [index] = indexes;
  if (!index?.dimensions) return undefined;
  const { provider, model, dimensions } = index;
  const { vectors } = await models.embed(
    {
      ...callOf(input),
      key: `${input.key}:${provider}:${model}`,
      choice: { kind: 'model', entry: { provider, model } },
    },
    [input.query],
  );
  const vector = vectors[0] ?? [];
  if (vector.length !== dimensions)
    throw new ModelError({
      kind: 'bad-answer',
      says: `${model} gave ${vector.length} numbers, where the knowledge base has vectors of ${dimensions}.`,
    });
  return { indexes, vector: vectorText(vector), dimensions };
}

async function read(db: Database, workspace: string, found: readonly FoundChunk[]) {
  const scores = new Map(found.map(({ chunk, ...rest }) => [chunk, rest]));
  const passages = await db.inWorkspace(workspace, ({ knowledge }) =>
    knowledge.passages.read([...scores.keys()]),
  );
  const byChunk = new Map(passages.map((passage) => [passage.chunk, passage]));
  return [...scores].flatMap(([chunk, of]) => {
    const passage = byChunk.get(chunk);
    return passage ? [{ ...passage, scores: of }] : [];
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
  const from = performance.now();
  const value = await work();
  return { value, took: Math.round((performance.now() - from) * 10) / 10 };
}
