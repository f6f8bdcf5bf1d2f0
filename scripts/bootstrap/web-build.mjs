/**
 * Builds the web app when its sources differ from those of the last build, and otherwise does nothing.
 *
 * The stamp holds a hash of contents, not of times: switching branches back and forth, or a fresh clone, never rebuilds
 * or serves the wrong thing. The build goes to a folder of its own and is moved in place whole, so that neither an
 * interrupted build nor a server that runs meanwhile ever meets half a web app.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runChild } from './run-child.mjs';
import { SetupError, say } from './say.mjs';

/** What the bundle is made of, besides the packages: web/ itself and the two rooms it imports. */
const SOURCES = ['web', 'contracts', 'engine'];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist']);

/** @param {string} root checkout */
export function webBuildIsStale(root) {
  const stamp = join(root, 'web', 'dist', '.stamp');
  return !existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== webSourcesHash(root);
}

/** @returns {string} sha256 over path and content of every source file and the lock file, in path order. */
export function webSourcesHash(root) {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((folder) => filesBelow(join(root, folder)));
  for (const file of [...files, join(root, 'package-lock.json')]) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Builds the web app with the given Node when it is stale. Throws SetupError when the build fails. */
export async function ensureWebBuild(root, node) {
  if (!webBuildIsStale(root)) return;
  say('Building the web app (it is new or has changed) …');
  const hash = webSourcesHash(root); // before the build: an edit made during it must count as a change
  const fresh = join(root, '.hiviex', `web-build-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  try {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [vite, 'build', 'web', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
    const { code, output } = await runChild(node, args, { cwd: root, quiet: true });
    if (code !== 0)
      throw new SetupError(`The web app does not build:\n${stripVTControlCharacters(output).trim()}`);
    writeFileSync(join(fresh, '.stamp'), `${hash}\n`);
    const dist = join(root, 'web', 'dist');
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(path);
      return entry.isFile() && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
    });
}
