/** Documents on a real Temporal server: taken in, looked at again, changed, refused; and a site that is crawled as its robots.txt lets. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer, type TestServer } from '../activities/testing.ts';
import { eventually } from '../api/testing/eventually.ts';
import { knowledgeSettings } from '../contracts/knowledge/knowledge-base.ts';
import type { NewDocument } from '../db/index.ts';
import { startIngestion } from '../runs/knowledge/start-ingestion.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { documentKey } from '../storage/index.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';

const page = (title: string, ...links: string[]) =>
  `<title>${title}</title><nav><a href="/">x</a></nav><h1>${title}</h1><p>About ${title}.</p>${links
    .map((link) => `<a href="${link}">to ${link}</a>`)
    .join(' ')}`;

describeWithTemporal('A document', () => {
  let engine: RunningEngine;
  let site: TestServer;
  let base: string;
  const pages = new Map<string, string>();
  const asked: string[] = [];

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 25 });
    site = await startServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const found = pages.get(path);
      response.writeHead(found === undefined ? 404 : 200, {
        'content-type': path.endsWith('.txt') ? 'text/plain' : 'text/html; charset=utf-8',
      });
      response.end(found);
    });
    const made = await inside(({ bases }) =>
      bases.create({
        ...{ name: 'Base', description: '' },
        ...knowledgeSettings.parse({ chunking: { size: 50, overlap: 0 } }),
      }),
    );
    base = made.id;
  }, 180_000);
  afterAll(async () => {
    await engine?.close();
    await site?.close();
  }, 60_000);

  type Knowledge = Parameters<Parameters<RunningEngine['db']['inWorkspace']>[1]>[0]['knowledge'];
  const inside = <T>(work: (knowledge: Knowledge) => Promise<T>) =>
    engine.db.inWorkspace(engine.workspace, ({ knowledge }) => work(knowledge));
  const deps = () => ({ db: engine.db, temporal: engine.client });

  async function add(document: Omit<NewDocument, 'base'>): Promise<string> {
    const made = await inside(({ documents }) => documents.create({ ...document, base }));
    return made!.id;
  }
  async function ingested(id: string) {
    const document = await inside(({ documents }) => documents.get(id));
    await startIngestion(deps(), engine.workspace, document!);
    return ended(id);
  }
  const ended = (id: string) =>
    eventually(
      () => inside(({ documents }) => documents.get(id)),
      (document) => document?.state === 'succeeded' || document?.state === 'failed',
    );
  const chunksOf = (document: string) =>
    inside(({ chunks }) => chunks.list({ document }, { from: 0, limit: 200 }));
  const write = (id: string, text: string) =>
    engine.store.put(documentKey({ workspace: engine.workspace, id }), Buffer.from(text));
  const vectorsOf = async (document: string) => {
    const [row] = await engine.db.sql.query<{ count: number }>(
      'select count(*)::int as count from knowledge_vectors v join knowledge_chunks c on c.id = v.chunk where c.document = $1',
      [document],
    );
    return row?.count;
  };

  it('is read, cut and embedded, in as many executions as it takes; unchanged it is left alone; changed it is switched at once', async () => {
    const id = await add({ name: 'Long', source: { kind: 'text' } });
    const paragraph = (n: number) => `## Part ${n}\n\nThis is what part ${n} of the handbook says.`;
    const text = Array.from({ length: 600 }, (_, n) => paragraph(n)).join('\n\n');
    await write(id, text);
    expect(await ingested(id)).toMatchObject({ state: 'succeeded', chunks: 600, type: 'markdown' });
    const before = await chunksOf(id);
    expect(before[7]).toMatchObject({ position: 7, headings: ['Part 7'], language: 'english' });
    expect(await vectorsOf(id)).toBe(600);

    const { version } = (await inside(({ documents }) => documents.get(id)))!;
    await ingested(id);
    expect(await chunksOf(id)).toEqual(before);
    expect((await inside(({ documents }) => documents.get(id)))?.version).toBe(version);

    await write(id, paragraph(1));
    expect(await ingested(id)).toMatchObject({ state: 'succeeded', chunks: 1 });
    expect(await vectorsOf(id)).toBe(1);

    await write(id, ' \n');
    expect(await ingested(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'document-empty' },
      chunks: 1,
    });
    expect(await chunksOf(id)).toHaveLength(1);
  }, 120_000);

  it.each([
    ['document-file-gone', { kind: 'file', file: 'nobodys' }],
    ['document-address-refused', { kind: 'url', url: 'http://10.0.0.1/', depth: 0 }],
  ] as const)(
    'that can’t be had says why: %s',
    async (code, source) => {
      expect(await ingested(await add({ name: 'Gone', source }))).toMatchObject({
        ...{ state: 'failed', failure: { code }, chunks: 0 },
      });
    },
    60_000,
  );

  it('that is a site is crawled: its own pages, as deep as asked, where robots.txt lets', async () => {
    pages.set('/robots.txt', 'User-agent: *\nDisallow: /secret');
    pages.set('/', page('Home', '/a', '/a#part', '/secret/x', 'http://other.example/', '/gone'));
    pages.set('/a', page('A', '/b', '/'));
    pages.set('/b', page('B', '/c'));
    pages.set('/c', page('C'));
    const root = await add({
      ...{ name: `${site.origin}/`, source: { kind: 'url', url: `${site.origin}/`, depth: 2 } },
    });
    await ingested(root);
    const all = await eventually(
      () => inside(({ documents }) => documents.list({ base, search: '', limit: 50 })),
      ({ items }) => {
        const its = items.filter(({ id, parent }) => id === root || parent === root);
        return its.length === 5 && its.every(({ state }) => state === 'succeeded' || state === 'failed');
      },
    );
    const shown = all.items
      .filter(({ id, parent }) => id === root || parent === root)
      .map(({ name, failure }) => [name.replace(site.origin, ''), failure?.code]);
    expect(shown.toSorted()).toEqual([
      ['/gone', 'document-address-status'],
      ['/secret/x', 'document-robots'],
      ['A', undefined],
      ['B', undefined],
      ['Home', undefined],
    ]);
    expect(asked).not.toContain('/secret/x');
    expect(asked).not.toContain('/c');
    const [home] = await chunksOf(root);
    expect(home).toMatchObject({ headings: ['Home'], text: expect.stringContaining('About Home.') });
  }, 90_000);
});
