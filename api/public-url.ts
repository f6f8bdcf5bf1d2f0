/** The address that people and callers reach this instance at. */
import type { Request } from 'express';
import type { Config } from '../contracts/config.ts';
import { publicUrlOf } from '../contracts/public-url.ts';

/** Without a slash at its end. `PUBLIC_URL` decides; without it the address that this request came to. */
export function publicUrl(config: Config, request?: Pick<Request, 'protocol' | 'get'>): string {
  if (config.PUBLIC_URL !== undefined || !request) return publicUrlOf(config);
  return `${request.protocol}://${request.get('host')}`;
}
