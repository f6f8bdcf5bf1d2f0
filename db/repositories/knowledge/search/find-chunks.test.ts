import { expect, it } from '@jest/globals';
import type { DocumentMetadata } from '../../../../contracts/knowledge/document.ts';
import { knowledgeSettings } from '../../../../contracts/knowledge/knowledge-base.ts';
import type { KnowledgeIndex } from '../../../../contracts/knowledge/knowledge-index.ts';
import type { MetadataFilter } from '../../../../contracts/knowledge/search.ts';
import type { TextSearchLanguage } from '../../../../contracts/knowledge/text-search-languages.ts';
import { describeDatabases } from '../../../testing/describe-databases.ts';
import { createWorkspace } from '../../../testing/fixtures.ts';
import { vectorText } from '../vectors.ts';
import { type ChunkSearch, planOf } from './find-chunks.ts';

const dimensions = 256;
/** So many degrees from that of 0, in a direction of its own: as texts lie around a question, not on a line. */
const vectorAt = (degrees: number) => {
  const { sin, cos, PI } = Math;
  const across = Array.from({ length: dimensions - 1 }, (_, n) => sin((n + 1) * (degrees * 7_919 + 1)));
  const length = Math.hypot(...across);
  const angle = (degrees * PI) / 180;
  return vectorText([cos(angle), ...across.map((value) => (value / length) * sin(angle))]);
};

interface Text {
  text: string;
  at: number;
  headings?: string[];
}

interface DocumentFacts {
  metadata?: DocumentMetadata;
  language?: TextSearchLanguage;
  isSearched?: boolean;
}

