/**
 * `npm start`: everything from a bare checkout to a running Hiviex. Installs what is missing, builds the web app when
 * it is stale, and hands over to scripts/serve.ts, which starts Temporal, the database, the API and the worker.
 */
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';
import { serverEnv } from './bootstrap/server-env.mjs';
import { ensureWebBuild } from './bootstrap/web-build.mjs';

await main(async () => {
  const node = await bootstrap();
  await ensureWebBuild(root, node);
  const serve = [join(root, 'scripts', 'serve.ts'), ...process.argv.slice(2)];
  const { code } = await runChild(node, serve, { env: serverEnv() });
  return code;
});
