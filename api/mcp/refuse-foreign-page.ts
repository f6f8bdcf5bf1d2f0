import type { IncomingMessage } from 'node:http';
import type { Config } from '../../contracts/config.ts';
import { ApiProblem } from '../problems.ts';

/**
 * Pages of other sites may call only where the operator names them (HIVIEX_CORS_ORIGINS). A page whose name was made to lead to this
 * machine names itself as the host, too: so the host proves nothing, unless it is this machine.
 *
 * @throws ApiProblem `forbidden`
 */
export function refuseForeignPage(
  { headers: { origin, host } }: IncomingMessage,
  { PUBLIC_URL, HIVIEX_CORS_ORIGINS }: Pick<Config, 'PUBLIC_URL' | 'HIVIEX_CORS_ORIGINS'>,
): void {
  if (origin === undefined || HIVIEX_CORS_ORIGINS.includes(origin)) return;
  if (PUBLIC_URL !== undefined && new URL(PUBLIC_URL).origin === origin) return;
  const page = URL.canParse(origin) ? new URL(origin) : undefined;
  if (page && loopback.has(page.hostname) && page.host === host) return;
  throw new ApiProblem('forbidden');
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
