/**
 * The workflow code as one script for the sandbox. Bundling takes seconds and 250 MB, so a child process does it, and the result is
 * kept and used again until a source that could be in it, or the lock file, changes.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['contracts', 'engine', 'workflows'];

/** Code of the bundle; made when `cacheDir` has none for the sources as they are. */
export async function workflowBundle(cacheDir: string): Promise<{ code: string }> {
  const file = join(cacheDir, `workflows-${await sourceHash()}.js`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return { code: kept };
  await mkdir(cacheDir, { recursive: true });
  const script = join(import.meta.dirname, 'build-bundle.ts');
  await promisify(execFile)(process.execPath, [script, file], { env: { ...process.env, NODE_OPTIONS: '' } });
  return { code: await readFile(file, 'utf8') };
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const room of rooms) {
    const files = await readdir(join(root, room), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
      hash.update(`${room}/${file}\0`).update(await readFile(join(root, room, file)));
  }
  for (const file of ['package-lock.json', 'worker/build-bundle.ts', 'payloads/failure-converter.cjs'])
    hash.update(await readFile(join(root, file)).catch(() => ''));
  return hash.digest('hex').slice(0, 16);
}
