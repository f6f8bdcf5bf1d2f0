/**
 * What every command of this checkout does first: packages, then the right Node. Plain JavaScript that runs on Node 20
 * with nothing installed, because it is what installs everything.
 */
import { ensureDependencies } from './dependencies.mjs';
import { nodeBinary } from './node-binary.mjs';
import { root } from './root.mjs';
import { SetupError } from './say.mjs';

/** @returns {Promise<string>} path of the Node to go on with */
export async function bootstrap() {
  await ensureDependencies(root);
  return nodeBinary(root);
}

/** Runs a command's main function; its result is the exit code. A SetupError is printed as a message, not as a crash. */
export async function main(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    process.stderr.write(`${error instanceof SetupError ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}
