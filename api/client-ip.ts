/**
 * Where a request comes from. Behind reverse proxies the last `HIVIEX_TRUST_PROXY` entries of `X-Forwarded-For` are theirs; what
 * stands before them anybody could have written.
 */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../contracts/config.ts';

export function clientIp(request: IncomingMessage, { HIVIEX_TRUST_PROXY: hops }: Config): string | undefined {
  const direct = request.socket.remoteAddress?.replace(/^::ffff:/, '');
  if (hops === 0) return direct;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const chain = [...forwarded.map((entry) => entry.trim()).filter(Boolean), direct];
  return chain[Math.max(0, chain.length - 1 - hops)];
}
