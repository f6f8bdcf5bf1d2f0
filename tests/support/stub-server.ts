/**
 * The outside world of a test: an HTTP server in the test's own process, which outlives every kill. It writes down each request with
 * its idempotency key, when it came and when (if at all) it was answered.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  method: string;
  path: string;
  key: string | undefined;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** Undefined: the caller was gone before the answer left. */
  answeredAt?: number;
}

export interface StubServer {
  /** Without a trailing slash. */
  url: string;
  requests: readonly StubRequest[];
  close(): Promise<void>;
}

/** @param answer default: the request's idempotency key, as `{ "key": … }` */
export async function startStub({
  delayMs = () => 0,
  answer = answerKey,
}: {
  /** Milliseconds that this request takes. */
  delayMs?: () => number;
  answer?: (request: IncomingMessage, response: ServerResponse) => void;
} = {}): Promise<StubServer> {
  const requests: StubRequest[] = [];
  const server = createServer((request, response) => {
    const record: StubRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      key: request.headers['idempotency-key'] as string | undefined,
      receivedAt: Date.now(),
    };
    requests.push(record);
    response.once('finish', () => {
      record.answeredAt = Date.now();
    });
    request.resume();
    setTimeout(() => {
      if (!response.destroyed) answer(request, response);
    }, delayMs());
  });
  server.keepAliveTimeout = 60_000; // longer than any pause of the test: a connection that closes just then would be an error
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerKey(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ key: request.headers['idempotency-key'] }));
}
