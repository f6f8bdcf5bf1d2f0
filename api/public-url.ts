/** The address that people and callers reach this instance at. */
import type { Request } from 'express';
import type { Config } from '../contracts/config.ts';

/** Without a slash at its end. `PUBLIC_URL` decides; without it the address that this request came to. */
export function publicUrl(config: Config, request?: Pick<Request, 'protocol' | 'get'>): string {
  const url =
    config.PUBLIC_URL ??
    (request ? `${request.protocol}://${request.get('host')}` : `http://localhost:${config.PORT ?? 3000}`);
  return url.replace(/\/+$/, '');
}
