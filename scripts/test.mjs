/** `npm test [-- jest arguments]`: packages and Node first, then scripts/test-run.ts prepares the servers and runs Jest. */
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';

await main(async () => {
  const node = await bootstrap();
  const { code } = await runChild(node, [join(root, 'scripts', 'test-run.ts'), ...process.argv.slice(2)]);
  return code;
});
