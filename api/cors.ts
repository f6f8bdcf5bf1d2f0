/**
 * Pages of other sites may call the API when the operator names them (HIVIEX_CORS_ORIGINS), and only with an API key: cookies are
 * never allowed along, so a signed-in person's session is worth nothing there. The cookie-authenticated writes are refused besides
 * (`auth/same-origin.ts`).
 */
import type { RequestHandler } from 'express';
import type { Config } from '../contracts/config.ts';
import { ApiProblem } from './problems.ts';

const requestHeaders =
  'authorization, content-type, accept-language, idempotency-key, if-match, mcp-session-id, mcp-protocol-version';
const answerHeaders =
  'etag, location, retry-after, ratelimit, ratelimit-policy, idempotent-replayed, content-disposition, hiviex-run, mcp-session-id';
const methods = 'GET, POST, PUT, PATCH, DELETE';
/** Seconds that a browser remembers a preflight. */
const remembered = '600';

/** @throws ApiProblem `forbidden` for a preflight from a page that is not named */
export function cors({ HIVIEX_CORS_ORIGINS }: Pick<Config, 'HIVIEX_CORS_ORIGINS'>): RequestHandler {
  const allowed = new Set(HIVIEX_CORS_ORIGINS);
  return (request, response, next) => {
    const { origin } = request.headers;
    if (allowed.size > 0) response.vary('Origin');
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (origin === undefined || !allowed.has(origin)) {
      if (isPreflight) throw new ApiProblem('forbidden');
      return next();
    }
    if (!isPreflight && request.headers.authorization === undefined) return next();
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', answerHeaders);
    if (!isPreflight) return next();
    response.setHeader('access-control-allow-methods', methods);
    response.setHeader('access-control-allow-headers', requestHeaders);
    response.setHeader('access-control-max-age', remembered);
    response.status(204).end();
  };
}
