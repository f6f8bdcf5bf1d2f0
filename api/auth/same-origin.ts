/**
 * Writes that a cookie authorises must come from our own pages, or any site a signed-in person visits could make them.
 * Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`) and pages can't forge either; programs that send
 * neither have no cookie that somebody else could ride on.
 */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../../contracts/config.ts';
import { ApiProblem } from '../problems.ts';

/** @throws ApiProblem `forbidden` */
export function refuseForeignOrigin(request: IncomingMessage, config: Config): void {
  if (!isSameOrigin(request, config)) throw new ApiProblem('forbidden');
}

export function isSameOrigin(request: IncomingMessage, config: Config): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  // "same-site" is refused too: a sibling subdomain may belong to somebody else.
  if (site !== undefined) return site === 'same-origin' || site === 'none' || allowed(origin, config);
  if (origin === undefined) return true;
  return allowed(origin, config) || hostOf(origin) === request.headers.host;
}

function allowed(origin: string | undefined, { PUBLIC_URL }: Config): boolean {
  return origin !== undefined && PUBLIC_URL !== undefined && new URL(PUBLIC_URL).origin === origin;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
