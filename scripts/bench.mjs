/** `npm run bench [-- arguments]`, `npm run bench -- chat`, `npm run bench -- knowledge`, `npm run soak`: packages and Node first, then bench/main.ts or another, with the arguments as they are. */
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';
import { serverEnv } from './bootstrap/server-env.mjs';

await main(async () => {
  const node = await bootstrap();
  // The contestants inherit it: both run with the same tuning.
  const file = fileOf(process.argv);
  const bench = [join(root, 'bench', file), ...process.argv.slice(2)];
  const { code } = await runChild(node, bench, { env: serverEnv() });
  return code;
});

function fileOf(given) {
  if (given.includes('chat')) return 'chat/main.ts';
  if (given.includes('knowledge')) return 'knowledge/main.ts';
  if (given.includes('--list')) return 'list/main.ts';
  return given.includes('--soak') ? 'soak/main.ts' : 'main.ts';
}
