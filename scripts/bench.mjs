/** `npm run bench [-- arguments]`: packages and Node first, then bench/main.ts with the arguments as they are. */
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';

await main(async () => {
  const node = await bootstrap();
  const { code } = await runChild(node, [join(root, 'bench', 'main.ts'), ...process.argv.slice(2)]);
  return code;
});
