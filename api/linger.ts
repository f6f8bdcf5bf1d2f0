/**
 * After a refusal: throw away what the caller still sends, for a while, so that it can read the answer instead of a reset
 * connection; then cut the connection. Costs no memory, and no caller can keep us reading for ever.
 */
import type { IncomingMessage } from 'node:http';

const mostBytes = 64 * 1024 * 1024;
const mostMs = 30_000;

/** Calls `done` once, when the caller has sent all, left, or was cut off. */
export function linger(request: IncomingMessage, done: () => void): void {
  if (request.complete || request.destroyed) {
    done();
    return;
  }
  let left = mostBytes;
  const timer = setTimeout(() => request.destroy(), mostMs).unref();
  const stop = () => {
    clearTimeout(timer);
    request.off('end', stop).off('close', stop);
    done();
  };
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request
    .on('error', () => {})
    .once('end', stop)
    .once('close', stop);
  request.resume();
}
