/**
 * Where a request comes from. Behind reverse proxies the last `HIVIEX_TRUST_PROXY` entries of `X-Forwarded-For` are theirs; what
 * stands before them anybody could have written. Let nobody reach the API past the proxies: such a caller would write them all.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Config } from '../contracts/config.ts';

/** Undefined: the connection is closed already, or a proxy wrote something else than an address. */
export function clientIp(
  request: IncomingMessage,
  { HIVIEX_TRUST_PROXY: hops }: Pick<Config, 'HIVIEX_TRUST_PROXY'>,
): string | undefined {
  const direct = request.socket.remoteAddress;
  if (hops === 0) return addressOf(direct);
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const chain = [...forwarded.map((entry) => entry.trim()).filter(Boolean), direct];
  return addressOf(chain[Math.max(0, chain.length - 1 - hops)]);
}

/** Some proxies write the port along: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function addressOf(entry: string | undefined): string | undefined {
  const bare = entry?.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  const address = bare?.replace(/^::ffff:(?=[\d.]+$)/i, '');
  return address !== undefined && isIP(address) > 0 ? address : undefined;
}
