import { findGoProgram } from './find-go-program.ts';
import type { Say } from './say.ts';

/** Proxies that cut and slow what goes through them, for the tests. The module calls the program `server`. */
export function findToxiproxy(options: { say: Say }): Promise<{ path: string } | { skipped: string }> {
  const module = 'github.com/Shopify/toxiproxy/v2/cmd/server';
  return findGoProgram({ name: 'toxiproxy-server', module, version: 'v2.12.0', minutes: 1 }, options);
}
