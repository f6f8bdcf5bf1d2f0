/**
 * Jest's runtime with Node's own module loader: a test file, and what it imports, load as the product loads them and once for
 * all files of a worker. Jest's loader reads, transforms and links every module anew for every file, which took longer than
 * most of the tests. It does so to mock modules and to give each file fresh ones; no test of ours asks for either.
 */
import { createRequire, enableCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setGlobals } from './globals.ts';

// Required, not imported: its types tell of its CommonJS form.
const { default: Runtime } = createRequire(import.meta.url)('jest-runtime') as typeof import('jest-runtime');

enableCompileCache();
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: new URL('./globals.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

export default class NativeRuntime extends Runtime {
  override setGlobalsForRuntime(globals: Parameters<typeof setGlobals>[0]): void {
    setGlobals(globals);
  }

  override unstable_shouldLoadAsEsm(path: string): boolean {
    return path.endsWith('.ts');
  }

  override unstable_importModule(path: string): Promise<unknown> {
    return import(pathToFileURL(path).href);
  }
}
