/**
 * The session cookie. `HttpOnly` keeps scripts from it, `SameSite=Lax` other sites, `Secure` plain HTTP where there is HTTPS, and
 * the prefix `__Host-` there keeps sibling domains from planting one of theirs.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../contracts/config.ts';

export function isHttps({ PUBLIC_URL }: Config): boolean {
  return PUBLIC_URL?.startsWith('https:') ?? false;
}

export function sessionCookieName(config: Config): string {
  return isHttps(config) ? '__Host-hiviex_session' : 'hiviex_session';
}

/** The session's token, if the request has one. */
export function readSessionCookie(
  request: { headers: IncomingHttpHeaders },
  config: Config,
): string | undefined {
  const wanted = sessionCookieName(config);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** The `Set-Cookie` value. @param maxAge seconds; 0 takes the cookie away */
export function writeSessionCookie(token: string, maxAge: number, config: Config): string {
  const secure = isHttps(config) ? '; Secure' : '';
  return `${sessionCookieName(config)}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}
