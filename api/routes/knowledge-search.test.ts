import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import { graphOf, node } from '../testing/graphs.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let base: string;
let workspace: string;

beforeAll(async () => {
  api = await startTestApi();
  workspace = (await api.call('GET', '/api/v1/workspace')).body.id;
  base = await api.db.inWorkspace(workspace, async ({ knowledge: { bases, documents, chunks } }) => {
    const { id } = await bases.create({
      ...{ name: 'Handbook', description: '' },
      ...knowledgeSettings.parse({ retrieval: { topK: 3 } }),
    });
    const document = await documents.create({ base: id, name: 'a.md', source: { kind: 'text' } });
    const of = { document: document!.id, version: 'v1', language: 'english' as const };
    await chunks.add(of, [
      {
        position: 0,
        text: 'The warranty lasts two years.',
        headings: ['Terms'],
        overlap: 0,
        tokens: 6,
        page: 4,
      },
      { position: 1, text: 'Nothing else.', headings: [], overlap: 0, tokens: 3 },
    ]);
    const facts = { version: 'v1', contentHash: 'h', type: 'text/plain', bytes: 9 };
    await documents.switchTo(of.document, facts);
    return id;
  });
}, 120_000);
afterAll(() => api.close());

const search = (body: unknown, of = base) => api.call('POST', `/api/v1/knowledge-bases/${of}/search`, body);

it('gives passages with where they stand, and the scores of each part', async () => {
  const { status, body } = await search({ query: 'How long is the warranty?' });
  expect(status).toBe(200);
  expect(body.passages).toEqual([
    expect.objectContaining({
      ...{
        base,
        name: 'a.md',
        position: 0,
        page: 4,
        headings: ['Terms'],
        text: 'The warranty lasts two years.',
      },
      scores: { text: { score: expect.any(Number), rank: 1 }, fused: 1 / 61 },
    }),
  ]);
  // Nothing has made vectors yet, and the answer says so.
  expect(body.notes).toEqual(['not-indexed']);
});

it('says what is wrong with a question, a filter and an id', async () => {
  expect((await search({ query: ' ' })).body).toMatchObject({ status: 400, code: 'invalid-request' });
  const filter = { year: { from: 1, to: 'a' } };
  expect((await search({ query: 'a', filter })).body).toMatchObject({ code: 'invalid-request' });
  expect((await search({ query: 'a' }, 'nobodys')).status).toBe(404);
});

it('refuses agents and automations the knowledge that their maker may not search', async () => {
  const invited = await api.call('POST', '/api/v1/keys', {
    name: 'builder',
    role: 'builder',
    scopes: ['agents:write', 'automations:write'],
  });
  const draft = { tools: [{ kind: 'knowledge', name: 'search', bases: [base] }] };
  const graph = graphOf(node('manual-trigger'));
  const searching = { ...graph, nodes: [...graph.nodes, node('knowledge-search', { base, query: 'a' })] };
  const asInvited = { authorization: `Bearer ${invited.body.key}` };
  for (const [path, body] of [
    ['/agents', { name: 'Helper', draft }],
    ['/automations', { name: 'Helper', draft: searching }],
  ] as const) {
    const refused = await api.call('POST', `/api/v1${path}`, body, asInvited);
    expect(refused.body).toMatchObject({ status: 403, code: 'knowledge-not-shared' });
  }
  const { body } = await api.call('POST', '/api/v1/agents', { name: 'Helper', draft });
  expect(body.problems.map(({ code }: { code: string }) => code)).toEqual(['no-instructions']);
  const other = { tools: [{ kind: 'knowledge', name: 'search', bases: [] }] };
  const unset = await api.call('POST', '/api/v1/agents', { name: 'Other', draft: other });
  expect(unset.body.problems).toContainEqual(expect.objectContaining({ code: 'tool-unset' }));
});
