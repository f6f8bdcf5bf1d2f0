/**
 * After a refusal: throw away what the caller still sends, for a while, so that it can read the answer instead of a reset
 * connection; then cut the connection. Costs no memory, and no caller can keep us reading for ever.
 */
import type { IncomingMessage } from 'node:http';

const mostBytes = 64 * 1024 * 1024;
const mostMs = 10_000;

export function linger(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let left = mostBytes;
  const timer = setTimeout(() => request.destroy(), mostMs).unref();
  const stop = () => clearTimeout(timer);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.once('error', stop);
  request.once('end', stop);
  request.once('close', stop);
  request.resume();
}
