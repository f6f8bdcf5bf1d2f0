import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { ChunkText } from '../../contracts/knowledge/chunk.ts';
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import type { KnowledgeQuery } from '../../contracts/knowledge/search.ts';
import { type Database, openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createKnowledgeSearch, createModelGateway, ModelError, NoSuchBase } from '../../models/index.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { addProvider } from '../../tests/support/add-provider.ts';
import { type EmbeddingServer, startEmbeddingServer } from '../../tests/support/embedding-server.ts';
import { activityContext, failureOf } from '../testing.ts';
import { createKnowledgeIndexActivities, type KnowledgeIndexActivities } from './index-activities.ts';

const log = pino({ level: 'silent' });
const guard = createGuard({ allow: '127.0.0.1' });
let db: Database;
let server: EmbeddingServer;
let activities: KnowledgeIndexActivities;
let search: (base: string, query: KnowledgeQuery) => ReturnType<ReturnType<typeof createKnowledgeSearch>>;
let workspace: string;
let provider: string;

beforeAll(async () => {
  [db, server] = await Promise.all([openDatabase({ dataDir: 'memory://' }), startEmbeddingServer()]);
  await db.migrate();
  const models = createModelGateway({ db, guard, log });
  activities = createKnowledgeIndexActivities({ db, models });
  const asked = createKnowledgeSearch({ db, models, log });
  let searches = 0;
  search = (base, query) =>
    asked({
      ...{ workspace, bases: [base], owner: {}, signal: new AbortController().signal, ...query },
      key: `search-${searches++}`,
    });
}, 120_000);
afterAll(async () => {
  await Promise.all([db.close(), guard.close(), server.close()]);
});
beforeEach(async () => {
  workspace = await createWorkspace(db);
  provider = await addProvider(db, workspace, 'Words', server.url);
  server.asked.length = 0;
});

const run: <T>(work: () => Promise<T>) => Promise<T> = (work) => activityContext().run(work);
const modelOf = (dimensions: number) => `model:${provider}:words-${dimensions}`;

function createBase(embedding = modelOf(256)): Promise<string> {
  return db.inWorkspace(workspace, async ({ knowledge }) => {
    const base = await knowledge.bases.create({
      ...{ name: 'Handbook', description: '' },
      ...knowledgeSettings.parse({ embedding }),
    });
    return base.id;
  });
}

const chunksOf = (texts: readonly string[]): ChunkText[] =>
  texts.map((text, position) => ({ position, text, overlap: 0, headings: ['Manual'], tokens: 4 }));

/** Everything but the vectors. @returns the document, and what makes its version the one that is searched */
async function addDocument(base: string, texts: readonly string[], version = 'v1', of?: string) {
  const document = await db.inWorkspace(workspace, async ({ knowledge: { documents, chunks } }) => {
    const id = of ?? (await documents.create({ base, name: 'manual.md', source: { kind: 'text' } }))!.id;
    await chunks.add({ document: id, version, language: 'english' }, chunksOf(texts));
    return id;
  });
  const finish = () =>
    db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.documents.switchTo(document, { version, contentHash: 'h', type: 'text/plain', bytes: 9 }),
    );
  return { document, version, finish };
}

async function embedAll(base: string, of: { document: string; version: string }): Promise<number[]> {
  const done: number[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const at: number = from;
    const result = await run(() => activities.embedChunks({ workspace, base, ...of, from: at }));
    done.push(result.done);
    from = result.next;
  }
  return done;
}

/** As the workflow does it. */
async function reindex(base: string): Promise<void> {
  const index = await run(() => activities.buildIndex({ workspace, base }));
  if (!index) return;
  do while (await run(() => activities.fillIndex({ workspace, index })));
  while (!(await activities.activateIndex({ workspace, index: index.id })));
  while (await activities.removeRetiredVectors({ workspace, base }));
}

const manyTexts = Array.from({ length: 150 }, (_, n) => `Part number ${n} of the machine.`);

