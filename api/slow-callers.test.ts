import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readBody } from './body.ts';
import { limitSlowCallers } from './slow-callers.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const serve = async () => {
  server = createServer({ connectionsCheckingInterval: 20 }, async (request, response) => {
    await readBody(request, 1_000).catch(() => {});
    response.end('done');
  });
  limitSlowCallers(server, { headersMs: 100, requestMs: 200 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

describe('A caller who does not come to the end', () => {
  it.each([
    ['of the headers', 'POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
    ['of the body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nslow'],
  ])('%s is cut off', async (_, beginning) => {
    const socket = connect(await serve(), '127.0.0.1');
    socket.write(beginning);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });
});
