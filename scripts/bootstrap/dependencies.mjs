/**
 * Installs the npm packages when they are missing or when package-lock.json changed, and otherwise does nothing.
 *
 * What is installed is recorded in node_modules/.hiviex-lock, which `npm ci` itself removes first: an installation that
 * was interrupted never counts as done.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './run-child.mjs';
import { SetupError, say } from './say.mjs';

/**
 * @param {string} root checkout
 * @returns {'installed' | 'missing' | 'changed'}
 */
export function dependencyState(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'missing';
  const stamp = stampPath(root);
  if (existsSync(stamp))
    return readFileSync(stamp, 'utf8').trim() === lockHash(root) ? 'installed' : 'changed';
  // Somebody ran `npm ci` by hand: npm's own record says whether that installed what the lock file asks for.
  if (!matchesNpmRecord(root)) return 'changed';
  writeFileSync(stamp, `${lockHash(root)}\n`);
  return 'installed';
}

/** Makes node_modules what package-lock.json says. Throws SetupError with npm's own words when that fails. */
export async function ensureDependencies(root) {
  const state = dependencyState(root);
  if (state === 'installed') return;
  say(
    state === 'missing'
      ? 'Installing the npm packages (about a minute) …'
      : 'package-lock.json has changed: installing the npm packages anew …',
  );
  const command = lockIsComplete(root) ? ['ci'] : ['install', '--no-save'];
  const { code } = await runChild('npm', [...command, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: environmentOutside(root),
  });
  if (code !== 0) throw new SetupError(`npm ${command[0]} failed (exit code ${code}); its message is above.`);
  if (!matchesNpmRecord(root)) {
    throw new SetupError(
      'npm installed something else than package-lock.json asks for: is package.json newer than it?',
    );
  }
  writeFileSync(stampPath(root), `${lockHash(root)}\n`);
}

/**
 * `npm ci` refuses a lock file in which any optional package is missing, even those of other platforms, and npm leaves
 * them out when the registry that the lock file was made with does not have them. `npm install --no-save` takes such a
 * lock file: the same versions, only slower.
 */
export function lockIsComplete(root) {
  const packages = readLock(root);
  return Object.entries(packages).every(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).every((name) => resolves(packages, path, name)),
  );
}

/** Whether the package at `from` finds `name` in its own node_modules or in one further up. */
function resolves(packages, from, name) {
  for (let path = from; ; path = path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1))) {
    if (`${path}${path && '/'}node_modules/${name}` in packages) return true;
    if (path === '') return false;
  }
}

function readLock(root) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}

function stampPath(root) {
  return join(root, 'node_modules', '.hiviex-lock');
}

/** The platform belongs to it: a checkout shared between a Mac and a container needs other binaries on each. */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
}

function matchesNpmRecord(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readLock(root);
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const sameVersions = Object.entries(installed).every(([path, entry]) => {
    if (!wanted[path]) return Boolean(entry.optional); // this platform's own package, see lockIsComplete
    return wanted[path].version === entry.version && wanted[path].integrity === entry.integrity;
  });
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || path in installed,
  );
  return sameVersions && complete;
}

/**
 * Our environment without what `npm start` added to it. npm must not run on the Node inside the node_modules that it is
 * about to delete, nor take the settings of the npm command that started us for its own.
 */
function environmentOutside(root) {
  const inside = join(root, 'node_modules');
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(lifecycle|package|config_global|command|execpath|node)/.test(name),
    ),
  );
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(inside))
    .join(delimiter);
  return env;
}
