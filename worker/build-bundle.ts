/** Bundles the workflow code into the file given as the argument. Run by bundle.ts as a process of its own. */
import { rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const file = process.argv[2];
if (!file) throw new Error('Usage: build-bundle.ts FILE');

const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  preloadModules: [fileURLToPath(new URL('../workflows/shared-modules.ts', import.meta.url))],
  logger: new DefaultLogger('ERROR'),
});
// Renamed into place: a reader never sees half a bundle.
const draft = `${file}.${process.pid}`;
await writeFile(draft, code);
await rename(draft, file);
