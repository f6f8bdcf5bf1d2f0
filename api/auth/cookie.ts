/** The session cookie. `HttpOnly` keeps scripts from it, `SameSite=Lax` other sites, `Secure` plain HTTP where there is HTTPS. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../contracts/config.ts';

export const sessionCookie = 'hiviex_session';

export function readSessionCookie(request: { headers: IncomingHttpHeaders }): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === sessionCookie) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** The `Set-Cookie` value. @param maxAge seconds; 0 takes the cookie away */
export function writeSessionCookie(token: string, maxAge: number, config: Config): string {
  const secure = config.PUBLIC_URL?.startsWith('https:') ? '; Secure' : '';
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`;
}
