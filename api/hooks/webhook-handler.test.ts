import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphInput } from '../../contracts/graph.ts';
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

async function publish(draft: GraphInput): Promise<string> {
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Hook', draft });
  expect((await api.call('POST', `/api/v1/automations/${body.id}/publish`)).status).toBe(200);
  return body.id;
}

const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', `/hooks/${path}`, body, headers);

function ended(run: string) {
  return eventually(
    () => api.call('GET', `/api/v1/runs/${run}`),
    ({ body }) => ['succeeded', 'failed', 'cancelled'].includes(body.state),
  );
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes of buffers that something still holds. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describe('a webhook that answers at once', () => {
  it('starts a run with what came in, but for secrets', async () => {
    await publish(webhook('orders'));
    const answer = await post(
      'orders?size=2&tag=a&tag=b',
      { total: 7 },
      {
        authorization: 'Bearer my-secret',
        cookie: 'session=my-secret',
        'x-shop': 'Lisboa',
      },
    );
    expect(answer.status).toBe(202);
    expect(answer.headers.get('hiviex-run')).toBe(answer.body.run);
    const { body: run } = await ended(answer.body.run);
    expect(run).toMatchObject({ state: 'succeeded', trigger: 'webhook', version: { number: 1 } });
    const [item] = run.steps[0].outputs.main;
    expect(item.json).toMatchObject({
      headers: { 'x-shop': 'Lisboa' },
      params: {},
      query: { size: '2', tag: ['a', 'b'] },
      body: { total: 7 },
    });
    expect(JSON.stringify(run)).not.toContain('my-secret');
  });

  it('reads JSON, form fields and text, compressed too', async () => {
    await publish(webhook('kinds'));
    const kinds: [string, string, unknown][] = [
      ['application/json', '[1, 2]', [1, 2]],
      ['application/x-www-form-urlencoded', 'a=1&b=2&b=3', { a: '1', b: ['2', '3'] }],
      ['text/plain; charset=utf-8', 'olá', 'olá'],
      ['application/vnd.github+json', '{"ok":true}', { ok: true }],
    ];
    for (const [type, body, read] of kinds) {
      const answer = await post('kinds', body, { 'content-type': type });
      const { body: run } = await ended(answer.body.run);
      expect(run.steps[0].outputs.main[0].json.body).toEqual(read);
    }
    const { gzipSync } = await import('node:zlib');
    const response = await fetch(`${api.url}/hooks/kinds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync('{"zipped":true}'),
    });
    expect(response.status).toBe(202);
    const bomb = await fetch(`${api.url}/hooks/kinds`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(20_000_000)),
    });
    expect(bomb.status).toBe(413);
  });

  it('refuses what it can not read, and says why', async () => {
    await publish(webhook('strict'));
    expect(await post('strict', '{"a": 1,,}')).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    const packed = { 'content-encoding': 'br', 'accept-language': 'pt' };
    expect(await post('strict', 'x', packed)).toMatchObject({
      status: 415,
      body: { code: 'unsupported-body', title: expect.stringContaining('não pode ser lido') },
    });
  });

  it('refuses 50 MB without taking it into memory, and lives on', async () => {
    await publish(webhook('large'));
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const before = heldBytes();
    let peak = 0;
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.write(
      'POST /hooks/large HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n',
    );
    for (let sent = 0; sent < 800; sent++) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      if (!socket.write('\r\n')) await once(socket, 'drain');
      if (sent % 100 === 0) peak = Math.max(peak, heldBytes() - before);
    }
    socket.end('0\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('"code":"too-large"');
    expect(peak).toBeLessThan(10 * 1024 * 1024);

    const declared = await fetch(`${api.url}/hooks/large`, { method: 'POST', body: Buffer.alloc(5_000_000) });
    expect(declared.status).toBe(413);
    expect((await post('large', {})).status).toBe(202);
  });

  it('starts one run for a delivery that comes again', async () => {
    await publish(webhook('once', { deduplicateBy: 'X-Delivery' }));
    const first = await post('once', { n: 1 }, { 'x-delivery': 'd-1' });
    const again = await Promise.all([1, 2, 3].map(() => post('once', { n: 1 }, { 'x-delivery': 'd-1' })));
    for (const { status, body, headers } of again) {
      expect({ status, run: body.run }).toEqual({ status: 202, run: first.body.run });
      expect(headers.get('idempotent-replayed')).toBe('true');
    }
    const other = await post('once', { n: 1 }, { 'x-delivery': 'd-2' });
    expect(other.body.run).not.toBe(first.body.run);
    expect(other.headers.get('idempotent-replayed')).toBeNull();
    await ended(first.body.run);
  });

  it('is absent until published, and again once unpublished', async () => {
    const { body } = await api.call('POST', '/api/v1/automations', { name: 'Hook', draft: webhook('shy') });
    expect(await post('shy', {})).toMatchObject({ status: 404, body: { code: 'webhook-not-found' } });
    await api.call('POST', `/api/v1/automations/${body.id}/publish`);
    expect((await post('shy', {})).status).toBe(202);
    expect((await api.call('GET', '/hooks/shy', undefined, {})).status).toBe(404);
    await api.call('POST', `/api/v1/automations/${body.id}/unpublish`);
    expect(await post('shy', {})).toMatchObject({
      status: 404,
      body: { title: 'No published automation listens at POST /hooks/shy.' },
    });
  });

  it('runs what is published now, not what was', async () => {
    const id = await publish(webhook('moving'));
    const first = await ended((await post('moving', {})).body.run);
    await api.call('PATCH', `/api/v1/automations/${id}`, { draft: webhook('moving', { answerWithin: 9 }) });
    await api.call('POST', `/api/v1/automations/${id}/publish`);
    const second = await ended((await post('moving', {})).body.run);
    expect([first.body.version.number, second.body.version.number]).toEqual([1, 2]);
  });

  it('tells browsers and monitors what they may do, without a run', async () => {
    await publish(webhook('open', { method: 'GET' }));
    const options = await api.call('OPTIONS', '/hooks/open', undefined, { origin: 'https://shop.example' });
    expect(options.status).toBe(204);
    expect(options.headers.get('access-control-allow-methods')).toBe('GET');
    expect((await api.call('HEAD', '/hooks/open', undefined, {})).status).toBe(204);
    expect((await api.call('HEAD', '/hooks/large', undefined, {})).status).toBe(404);
    const { body } = await api.call('GET', '/api/v1/runs?limit=200');
    const called = await api.call('GET', '/hooks/open', undefined, {});
    expect(called.status).toBe(202);
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(called.body.run);
  });
});

describe('a webhook that answers with its run', () => {
  it.each(['lastNode', 'respondNode'])('gives the answer of the run (%s)', async (answer) => {
    await publish(webhook(`answer-${answer}`, { answer }));
    const { status, headers, body } = await post(`answer-${answer}`, { hello: 1 });
    expect(status).toBe(201);
    expect(headers.get('x-from')).toBe('run');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox/);
    expect(body).toMatchObject({ answer, items: [{ json: { body: { hello: 1 } } }] });
    expect((await ended(headers.get('hiviex-run')!)).body.response.status).toBe(201);
  });

  it('gives a delivery that comes again the same answer', async () => {
    await publish(webhook('same', { answer: 'lastNode' }));
    const headers = { 'idempotency-key': 'k-1' };
    const first = await post('same', { n: 1 }, headers);
    const again = await post('same', { n: 1 }, headers);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('hiviex-run')).toBe(first.headers.get('hiviex-run'));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('says 504 with the run when the run takes long, and the run goes on', async () => {
    await publish(webhook('slow', { answer: 'lastNode', answerWithin: 1 }));
    const late = await post('slow', { sleepMs: 3_000 });
    expect(late).toMatchObject({ status: 504, body: { code: 'answer-late' } });
    expect(late.body.run).toBe(late.headers.get('hiviex-run'));
    expect((await ended(late.body.run)).body.state).toBe('succeeded');
  });

  it('says why a run failed before it answered', async () => {
    await publish(webhook('failing', { answer: 'respondNode' }));
    const failed = await post('failing', { fail: 'The shop is closed.' });
    expect(failed).toMatchObject({
      status: 500,
      body: {
        code: 'run-failed',
        title: 'The run failed before it answered: The shop is closed.',
        errors: [{ node: 'webhook-trigger', code: 'code.threw' }],
      },
    });
  });

  it('says that the run ended when no Respond node was on its way', async () => {
    await publish(webhook('silent', { answer: 'respondNode' }));
    const { status, body, headers } = await post('silent', { silent: true });
    expect({ status, body }).toEqual({ status: 200, body: { run: headers.get('hiviex-run') } });
  });

  it('forgets a caller who leaves; the run goes on', async () => {
    await publish(webhook('left', { answer: 'lastNode' }));
    const leaving = new AbortController();
    const call = fetch(`${api.url}/hooks/left`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'leaver' },
      body: JSON.stringify({ sleepMs: 1_000 }),
      signal: leaving.signal,
    });
    const { body: listed } = await eventually(
      () => api.call('GET', '/api/v1/runs?state=running'),
      ({ body }) => body.items.length > 0,
    );
    leaving.abort();
    await expect(call).rejects.toThrow();
    expect((await ended(listed.items[0].id)).body.state).toBe('succeeded');
  });
});
