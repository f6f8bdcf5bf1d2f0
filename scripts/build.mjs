/**
 * Builds ahead what a start would build on the spot: the web app, and the workflow bundle in the cache of the data
 * folder (HIVIEX_DATA_DIR). The Dockerfile calls it, so that a container starts at once and needs no build tools.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';
import { say } from './bootstrap/say.mjs';
import { ensureWebBuild } from './bootstrap/web-build.mjs';

await main(async () => {
  const node = await bootstrap();
  await ensureWebBuild(root, node);
  say('Bundling the workflows …');
  const cache = join(process.env.HIVIEX_DATA_DIR ?? join(root, '.hiviex'), 'cache');
  const bundle = pathToFileURL(join(root, 'worker', 'bundle.ts')).href;
  const script = `await (await import(${JSON.stringify(bundle)})).workflowBundle(${JSON.stringify(cache)});`;
  const { code } = await runChild(node, ['--input-type=module', '--eval', script]);
  return code;
});
