/** Bundles the workflow code into the file given as the argument. Run by bundle.ts as a process of its own. */
import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { failureConverterPath } from '../payloads/index.ts';

const file = process.argv[2];
if (!file) throw new Error('Usage: build-bundle.ts FILE');

const root = fileURLToPath(new URL('..', import.meta.url));

type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/**
 * Reading a global costs 0.2 µs in the sandbox, 25 times what a local variable does, and a short run reads thousands. These never
 * change, so the bundle's outermost function takes them as parameters. Not among them: what the SDK replaces by deterministic ones
 * (`Date`, `Math`, timers, `WeakRef`).
 */
const constantGlobals = [
  ...['Object', 'Array', 'Map', 'Set', 'JSON', 'String', 'Number', 'Boolean', 'RegExp', 'Symbol', 'Reflect'],
  ...['Error', 'TypeError', 'RangeError', 'BigInt', 'Uint8Array', 'ArrayBuffer'],
  ...['isNaN', 'isFinite', 'parseInt', 'parseFloat'],
].join(', ');

const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  preloadModules: [fileURLToPath(new URL('../workflows/shared-modules.ts', import.meta.url))],
  failureConverterPath,
  logger: new DefaultLogger('ERROR'),
  webpackConfigHook: asWritten,
});
// Renamed into place: a reader never sees half a bundle.
const draft = `${file}.${process.pid}`;
await writeFile(draft, withConstantGlobals(code));
await rename(draft, file);

/**
 * The SDK compiles to ES2017, which makes every `{ ...object }` a chain of calls: object spread and class fields stay as written.
 * Modules are named from the root of the checkout, wherever the process was started: `workflows/shared-modules.ts` goes by these names.
 */
function asWritten(config: WebpackConfig): WebpackConfig {
  config.context = root;
  for (const rule of config.module?.rules ?? []) {
    const loader = rule && typeof rule === 'object' && typeof rule.use === 'object' ? rule.use : undefined;
    const jsc = (loader as { options?: { jsc?: { target?: string } } } | undefined)?.options?.jsc;
    if (jsc) jsc.target = 'es2022';
  }
  return config;
}

function withConstantGlobals(code: string): string {
  const head = '(() => { // webpackBootstrap';
  const from = code.indexOf(head);
  const tail = code.lastIndexOf('})()');
  if (from < 0 || tail < from)
    throw new Error('The bundle does not have the form that webpack gave it so far.');
  const body = code.slice(from + head.length, tail);
  return `${code.slice(0, from)}((${constantGlobals}) => {${body}})(${constantGlobals})${code.slice(tail + 4)}`;
}