describe('embedChunks', () => {
  it('makes vectors in batches, pays for each text once, and is found by what it means', async () => {
    const base = await createBase();
    const first = await addDocument(base, [...manyTexts, 'The warranty lasts two years.']);
    expect(await embedAll(base, first)).toEqual([64, 128, 151]);
    await first.finish();
    expect(server.asked).toHaveLength(151);
    expect(server.asked[0]).toEqual({ model: 'words-256', text: 'Manual\n\nPart number 0 of the machine.' });

    // The same again, as after a crash: nothing is asked, nothing is doubled.
    await embedAll(base, first);
    // And a version with one new text pays for that one.
    const second = await addDocument(
      base,
      ['The warranty lasts three years.', ...manyTexts],
      'v2',
      first.document,
    );
    await embedAll(base, second);
    expect(server.asked).toHaveLength(152);
    await second.finish();

    const { passages, notes } = await search(base, { query: 'How long is the warranty?', topK: 1 });
    expect(notes).toEqual([]);
    expect(passages).toMatchObject([
      {
        ...{ name: 'manual.md', position: 0, headings: ['Manual'] },
        scores: { vector: { rank: 1 }, text: { rank: 1 } },
      },
    ]);
    const [{ vectors } = { vectors: 0 }] = await db.sql.query<{ vectors: number }>(
      'select count(*)::int as vectors from knowledge_vectors where workspace = $1',
      [workspace],
    );
    expect(vectors).toBe(151);
  });

  it('counts what it took in the ledger of the workspace', async () => {
    const base = await createBase();
    await embedAll(base, await addDocument(base, ['One.', 'Two.']));
    const calls = await db.sql.query(
      'select operation, model, state, input from model_calls where workspace = $1',
      [workspace],
    );
    expect(calls).toEqual([{ operation: 'embed', model: 'words-256', state: 'succeeded', input: 24 }]);
  });

  it('says why the model refused, and is not tried again', async () => {
    const base = await createBase();
    const of = { workspace, base, ...(await addDocument(base, ['One.'])), from: 0 };
    server.failNext(401);
    const refused = await failureOf(run(() => activities.embedChunks(of)));
    expect(refused).toMatchObject({ failure: { code: 'model-unauthorized' }, error: { nonRetryable: true } });
  });

  it('works without any provider, by the sandbox', async () => {
    const base = await createBase('');
    const document = await addDocument(base, ['The warranty lasts two years.', 'Something else.']);
    await embedAll(base, document);
    await document.finish();
    expect((await search(base, { query: 'warranty', topK: 1 })).passages).toHaveLength(1);
    expect(server.asked).toEqual([]);
  });
});

describe('Another model', () => {
  it('is filled beside the one that is searched, and takes its place when it is whole', async () => {
    const base = await createBase();
    const document = await addDocument(base, ['The warranty lasts two years.', 'Something else.']);
    await embedAll(base, document);
    await document.finish();
    await db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.bases.update(base, { embedding: modelOf(384) }),
    );

    const index = await run(() => activities.buildIndex({ workspace, base }));
    expect(index).toMatchObject({ model: 'words-384', state: 'building' });
    expect((await search(base, { query: 'warranty' })).passages).toHaveLength(1);
    // One that comes meanwhile gets both.
    const meanwhile = await addDocument(base, ['The guarantee is void when opened.']);
    await embedAll(base, meanwhile);
    await meanwhile.finish();
    expect(await activities.activateIndex({ workspace, index: index!.id })).toBe(false);

    await reindex(base);
    server.asked.length = 0;
    const { passages } = await search(base, { query: 'guarantee', topK: 1 });
    expect(passages[0]).toMatchObject({
      text: 'The guarantee is void when opened.',
      scores: { vector: { rank: 1 } },
    });
    expect(server.asked).toEqual([{ model: 'words-384', text: 'guarantee' }]);
    const left = await db.sql.query<{ model: string; vectors: number }>(
      `select i.model, count(v.chunk)::int as vectors from knowledge_indexes i left join knowledge_vectors v on v.index = i.id
       where i.base = $1 group by i.id`,
      [base],
    );
    expect(left).toEqual([{ model: 'words-384', vectors: 3 }]);
  });

  it('begins nothing when it is the same, and gives up one that is wanted no more', async () => {
    const base = await createBase();
    await embedAll(base, await addDocument(base, ['One.']));
    expect(await run(() => activities.buildIndex({ workspace, base }))).toBeNull();
    const change = (dimensions: number) =>
      db.inWorkspace(workspace, ({ knowledge }) =>
        knowledge.bases.update(base, { embedding: modelOf(dimensions) }),
      );
    await change(384);
    await run(() => activities.buildIndex({ workspace, base }));
    await change(256);
    expect(await run(() => activities.buildIndex({ workspace, base }))).toBeNull();
    const live = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.indexes.live(base));
    expect(live).toMatchObject([{ model: 'words-256', state: 'active' }]);
  });
});

describe('A search', () => {
  it('joins neighbours, and says what is not indexed yet', async () => {
    const base = await createBase();
    const document = await addDocument(base, [
      'Refunds come first.',
      'A refund then is paid.',
      'No.',
      'Nor this.',
    ]);
    await document.finish();
    const found = await search(base, { query: 'refund', topK: 3 });
    expect(found.notes).toEqual(['not-indexed']);
    expect(found.passages).toMatchObject([
      {
        text: 'Refunds come first.\n\nA refund then is paid.',
        position: 0,
        chunks: [{}, {}].map(() => expect.any(String)),
      },
    ]);
    expect(found.passages[0]?.scores.vector).toBeUndefined();
  });

  it('refuses a base of another workspace as one that is not there', async () => {
    const base = await createBase();
    workspace = await createWorkspace(db);
    await expect(search(base, { query: 'anything' })).rejects.toThrow(NoSuchBase);
  });

  it('fails as the model does that makes the vector of the question', async () => {
    const base = await createBase();
    const document = await addDocument(base, ['One.']);
    await embedAll(base, document);
    await document.finish();
    server.failNext(401);
    await expect(search(base, { query: 'one' })).rejects.toThrow(ModelError);
  });
});
