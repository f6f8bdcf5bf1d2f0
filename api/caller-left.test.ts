import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { callerLeft } from './caller-left.ts';

describe('A caller', () => {
  it('has left when it closes the connection, whether somebody looked before that or only after', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
    caller.write('GET / HTTP/1.1\r\nhost: hiviex\r\n\r\n');
    const [, response] = await once(server, 'request');
    const asked = { res: response } as Request;
    const before = callerLeft(asked);
    expect(before.aborted).toBe(false);

    const gone = once(response, 'close');
    caller.destroy();
    await gone;
    expect(before.aborted).toBe(true);
    expect(callerLeft(asked).aborted).toBe(true);
    server.close();
  });

  it('has not left when it has its answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asking = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const [, response] = await once(server, 'request');
    const asked = { res: response } as Request;
    const before = callerLeft(asked);
    const closed = once(response, 'close');
    response.end('Hello');
    await (await asking).text();
    await closed;
    expect([before.aborted, callerLeft(asked).aborted]).toEqual([false, false]);
    server.closeAllConnections();
    server.close();
  });
});
