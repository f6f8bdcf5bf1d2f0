/**
 * `/auth`: where people who sign in elsewhere come back to, and the rest of Auth.js that signing in needs. Its session, sign-out,
 * pages and passwords stay closed: we have our own, and one of each is enough to guard.
 */
import type { IncomingMessage } from 'node:http';
import { Auth, skipCSRFCheck } from '@auth/core';
import { ExpressAuth } from '@auth/express';
import type { Express, Request, RequestHandler } from 'express';
import { hasAuditRow } from '../../audit/audit.ts';
import { clientIp } from '../../client-ip.ts';
import type { ApiDeps } from '../../deps.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import { notFound } from '../../problems.ts';
import { recordRefusal } from '../check-password.ts';
import { sessionCookieName } from '../cookie.ts';
import { linkOrigin } from '../link-origin.ts';
import { refuseForeignOrigin } from '../same-origin.ts';
import { authConfig, mailProvider } from './auth-config.ts';

const open: Readonly<Record<string, RegExp>> = {
  GET: /^\/(csrf|error|verify-request|callback\/[\w-]+)$/,
  POST: /^\/signin\/[\w-]+$/,
};

export function mountAuthJs(app: Express, deps: ApiDeps, limits: RateLimits): void {
  app.use('/auth', serve(deps, limits));
}

function serve(deps: ApiDeps, limits: RateLimits): RequestHandler {
  return async (request, response, next) => {
    if (!open[request.method]?.test(request.path)) throw notFound('address');
    const asked = copyOf(request);
    // Asking for a mail always succeeds, so as a sign-in it would never count.
    const meter = limits.meter(request.path === `/signin/${mailProvider}` ? 'mail' : 'sign-in', response);
    await meter.count({ ip: clientIp(asked, deps.config) ?? 'unknown' });
    if (request.method === 'POST') refuseForeignOrigin(request, deps.config);
    response.set('cache-control', 'no-store');
    response.once('finish', () => {
      const error = errorIn(response.getHeader('location'));
      meter.settle(error === undefined).catch((err) => deps.log.warn({ err }, 'a sign-in was not counted'));
      if (error === undefined || hasAuditRow(asked)) return;
      const method = request.path.split('/').at(-1) ?? '';
      recordRefusal(deps, asked, undefined, { reason: error, method }).catch((err) =>
        deps.log.error({ err }, 'a refusal could not be audited'),
      );
    });
    const config = await authConfig(deps, asked);
    await ExpressAuth(config)(presentable(request, deps), response, next);
  };
}

/** Asks Auth.js to mail a link, for our own route: that has checked where the request comes from. */
export async function requestMagicLink(
  deps: ApiDeps,
  request: IncomingMessage,
  { email, to }: { email: string; to: string },
): Promise<void> {
  const url = `${linkOrigin(deps.config, request)}/auth/signin/${mailProvider}`;
  const body = new URLSearchParams({ email, callbackUrl: to });
  const config = await authConfig(deps, request);
  await Auth(new Request(url, { method: 'POST', body }), { ...config, skipCSRFCheck });
}

/** The request as it came. Auth.js is shown another one. */
function copyOf(request: Request): IncomingMessage {
  return Object.create(request, { headers: { value: { ...request.headers } } }) as IncomingMessage;
}

/**
 * As Auth.js is to see it: at our own address, whatever `Host` says, because it makes links of that; and without a session, which it
 * would keep or link accounts to instead of opening a new one.
 */
function presentable(request: Request, { config }: ApiDeps): Request {
  const origin = new URL(linkOrigin(config, request));
  const session = `${sessionCookieName(config)}=`;
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  request.headers.cookie = cookies.filter((part) => part && !part.startsWith(session)).join('; ');
  request.headers.host = origin.host;
  Object.defineProperty(request, 'protocol', { value: origin.protocol.slice(0, -1) });
  return request;
}

/** `?error=` of where a person is sent, when it went wrong. */
function errorIn(location: unknown): string | undefined {
  if (typeof location !== 'string') return undefined;
  return new URL(location, 'http://localhost').searchParams.get('error') ?? undefined;
}
