/**
 * The Node that runs everything but this set-up: the npm package `node`, pinned in package.json, so that a machine whose
 * own Node is older needs nothing else installed. A system Node that can run TypeScript as it is will do in its place.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, say } from './say.mjs';

/** The first Node that strips types without a flag and without a warning on every import. */
const OLDEST = [22, 17];

/**
 * @param {string} root checkout, with its packages installed
 * @returns {string} path of a Node that can run the product. Throws SetupError when there is none.
 */
export function nodeBinary(root) {
  const pinned = join(root, 'node_modules', 'node', 'bin', 'node');
  if (runs(pinned)) return pinned;

  const system = process.version;
  // npm may just have deleted the Node that runs this: the pinned one of an installation before.
  const here = existsSync(process.execPath) ? process.execPath : undefined;
  if (here && isNewEnough(system)) {
    say(
      `The pinned Node is not installed (npm may be set to skip install scripts): using this system's Node ${system}.`,
    );
    return here;
  }

  // npm skipped the package's install script, which is what puts the binary in place: do what it does.
  const installer = join(root, 'node_modules', 'node', 'installArchSpecificPackage.js');
  if (existsSync(installer)) {
    say('npm skipped the install script of the package `node`: fetching the pinned Node …');
    spawnSync(here ?? 'node', [installer], { cwd: join(root, 'node_modules', 'node'), stdio: 'ignore' });
    if (runs(pinned)) return pinned;
  }
  throw new SetupError(
    `Hiviex needs Node ${OLDEST.join('.')} or newer; this is ${system}, and the pinned Node could not be installed.\n` +
      'Either allow install scripts (npm config set ignore-scripts false) and run this again, or install a newer Node.',
  );
}

/** @param {string} version such as `v22.17.0` */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function runs(binary) {
  if (!existsSync(binary)) return false;
  const { status, stdout } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return status === 0 && isNewEnough(stdout.trim());
}
