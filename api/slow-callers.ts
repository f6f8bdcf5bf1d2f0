/**
 * A caller who sends a request a byte at a time holds a connection for as long as we let them (slowloris). Our requests are small:
 * headers have 15 seconds, the whole request a minute. How long an answer may take is not limited by this.
 *
 * Node looks for late callers every `connectionsCheckingInterval` of the server, 30 s unless it was made with another.
 */
import type { Server } from 'node:http';

export interface SlowCallerLimits {
  /** Milliseconds from the first byte to the end of the headers, and of the body. */
  headersMs?: number;
  requestMs?: number;
}

export function limitSlowCallers(
  server: Server,
  { headersMs = 15_000, requestMs = 60_000 }: SlowCallerLimits = {},
): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.maxHeadersCount = 100;
}
