/**
 * The one way out to URLs that users give: nothing private is reached unless the operator allows it. Make one per process.
 *
 *     const guard = createGuard({ allow: config.HIVIEX_ALLOW_PRIVATE_HOSTS });
 *     const response = await guard.fetch(url, { method: 'POST', body }, { maxBytes: 1_000_000, timeoutMs: 10_000 });
 *     await guard.close();
 *
 * http: and https: on any port: services live on all of them, and what must not be reached is decided by address.
 */
import type { LookupAddress } from 'node:dns';
import { Agent, type Dispatcher } from 'undici';
import { type Blocked, createAddressPolicy, type Lookup } from './address-policy.ts';
import { parseAllowList } from './allow-list.ts';
import { createGuardedConnector } from './guarded-connector.ts';
import { type FetchLimits, guardedFetch } from './guarded-fetch.ts';
import { parseTarget } from './parse-target.ts';

export type { Blocked } from './address-policy.ts';
export { BlockedAddress } from './blocked-address.ts';
export type { FetchLimits } from './guarded-fetch.ts';
export { OutboundError, type OutboundErrorCode } from './outbound-error.ts';

export interface Guard {
  /** For undici's `request` and libraries that take a dispatcher. Its errors reach the caller as they are: look for BlockedAddress. */
  dispatcher: Dispatcher;
  /** fetch with limits on size and time. @see guardedFetch */
  fetch(url: string | URL, init: RequestInit, limits: FetchLimits): Promise<Response>;
  /**
   * Whether a URL could be called now, for a form that is being saved. Promises nothing for later: only a connection through
   * this guard is safe. @throws BlockedAddress, OutboundError `bad-url`, or the resolver's error.
   */
  check(url: string | URL): Promise<void>;
  /**
   * For protocols other than HTTP (Postgres, SMTP, S3 of a user): connect to one of these addresses, not to the name.
   * @throws BlockedAddress, or the resolver's error.
   */
  resolve(host: string, port: number): Promise<[LookupAddress, ...LookupAddress[]]>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export interface GuardOptions {
  /** HIVIEX_ALLOW_PRIVATE_HOSTS as it is written. */
  allow: string;
  /** Default: the system's resolver. */
  lookup?: Lookup | undefined;
  /** Called for every refusal. For the log: it names the addresses, which an answer to a person must not. */
  onBlocked?: ((blocked: Blocked) => void) | undefined;
}

/** Connections to one origin at a time; further requests queue. */
const connectionsPerOrigin = 64;

/** @throws Error naming the entries of `allow` that cannot be read. */
export function createGuard({ allow, lookup, onBlocked }: GuardOptions): Guard {
  const policy = createAddressPolicy({ allow: parseAllowList(allow), lookup, onBlocked });
  // Keep-alive connections, no pipelining (one slow answer would hold up the next).
  const dispatcher = new Agent({
    connections: connectionsPerOrigin,
    pipelining: 1,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 60_000,
    maxOrigins: 10_000,
    connect: createGuardedConnector(policy),
  });
  return {
    dispatcher,
    fetch: (url, init, limits) => guardedFetch(url, init, limits, { dispatcher, policy }),
    async check(url) {
      const { host, port } = parseTarget(url);
      await policy.resolve(host, port);
    },
    resolve: (host, port) => policy.resolve(host.toLowerCase(), port),
    close: () => dispatcher.close(),
  };
}
