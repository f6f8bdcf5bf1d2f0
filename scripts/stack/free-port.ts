/**
 * A free TCP port on 127.0.0.1: the preferred one when nobody listens there, otherwise any the system offers.
 * The port is free when this returns, and not reserved: use it at once.
 */
import { createServer } from 'node:net';

export async function freePort(preferred?: number): Promise<number> {
  if (preferred) {
    const port = await tryPort(preferred);
    if (port) return port;
  }
  const port = await tryPort(0);
  if (!port) throw new Error('No free TCP port on 127.0.0.1.');
  return port;
}

/** The port listened on (and released again), or undefined when it is taken or not ours to open. */
function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => resolve(port));
    });
  });
}
