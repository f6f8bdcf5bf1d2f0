/**
 * The one way out: every HTTP connection of an automation is made by this dispatcher, so pool sizes, time limits and (next) the
 * guard against requests into the private network have one place to be.
 */
import { Agent, type Dispatcher } from 'undici';

const connectTimeoutMs = 10_000;
/** Connections to one origin at a time; further requests queue. */
const connectionsPerOrigin = 64;

/** Keep-alive connections, no pipelining (one slow answer would hold up the next). Close it when done. */
export function createDispatcher(): Dispatcher {
  return new Agent({
    connections: connectionsPerOrigin,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 60_000,
    maxOrigins: 10_000,
    connect: { timeout: connectTimeoutMs, autoSelectFamily: true },
  });
}
