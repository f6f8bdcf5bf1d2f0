import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';

describe('freePort', () => {
  it('gives the preferred port when it is free, and another when somebody listens there', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;

    expect(await isListening(port)).toBe(true);
    const other = await freePort(port);
    expect(other).not.toBe(port);
    expect(other).toBeGreaterThan(0);

    taken.close();
    await once(taken, 'close');
    expect(await isListening(port)).toBe(false);
    expect(await freePort(port)).toBe(port);
  });

  it('steps aside for a listener on all addresses too', async () => {
    const taken = createServer().listen(0, '0.0.0.0');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(await freePort(port)).not.toBe(port);
    taken.close();
    await once(taken, 'close');
  });
});
