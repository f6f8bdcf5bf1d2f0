/** Test calls: one at a time, of the draft, while somebody listens. With the real engine on a real Temporal server. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphInput } from '../../contracts/graph.ts';
import { temporalBinary } from '../../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../../tests/replay/running-engine.ts';
import { eventually } from '../testing/eventually.ts';
import { graphOf, node, webhook } from '../testing/graphs.ts';
import { addPerson, addWorkspace } from '../testing/people.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let engine: RunningEngine;
let api: TestApi;

beforeAll(async () => {
  engine = await startEngine({ binary: temporalBinary() });
  api = await startTestApi({ temporal: engine.client, db: engine.db });
}, 180_000);
afterAll(async () => {
  await api?.close();
  await engine?.close();
}, 60_000);

async function draftOf(draft: GraphInput, headers?: Record<string, string>): Promise<string> {
  return (await api.call('POST', '/api/v1/automations', { name: 'Tested', draft }, headers)).body.id;
}

const at = (automation: string, trigger = 'webhook-trigger') =>
  `/api/v1/automations/${automation}/test-listeners/${trigger}`;
const listen = (automation: string, trigger?: string) => api.call('PUT', at(automation, trigger));

async function itemOf(run: string) {
  const { body } = await eventually(
    () => api.call('GET', `/api/v1/runs/${run}`),
    ({ body: { state } }) => state === 'succeeded',
  );
  return { run: body, item: body.steps[0].outputs.main[0].json };
}

describe('a test call of a webhook', () => {
  it('is refused while nobody listens, saying how to', async () => {
    await draftOf(webhook('quiet'));
    expect(await api.call('POST', '/hooks/test/quiet', {})).toMatchObject({
      status: 404,
      body: { code: 'not-listening', detail: expect.stringContaining('Listen for a test call') },
    });
    expect((await api.call('HEAD', '/hooks/test/quiet')).status).toBe(404);
  });

  it('runs the draft as it is then, once, with what came rather than what is pinned', async () => {
    const draft = webhook('orders');
    const id = await draftOf(draft);
    const listening = await listen(id);
    expect(listening).toMatchObject({
      status: 200,
      body: { kind: 'webhook', method: 'POST', state: 'listening', url: `${api.url}/hooks/test/orders` },
    });
    expect(listening.body).not.toHaveProperty('run');
    const pinned = { ...draft, pinnedData: { 'webhook-trigger': [{ json: { pinned: true } }] } };
    const saved = await api.call('PATCH', `/api/v1/automations/${id}`, { draft: pinned });
    expect(saved.status).toBe(200);

    const [first, second] = await Promise.all([
      api.call('POST', '/hooks/test/orders?size=2', { total: 7 }),
      api.call('POST', '/hooks/test/orders?size=2', { total: 7 }),
    ]);
    expect([first.status, second.status].sort()).toEqual([202, 404]);
    const { run } = first.status === 202 ? first.body : second.body;
    expect((await api.call('GET', at(id))).body).toMatchObject({ state: 'called', run });
    const { run: record, item } = await itemOf(run);
    expect(record).toMatchObject({ trigger: 'webhook', version: { number: 0 } });
    expect(item).toMatchObject({ body: { total: 7 }, query: { size: '2' } });
    expect((await listen(id)).body.state).toBe('listening'); // and once more
  });

  it('is answered as the published webhook would answer', async () => {
    const id = await draftOf({
      nodes: [
        node('webhook-trigger', { path: 'answered', answer: 'respondNode' }),
        node('respond', { respondWith: 'json', body: '={{ { got: $json.body.n } }}' }),
      ],
      edges: [{ source: 'webhook-trigger', target: 'respond' }],
    });
    await listen(id);
    const answer = await api.call('POST', '/hooks/test/answered', { n: 5 });
    expect(answer).toMatchObject({ status: 200, body: { got: 5 } });
  });

  it('leaves it listening when the signature is wrong', async () => {
    await api.call('PUT', '/api/v1/variables/TEST_HOOK_KEY', { value: 'the-key', secret: true });
    const id = await draftOf(
      webhook('signed', { signature: 'github', signatureVariable: 'TEST_HOOK_KEY', method: 'POST' }),
    );
    await listen(id);
    const wrong = await api.call('POST', '/hooks/test/signed', {}, { 'x-hub-signature-256': 'sha256=00' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'webhook-signature' } });
    const sign = createHmac('sha256', 'the-key').update('{}').digest('hex');
    const right = await api.call(
      'POST',
      '/hooks/test/signed',
      {},
      { 'x-hub-signature-256': `sha256=${sign}` },
    );
    expect(right.status).toBe(202);
  });

  it('is taken no more once listening was stopped, or its time is over', async () => {
    const id = await draftOf(webhook('stopped'));
    await listen(id);
    expect((await api.call('DELETE', at(id))).status).toBe(204);
    expect((await api.call('POST', '/hooks/test/stopped', {})).status).toBe(404);
    expect((await api.call('GET', at(id))).status).toBe(404);

    await listen(id);
    await api.db.sql.query(`update test_listeners set until = now() where automation = $1`, [id]);
    expect((await api.call('POST', '/hooks/test/stopped', {})).status).toBe(404);
    expect((await api.call('GET', at(id))).body.state).toBe('over');
  });

  it('goes to nobody else: an address that another has published, or tests, is refused', async () => {
    const published = await draftOf(webhook('mine'));
    await api.call('POST', `/api/v1/automations/${published}/publish`);
    const { headers } = await addPerson(api, 'builder', await addWorkspace(api));
    const other = await draftOf(webhook('mine'), headers);
    expect(await api.call('PUT', at(other), undefined, headers)).toMatchObject({
      status: 409,
      body: { code: 'test-address-taken' },
    });
    const tested = await draftOf(webhook('free'));
    await listen(tested);
    const late = await draftOf(webhook('free'), headers);
    expect((await api.call('PUT', at(late), undefined, headers)).status).toBe(409);
  });

  it('is not listened for by what can not be called, or is wrong', async () => {
    const manual = await draftOf(graphOf(node('manual-trigger')));
    expect((await listen(manual, 'manual-trigger')).status).toBe(404);
    const wrong = await draftOf(graphOf(node('webhook-trigger', { path: '' })));
    expect(await listen(wrong)).toMatchObject({ status: 422, body: { code: 'invalid-graph' } });
  });
});

it('a form of a draft is shown and taken once while somebody listens', async () => {
  const fields = [{ name: 'name', label: 'Name', type: 'text', required: true }];
  const id = await draftOf(graphOf(node('form-trigger', { path: 'contact', title: 'Contact', fields })));
  const page = () => fetch(`${api.url}/forms/test/contact`, { headers: { accept: 'text/html' } });
  expect((await page()).status).toBe(404);
  const { body } = await listen(id, 'form-trigger');
  expect(body).toMatchObject({ kind: 'form', url: `${api.url}/forms/test/contact` });
  expect(await (await page()).text()).toContain('<h1>Contact</h1>');
  const sent = await fetch(`${api.url}/forms/test/contact`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ 'f.name': 'Ana', once: 'x' }) },
  });
  expect(sent.status).toBe(303);
  const called = (await api.call('GET', at(id, 'form-trigger'))).body;
  expect((await itemOf(called.run)).item).toMatchObject({ name: 'Ana' });
  expect((await page()).status).toBe(404);
});
