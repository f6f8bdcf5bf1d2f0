import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sweepKnowledge } from '../../activities/knowledge/sweep-knowledge.ts';
import { ingestWorkflowIdOf } from '../../contracts/knowledge/ingest.ts';
import { reindexWorkflowIdOf } from '../../contracts/knowledge/reindex.ts';
import { documentKey } from '../../storage/index.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
let workspace: string;

beforeAll(async () => {
  temporal = await startTestTemporal();
  api = await startTestApi({ temporal: temporal.client });
  workspace = (await api.call('GET', '/api/v1/workspace')).body.id;
}, 120_000);
afterAll(async () => {
  await api.close();
  await temporal.close();
});

const call = (method: string, path: string, body?: unknown) =>
  api.call(method, `/api/v1/knowledge-bases${path}`, body);
const createBase = async (body: object = {}): Promise<string> =>
  (await call('POST', '', { name: 'Handbook', ...body })).body.id;
const isRunning = async (workflowId: string) =>
  (await temporal.client.workflow.getHandle(workflowId).describe()).status.name;

it('makes, lists, changes and deletes knowledge bases', async () => {
  const created = await call('POST', '', { name: 'Rules', chunking: { size: 200, overlap: 20 } });
  expect(created).toMatchObject({
    status: 201,
    body: { name: 'Rules', language: 'auto', embedding: '', retrieval: { topK: 8 }, documents: { all: 0 } },
  });
  const { id } = created.body;
  const wrong = await call('POST', '', { name: 'x', chunking: { size: 100, overlap: 60 } });
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, 'chunking.overlap']);
  expect((await call('GET', '?search=rul')).body.items.map((base: { id: string }) => base.id)).toEqual([id]);
  const changed = await call('PATCH', `/${id}`, {
    description: 'Ours',
    embedding: 'model:sandbox:sandbox-embedding',
  });
  expect(changed.body).toMatchObject({ description: 'Ours', chunking: { size: 200 } });
  expect(await isRunning(reindexWorkflowIdOf({ workspace, base: id }))).toBe('RUNNING');

  const { body: document } = await call('POST', `/${id}/documents`, {
    kind: 'text',
    name: 'a',
    text: 'Hello',
  });
  const key = documentKey({ workspace, id: document.id });
  expect((await call('DELETE', `/${id}`)).status).toBe(204);
  for (const path of [`/${id}`, `/${id}/documents`, `/${id}/documents/${document.id}`])
    expect((await call('GET', path)).status).toBe(404);
  expect(await api.objects.store.head(key)).toBeDefined();
  expect(await sweepKnowledge({ db: api.db, store: api.objects.store })).toBe(1);
  expect(await api.objects.store.head(key)).toBeUndefined();
});

it('takes text and addresses as documents, and starts their ingestion', async () => {
  const base = await createBase();
  const text = { kind: 'text', name: 'Note', text: '# Hi', metadata: { year: 2026, open: true } };
  const created = await call('POST', `/${base}/documents`, text);
  expect(created).toMatchObject({
    status: 201,
    body: { name: 'Note', state: 'waiting', source: { kind: 'text' }, metadata: { year: 2026 }, chunks: 0 },
  });
  const { id } = created.body;
  expect(await isRunning(ingestWorkflowIdOf({ workspace, document: id }))).toBe('RUNNING');
  const site = { kind: 'url', url: 'https://example.com/docs', depth: 2 };
  expect((await call('POST', `/${base}/documents`, site)).body.source).toEqual(site);
  for (const wrong of [
    { kind: 'url', url: 'file:///etc/passwd' },
    { kind: 'url', url: 'https://example.com', depth: 9 },
    { kind: 'text', name: 'a', text: '' },
    { kind: 'text', name: 'a', text: 'b', metadata: { a: { nested: true } } },
  ])
    expect((await call('POST', `/${base}/documents`, wrong)).status).toBe(400);

  const path = `/${base}/documents/${id}`;
  expect((await call('PATCH', path, { name: 'Other', text: '# Ho' })).body).toMatchObject({ name: 'Other' });
  expect((await call('GET', `/${base}/documents?search=oth`)).body.items).toHaveLength(1);
  expect((await call('POST', `${path}/sync`)).status).toBe(202);
  expect((await call('POST', `/${base}/sync`)).body).toEqual({ documents: 2 });
  const elsewhere = await createBase();
  expect((await call('GET', `/${elsewhere}/documents/${id}`)).status).toBe(404);
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).status).toBe(404);
});

it('takes no file that is not there or not the caller’s to see', async () => {
  const base = await createBase();
  const answer = await call('POST', `/${base}/documents`, { kind: 'file', file: 'nobodys' });
  expect(answer.body).toMatchObject({ status: 404, code: 'not-found' });
});

it('says why a document failed, and gives the passages of one that did not', async () => {
  const base = await createBase();
  const { body } = await call('POST', `/${base}/documents`, { kind: 'text', name: 'a', text: 'Hello' });
  const of = { document: body.id, version: 'v1', language: 'english' as const };
  await api.db.inWorkspace(workspace, async ({ knowledge: { documents, chunks } }) => {
    await chunks.add(of, [{ position: 0, text: 'Hello', overlap: 0, headings: [], tokens: 2 }]);
    await documents.switchTo(body.id, { version: 'v1', contentHash: 'h', type: 'markdown', bytes: 5 });
    await documents.fail(body.id, { code: 'document-too-large', values: { limit: '50 MB' } });
  });
  const path = `/${base}/documents/${body.id}`;
  expect((await call('GET', path)).body).toMatchObject({
    state: 'failed',
    problem: { code: 'document-too-large', title: 'It is larger than 50 MB.' },
    chunks: 1,
  });
  expect((await call('GET', `${path}/chunks?from=0`)).body.items).toMatchObject([
    { text: 'Hello', position: 0 },
  ]);
});