describeDatabases('Finding chunks', (database, driver) => {
  async function createBase(workspace: string): Promise<{ base: string; index: KnowledgeIndex }> {
    return database().inWorkspace(workspace, async ({ knowledge }) => {
      const { id: base } = await knowledge.bases.create({
        ...{ name: 'Handbook', description: '' },
        ...knowledgeSettings.parse({}),
      });
      await knowledge.indexes.begin(base, { provider: 'sandbox', model: 'sandbox-embeddings' });
      const [index] = await knowledge.indexes.live(base);
      return { base, index: index! };
    });
  }

  async function addDocument(
    workspace: string,
    { base, index }: { base: string; index: KnowledgeIndex },
    texts: readonly Text[],
    { metadata, language = 'english', isSearched = true }: DocumentFacts = {},
  ) {
    return database().inWorkspace(workspace, async ({ knowledge: { documents, chunks, vectors } }) => {
      const document = await documents.create({ base, name: 'a.txt', source: { kind: 'text' }, metadata });
      const of = { document: document!.id, version: 'v1' };
      await chunks.add(
        { ...of, language },
        texts.map(({ text, headings = [] }, position) => ({
          ...{ position, text, headings, overlap: 0, tokens: 4 },
        })),
      );
      const missing = await vectors.missingOf(index.id, { ...of, from: 0, to: texts.length });
      expect(missing).toHaveLength(texts.length);
      const made = missing.map(({ id, position }) => ({ chunk: id, vector: vectorAt(texts[position]!.at) }));
      expect(await vectors.add(index.id, made)).toBe(true);
      if (isSearched)
        await documents.switchTo(of.document, {
          ...{ version: 'v1', contentHash: 'hash', type: 'text/plain', bytes: 9 },
        });
      return made.map(({ chunk }) => chunk);
    });
  }

  const search = (
    workspace: string,
    { base, index }: { base: string; index: KnowledgeIndex },
    changes: Partial<ChunkSearch> & { at?: number } = {},
  ) =>
    database().asSystem(({ knowledgeFinder }) =>
      knowledgeFinder.find({
        ...{ workspace, bases: [base], query: 'nothing like it', threshold: 0, limit: 10 },
        near: { indexes: [index], vector: vectorAt(changes.at ?? 0), dimensions },
        ...changes,
      }),
    );

  it('joins what is near in meaning with what has the words, and says how much of each', async () => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    const [near, both, words] = await addDocument(workspace, base, [
      { text: 'Something else entirely.', at: 5 },
      { text: 'How refunds are paid.', at: 10 },
      { text: 'A refund takes a week.', at: 120 },
      { text: 'Unlike all of it.', at: 150 },
    ]);
    const { chunks, plan } = await search(workspace, base, { query: 'When is my refund paid?', limit: 3 });
    expect(plan).toBe('exact');
    expect(chunks.map(({ chunk }) => chunk)).toEqual([both, words, near]);
    expect(chunks[0]).toMatchObject({ vector: { rank: 2 }, text: { rank: 1 } });
    expect(chunks[0]?.vector?.score).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 2);
    expect(chunks[0]?.fused).toBeCloseTo(1 / 62 + 1 / 61, 6);
    expect(chunks[2]?.text).toBeUndefined();
  });

  it('leaves out what is not near enough, unless its words were asked for', async () => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    const [near, , words] = await addDocument(workspace, base, [
      { text: 'Nearby.', at: 10 },
      { text: 'Far away.', at: 80 },
      { text: 'The warranty.', at: 90 },
    ]);
    const { chunks } = await search(workspace, base, { query: 'warranties', threshold: 0.5 });
    expect(chunks.map(({ chunk }) => chunk).toSorted()).toEqual([near, words].toSorted());
    expect(chunks.find(({ chunk }) => chunk === words)?.vector).toBeUndefined();
  });

  it('finds words by the rules of each language in the base, and in headings', async () => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    await addDocument(workspace, base, [{ text: 'The houses were sold.', at: 0 }]);
    const [portuguese] = await addDocument(workspace, base, [{ text: 'As casas foram vendidas.', at: 0 }], {
      language: 'portuguese',
    });
    const [heading] = await addDocument(workspace, base, [
      { text: 'It is long.', at: 0, headings: ['Guide', 'Shipping'] },
    ]);
    const byWords = async (query: string) =>
      (await search(workspace, base, { query, near: undefined })).chunks.map(({ chunk }) => chunk);
    expect(await byWords('casa')).toEqual([portuguese]);
    expect(await byWords('house')).toHaveLength(1);
    expect(await byWords('ship')).toEqual([heading]);
  });

  it.each([
    ["it's O'Brien \\ 'quoted' | & ! ( ) :* <->"],
    ['the of and'],
    ['  ?!  '],
    ['a&b=c | http://example.com/?x=1&y=2'],
    ['word '.repeat(700)],
  ])('takes %j for what it is: words', async (query) => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    await addDocument(workspace, base, [{ text: 'Anything.', at: 0 }]);
    expect((await search(workspace, base, { query })).chunks).toHaveLength(1);
  });

  it('keeps to the metadata that is asked for', async () => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    const [of2020] = await addDocument(workspace, base, [{ text: 'One', at: 0 }], {
      metadata: { team: 'sales', year: 2020, draft: false, at: '2020-05-01' },
    });
    const [of2024] = await addDocument(workspace, base, [{ text: 'Two', at: 20 }], {
      metadata: { team: 'legal', year: 2024, draft: true, at: '2024-05-01' },
    });
    const [ofText] = await addDocument(workspace, base, [{ text: 'Three', at: 40 }], {
      metadata: { team: "o'hara", year: 'unknown' },
    });
    const by = async (filter: MetadataFilter) =>
      (await search(workspace, base, { filter })).chunks.map(({ chunk }) => chunk);
    expect(await by({ team: 'sales' })).toEqual([of2020]);
    expect(await by({ team: { in: ['legal', "o'hara"] } })).toEqual([of2024, ofText]);
    expect(await by({ year: { from: 2021 } })).toEqual([of2024]);
    expect(await by({ year: { from: 2020, to: 2024 }, draft: false })).toEqual([of2020]);
    expect(await by({ at: { from: '2021' } })).toEqual([of2024]);
    expect(await by({ year: '2020' })).toEqual([]);
    expect(await by({ "x' or true --": 1 })).toEqual([]);
  });

  it('finds nothing of a version that is on its way, of another base, or of another workspace', async () => {
    const workspace = await createWorkspace(database());
    const stranger = await createWorkspace(database());
    const base = await createBase(workspace);
    const other = await createBase(workspace);
    const foreign = await createBase(stranger);
    await addDocument(workspace, base, [{ text: 'A secret on its way.', at: 0 }], { isSearched: false });
    await addDocument(workspace, other, [{ text: 'A secret of another base.', at: 0 }]);
    const [theirs] = await addDocument(stranger, foreign, [{ text: 'A secret of strangers.', at: 0 }]);
    expect((await search(workspace, base, { query: 'secret' })).chunks).toEqual([]);
    // Whoever names what is not theirs, in each place where it can be named.
    for (const bases of [[foreign.base], [base.base, foreign.base]])
      for (const index of [foreign.index, base.index]) {
        const near = { indexes: [index], vector: vectorAt(0), dimensions };
        const found = await search(workspace, base, { bases, near, query: 'secret' });
        expect(found.chunks).toEqual([]);
      }
    // And if it were found, it would not be shown.
    const read = await database().inWorkspace(workspace, ({ knowledge }) =>
      knowledge.passages.read([theirs!]),
    );
    expect(read).toEqual([]);
    const tenant = driver().workspaceSql(workspace);
    for (const table of ['knowledge_vectors', 'knowledge_indexes', 'embedding_cache', 'knowledge_chunks']) {
      const rows = await tenant.query(`select 1 as one from ${table} where workspace = $1`, [stranger]);
      expect(rows).toEqual([]);
    }
    await expect(
      tenant.query(
        `insert into knowledge_vectors (chunk, index, workspace, document, version, dimensions, embedding)
         values ($1, $2, $3, 'd', 'v1', 2, '[1,2]')`,
        [theirs, foreign.index.id, stranger],
      ),
    ).rejects.toThrow(/row-level security/);
    const isAdded = await database().inWorkspace(workspace, ({ knowledge }) =>
      knowledge.vectors.add(foreign.index.id, [{ chunk: theirs!, vector: vectorAt(90) }]),
    );
    expect(isAdded).toBe(false);
  });

  it('gives the same by the graph, with a filter that leaves one of a hundred', async () => {
    const workspace = await createWorkspace(database());
    const base = await createBase(workspace);
    const many = await createWorkspace(database());
    const crowd = await createBase(many);
    await addDocument(
      many,
      crowd,
      Array.from({ length: 1_500 }, (_, n) => ({ text: `Crowd ${n}`, at: 20 + n / 50 })),
    );
    const wanted = await addDocument(
      workspace,
      base,
      Array.from({ length: 15 }, (_, n) => ({ text: `Wanted ${n}`, at: 52 + 2 * n })),
      { metadata: { kind: 'wanted' } },
    );
    await addDocument(
      workspace,
      base,
      Array.from({ length: 200 }, (_, n) => ({ text: `Other ${n}`, at: 20 + n / 7 })),
    );
    const filter = { kind: 'wanted' };
    const near = { indexes: [base.index], vector: vectorAt(0), dimensions };
    const by = (plan: 'exact' | 'hnsw') =>
      database().asSystem(({ knowledgeFinder }) =>
        knowledgeFinder.find(
          { workspace, bases: [base.base], query: 'nothing', threshold: 0, limit: 10, filter, near },
          plan,
        ),
      );
    const exact = (await by('exact')).chunks.map(({ chunk }) => chunk);
    expect(exact).toEqual(wanted.slice(0, 10));
    const graph = (await by('hnsw')).chunks.map(({ chunk }) => chunk);
    expect(graph).toEqual(exact);
  });

  it('walks the graph by iterative scans: the index is used, and the setting is known', async () => {
    const plan = await database().sql.transaction(async (inside) => {
      await inside.query(
        `select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('enable_sort', 'off', true)`,
      );
      return inside.query<{ 'QUERY PLAN': string }>(
        `explain select v.chunk from knowledge_vectors v where v.dimensions = ${dimensions} and v.workspace = 'w' and v.index = any('{i}')
         order by v.embedding::halfvec(${dimensions}) <=> '${vectorAt(0)}'::halfvec(${dimensions}) limit 10`,
      );
    });
    expect(JSON.stringify(plan)).toContain(`knowledge_vectors_near_${dimensions}`);
    const [setting] = await database().sql.query<{ enumvals: string[] | string }>(
      `select enumvals from pg_settings where name = 'hnsw.iterative_scan'`,
    );
    expect(String(setting?.enumvals)).toContain('relaxed_order');
  });
});

it('compares one by one where that costs less', () => {
  const near = { indexes: [{} as KnowledgeIndex], vector: '', dimensions };
  const plan = (eligible: number, all: number, of = near) =>
    planOf({ near: of }, { eligible, all, pool: 40 });
  expect(plan(50, 100_000)).toBe('exact');
  expect(plan(500, 0)).toBe('exact');
  expect(plan(5_000, 100_000)).toBe('exact');
  expect(plan(50_000, 100_000)).toBe('hnsw');
  expect(plan(50_000, 10_000_000)).toBe('exact');
  expect(plan(50_000, 100_000, { ...near, dimensions: 999 })).toBe('exact');
  expect(plan(50_000, 100_000, { ...near, indexes: [] })).toBe('none');
});
