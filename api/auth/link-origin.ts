/**
 * The origin that links in mails and redirects lead to. Anybody can write any `Host` into a request, and a link that is mailed to
 * somebody else must not lead where the sender of the request wants: only a loopback name is believed, and only while no address
 * is configured.
 */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../../contracts/config.ts';
import { publicUrl } from '../public-url.ts';

/** E.g. `https://hiviex.example`, without a path. */
export function linkOrigin(config: Config, request: Pick<IncomingMessage, 'headers'>): string {
  const asked = `http://${request.headers.host ?? ''}`;
  if (config.PUBLIC_URL === undefined && URL.canParse(asked) && isLoopback(new URL(asked).hostname))
    return new URL(asked).origin;
  return new URL(publicUrl(config)).origin;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
