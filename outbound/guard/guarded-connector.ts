/**
 * Opens the connections of the guard. Name to address happens here, once per connection, and the socket gets the very addresses
 * that were checked: a DNS answer that changes between check and use has nothing to change. TLS and the Host header keep the name.
 *
 * Kept-alive connections need no second check, they lead where they led; each new one is resolved and checked anew.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';

/** Milliseconds, name resolution and TLS included. */
const connectTimeoutMs = 10_000;

export function createGuardedConnector(policy: AddressPolicy): buildConnector.connector {
  // `net.connect` tells its lookup the name only, and what is allowed may depend on the port.
  const target = new AsyncLocalStorage<{ port: number }>();

  const lookup: LookupFunction = (hostname, options, callback) => {
    const port = target.getStore()?.port ?? 0; // 0: no entry names it
    policy.resolve(hostname, port).then(
      (answers) => {
        const [first] = answers;
        if (options.all) callback(null, answers);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, options.all ? [] : '', 4),
    );
  };
  const connect = buildConnector({ timeout: connectTimeoutMs, autoSelectFamily: true, lookup });

  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    try {
      policy.assertLiteral(options.hostname, port); // sockets do not look addresses up
    } catch (error) {
      queueMicrotask(() => callback(error as Error, null)); // undici expects an answer later, never from within the call
      return;
    }
    target.run({ port }, () => connect(options, callback));
  };
}
