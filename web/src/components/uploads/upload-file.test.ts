import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { refusal, type SendBytes, storeOffline } from './send-bytes.ts';
import { type UploadJob, uploadFile } from './upload-file.ts';

/** A server and a store in one, which keeps parts of four bytes and fails as it is told. */
let http: Server;
let address: string;
let stored: Map<number, string>;
/** What is asked for, in its order: `PUT 1`, `POST complete`. */
let asked: string[];
/** How often what is asked for fails, and as what: a status, or 0 for a connection that breaks. */
let failing: Map<string, number[]>;
const content = '0123456789';

beforeAll(async () => {
  http = createServer(async (request, response) => {
    const what = `${request.method} ${request.url?.split('/').at(-1)}`;
    asked.push(what);
    const sent = await text(request).catch(() => '');
    const status = failing.get(what)?.shift();
    if (status === 0) return void response.destroy();
    if (status !== undefined) {
      const code = what === 'POST complete' && status === 409 ? 'upload-incomplete' : 'refused';
      response.statusCode = status;
      return void response.end(JSON.stringify({ code, title: `It is ${status}.`, detail: '', status }));
    }
    response.end(JSON.stringify(answer(request, what, sent)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
});
afterAll(() => void http.close());
beforeEach(() => {
  stored = new Map();
  asked = [];
  failing = new Map();
});

function answer({ method }: IncomingMessage, what: string, sent: string): unknown {
  if (method === 'PUT') return stored.set(Number(what.split(' ')[1]), sent).size;
  const file = { id: 'f1', state: what === 'POST complete' ? 'ready' : 'uploading' };
  if (what === 'POST complete') return file;
  if (what === 'POST sign') {
    const signed = (part: number) => ({
      ...{ part, bytes: 4 },
      request: { method: 'PUT', url: `${address}${part}`, headers: {} },
    });
    return { items: (JSON.parse(sent) as number[]).map(signed), expiresAt: '' };
  }
  return { file, sending: { kind: 'parts', partBytes: 4, parts: 3, arrived: [...stored.keys()] } };
}

async function ask(method: string, path: string, body?: unknown) {
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const response = await fetch(address + path, init).catch(() => {
    throw storeOffline();
  });
  if (!response.ok) throw refusal(response.status, await response.text());
  return response.json();
}

const server = {
  read: () => ask('GET', 'upload'),
  sign: (_: string, parts: number[]) => ask('POST', 'sign', parts),
  complete: () => ask('POST', 'complete'),
} satisfies UploadJob['server'];

const send: SendBytes = async ({ method, url, headers }, body, { signal, onProgress }) => {
  const response = await fetch(url, { method, headers, body, signal }).catch(() => {
    throw signal.aborted ? signal.reason : storeOffline();
  });
  if (!response.ok) throw refusal(response.status, await response.text());
  onProgress(body.size);
};

const jobOf = (over: Partial<UploadJob> = {}): UploadJob => ({
  ...{ server, send, pause: 1, signal: new AbortController().signal },
  ...{ onProgress: () => undefined, onWaiting: () => undefined, onChecking: () => undefined },
  ...over,
});
const run = async (job = jobOf()) => uploadFile(new Blob([content]), await server.read(), job);
const whole = () => [1, 2, 3].map((part) => stored.get(part)).join('');

describe('an upload in parts', () => {
  it('sends each part once, and tells how far it is', async () => {
    const told: number[] = [];
    expect(await run(jobOf({ onProgress: (sent) => told.push(sent) }))).toMatchObject({ state: 'ready' });
    expect(whole()).toBe(content);
    expect(asked.filter((what) => what.startsWith('PUT')).sort()).toEqual(['PUT 1', 'PUT 2', 'PUT 3']);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.at(-1)).toBe(10);
  });

  it('outlasts connections that break and a server that restarts, and says that it waits', async () => {
    failing.set('PUT 2', [0, 0, 503]).set('POST sign', [0]).set('POST complete', [502]);
    const waits: boolean[] = [];
    await run(jobOf({ onWaiting: (wait) => waits.push(wait) }));
    expect(whole()).toBe(content);
    expect(waits.filter(Boolean)).toHaveLength(5);
    expect(waits.at(-1)).toBe(false);
  });

  it('goes on where it was: what has arrived is not sent again', async () => {
    stored.set(1, '0123').set(3, '89');
    await run();
    expect(asked.filter((what) => what.startsWith('PUT'))).toEqual(['PUT 2']);
  });

  it('renews a link that is over, and gives up when it is refused again', async () => {
    failing.set('PUT 1', [403]);
    await run();
    expect(whole()).toBe(content);
    failing.set('PUT 1', [403, 403]);
    stored.delete(1);
    await expect(run()).rejects.toMatchObject({ status: 403, message: 'It is 403.' });
  });

  it('sends what the server misses at the end', async () => {
    failing.set('POST complete', [409]);
    const job = jobOf({
      onChecking: () => asked.filter((what) => what === 'POST complete').length === 0 && stored.delete(2),
    });
    await run(job);
    expect(whole()).toBe(content);
    expect(asked.filter((what) => what === 'PUT 2')).toHaveLength(2);
  });

  it('ends with why it was refused, and asks no more', async () => {
    failing.set('POST complete', [422]);
    await expect(run()).rejects.toMatchObject({ status: 422, message: 'It is 422.' });
    expect(asked.at(-1)).toBe('POST complete');
  });

  it('stops when it is cancelled, also while it waits for the network', async () => {
    const stop = new AbortController();
    failing.set('PUT 1', Array(20).fill(0));
    const job = jobOf({
      signal: stop.signal,
      pause: 60_000,
      onWaiting: () => stop.abort(new Error('cancelled')),
    });
    await expect(run(job)).rejects.toThrow('cancelled');
    expect(asked).not.toContain('POST complete');
  });
});
