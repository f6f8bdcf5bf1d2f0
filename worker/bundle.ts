/**
 * The workflow code as one script for the sandbox. Bundling takes seconds, so the result is kept and used again until a source
 * that could be in it, or the lock file, changes.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['contracts', 'engine', 'workflows'];

/** Code of the bundle; made when `cacheDir` has none for the sources as they are. */
export async function workflowBundle(cacheDir: string): Promise<{ code: string }> {
  const file = join(cacheDir, `workflows-${await sourceHash()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return { code: kept };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    preloadModules: [join(root, 'workflows/shared-modules.ts')],
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(cacheDir, { recursive: true });
  // Renamed into place: a reader never sees half a bundle.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, file);
  return { code };
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const room of rooms) {
    const files = await readdir(join(root, room), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
      hash.update(`${room}/${file}\0`).update(await readFile(join(root, room, file)));
  }
  for (const file of ['package-lock.json', 'worker/bundle.ts'])
    hash.update(await readFile(join(root, file)).catch(() => ''));
  return hash.digest('hex').slice(0, 16);
}
