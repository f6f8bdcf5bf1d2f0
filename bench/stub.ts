/** The HTTP service that the measured runs call: answers at once, and knows how long its own answers took. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export async function startStub(): Promise<{ url: string; close(): void }> {
  const body = JSON.stringify({ ok: true });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}
