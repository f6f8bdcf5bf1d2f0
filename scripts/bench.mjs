/** `npm run bench [-- arguments]`: packages and Node first, then bench/main.ts with the arguments as they are. */
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';
import { serverEnv } from './bootstrap/server-env.mjs';

await main(async () => {
  const node = await bootstrap();
  // The contestants inherit it: both run with the same tuning.
  const file = process.argv.includes('--list') ? 'list/main.ts' : 'main.ts';
  const bench = [join(root, 'bench', file), ...process.argv.slice(2)];
  const { code } = await runChild(node, bench, { env: serverEnv() });
  return code;
});
