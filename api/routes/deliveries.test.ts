import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { eventually } from '../testing/eventually.ts';
import { webhook } from '../testing/graphs.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
beforeAll(async () => {
  temporal = await startTestTemporal();
  api = await startTestApi({ temporal: temporal.client });
  await temporal.work(api.writer);
}, 180_000);
afterAll(async () => {
  await temporal.close();
  await api.close();
});

async function publish(path: string, parameters: Record<string, unknown>): Promise<string> {
  const draft = webhook(path, parameters as never);
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Hook', draft });
  expect(await api.call('POST', `/api/v1/automations/${body.id}/publish`)).toMatchObject({ status: 200 });
  return body.id;
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', `/hooks/${path}`, body, headers);

interface Listed {
  id: string;
  status: number;
  run?: string;
  problem?: string;
}
const logOf = (id: string, count: number) =>
  eventually(
    async () => (await api.call('GET', `/api/v1/automations/${id}/deliveries`)).body.items as Listed[],
    (items) => items.length >= count,
  );

describe('A webhook with a signature', () => {
  it('starts a run only for who knows the secret', async () => {
    const path = `signed-${ulid()}`;
    await api.call('PUT', '/api/v1/variables/SIGNING', { value: 'whsec_test', secret: true });
    const id = await publish(path, {
      signature: 'github',
      signatureVariable: 'SIGNING',
      keepDeliveries: true,
    });
    const body = JSON.stringify({ total: 7 });
    const signed = (secret: string) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      'x-api-key': 'not for the log',
    });
    expect(await post(path, body)).toMatchObject({ status: 401, body: { code: 'webhook-signature' } });
    expect(await post(path, body, signed('another'))).toMatchObject({ status: 401 });
    const accepted = await post(path, body, signed('whsec_test'));
    expect(accepted.status).toBe(202);

    const [last, ...refused] = await logOf(id, 3);
    expect(last).toMatchObject({ status: 202, run: accepted.body.run, item: { body: { total: 7 } } });
    expect(refused).toMatchObject([
      { status: 401, problem: 'webhook-signature' },
      { status: 401, problem: 'webhook-signature' },
    ]);
    expect(refused.every((one) => one.run === undefined)).toBe(true);
    expect(JSON.stringify(await logOf(id, 3))).not.toMatch(/not for the log|whsec_test/);

    await api.call('DELETE', '/api/v1/variables/SIGNING');
    expect(await post(path, body, signed('whsec_test'))).toMatchObject({ status: 401 });
    expect(await post(path, body, signed(''))).toMatchObject({ status: 401 });
  });

  it('is not published without the name of its key', async () => {
    const draft = webhook(`unsigned-${ulid()}`, { signature: 'stripe' });
    const { body } = await api.call('POST', '/api/v1/automations', { name: 'Hook', draft });
    expect(await api.call('POST', `/api/v1/automations/${body.id}/publish`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'parameters.signatureVariable' }] },
    });
  });
});

describe('A delivery', () => {
  it('is known by a value in its body, when no header tells', async () => {
    const path = `keyed-${ulid()}`;
    await publish(path, { deduplicateByBody: 'event.id' });
    const first = await post(path, { event: { id: 'evt_1' } });
    const again = await post(path, { event: { id: 'evt_1' }, attempt: 2 });
    const other = await post(path, { event: { id: 'evt_2' } });
    const none = [await post(path, { event: {} }), await post(path, { event: {} })];
    expect(again.body.run).toBe(first.body.run);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(new Set([first, other, ...none].map(({ body }) => body.run)).size).toBe(4);
  });

  it('can be replayed, with what is published now, once for an Idempotency-Key', async () => {
    const path = `replayed-${ulid()}`;
    const id = await publish(path, { keepDeliveries: true, deduplicateByBody: 'id' });
    const { body: first } = await post(path, { id: 1, total: 7 });
    await post(path, { id: 1, total: 7 });
    const [repeated, original] = await logOf(id, 2);
    expect(repeated).toMatchObject({ repeated: true, run: first.run });
    const replay = (key: string) =>
      api.call('POST', `/api/v1/automations/${id}/deliveries/${original!.id}/replay`, undefined, {
        authorization: 'Bearer hvx_test_0123456789012345678901234567890',
        'idempotency-key': key,
      });
    const { status, body } = await replay('a');
    expect(status).toBe(201);
    expect(body.id).not.toBe(first.run);
    expect((await replay('a')).body.id).toBe(body.id);
    const { body: run } = await eventually(
      () => api.call('GET', `/api/v1/runs/${body.id}`),
      (answer) => answer.body.state === 'succeeded',
    );
    expect(run).toMatchObject({
      trigger: 'webhook',
      steps: [{ outputs: { main: [{ json: { body: { total: 7 } } }] } }],
    });
    expect((await logOf(id, 3))[0]).toMatchObject({ replayOf: original!.id, run: body.id });
    const absent = await api.call('POST', `/api/v1/automations/${id}/deliveries/${ulid()}/replay`);
    expect(absent.status).toBe(404);
  });

  it('leaves no row where no log is kept', async () => {
    const path = `silent-${ulid()}`;
    const id = await publish(path, {});
    expect((await post(path, {})).status).toBe(202);
    expect((await api.call('GET', `/api/v1/automations/${id}/deliveries`)).body.items).toEqual([]);
  });
});
