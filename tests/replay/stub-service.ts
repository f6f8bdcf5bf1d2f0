/** The world that recorded automations talk to: a small HTTP service that fails, hangs and recovers on request. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubService {
  url: string;
  /** Requests so far, as `METHOD /path`, with the idempotency key each came with. */
  requests: { line: string; key: string | undefined }[];
  close(): Promise<void>;
}

/**
 * - `/ok`: 200 `{ ok: true }`
 * - `/flaky/<n>/<id>`: 503 for the first n calls with this id, then 200 `{ calls }`
 * - `/missing`: 404
 * - `/refused`: 400
 * - `/job/<id>`: 200 `{ done }`, true from the third call with this id
 * - `/hang`: never answers
 */
export async function startStubService(): Promise<StubService> {
  const requests: StubService['requests'] = [];
  const calls = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({
      line: `${request.method} ${path}`,
      key: request.headers['idempotency-key'] as string | undefined,
    });
    const call = (calls.get(path) ?? 0) + 1;
    calls.set(path, call);
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const [, kind, argument] = path.split('/');
    request.resume();
    if (kind === 'hang') return;
    if (kind === 'missing') answer(404, { error: 'no such order' });
    else if (kind === 'refused') answer(400, { error: 'amount is missing' });
    else if (kind === 'flaky' && call <= Number(argument)) answer(503, { error: 'busy' });
    else if (kind === 'flaky') answer(200, { calls: call });
    else if (kind === 'job') answer(200, { done: call >= 3 });
    else answer(200, { ok: true });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
