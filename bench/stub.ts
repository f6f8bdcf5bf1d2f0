/** The HTTP service that the measured runs call: answers at once and counts, so a load knows when its runs have done their work. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Stub {
  url: string;
  /** Requests answered so far. */
  readonly answered: number;
  close(): void;
}

export async function startStub(): Promise<Stub> {
  let answered = 0;
  const body = JSON.stringify({ ok: true });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(body);
    answered++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get answered() {
      return answered;
    },
    close: () => server.close(),
  };
}
