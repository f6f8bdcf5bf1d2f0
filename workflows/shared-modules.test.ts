import { runInContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
// The sandbox itself: what is shown here leans on how the SDK asks, and has to fail when the SDK asks otherwise.
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';
import { workflowBundle } from '../worker/bundle.ts';

let sandbox: ReusableVMWorkflowCreator;
let code: string;

beforeAll(async () => {
  code = (await workflowBundle('.hiviex/cache')).code;
  const sourceMap = { version: 3, sources: [], names: [], mappings: '' };
  const bundle = { code, filename: 'workflows.js', sourceMap };
  sandbox = await ReusableVMWorkflowCreator.create(bundle as never, 5_000, new Set());
}, 120_000);
afterAll(async () => {
  globalHandlers.uninstall();
  await sandbox?.destroy();
});

it('tells the SDK whose a promise is without compiling a function for each, and keeps no trace of it', () => {
  const context = Reflect.get(sandbox, 'context');
  const store = { promiseToStack: new Map(), childToParent: new Map() };
  context.__TEMPORAL_ACTIVATOR__ = { info: { runId: 'run-1' }, promiseStackStore: store };
  const promise = runInContext('new Promise(() => {})', context);
  delete context.__TEMPORAL_ACTIVATOR__;
  expect(runInContext('Promise.constructor === Function', context)).toBe(false);
  expect(promise.runId).toBe('run-1');
  expect(store.promiseToStack.size).toBe(0);
});

it('are all modules of the engine and the contracts that workflows load', () => {
  const { __webpack_module_cache__: shared } = Reflect.get(sandbox, 'context');
  const loaded = [...code.matchAll(/^\/\*\*\*\/ "(\.\/(?:contracts|engine)\/[^"]+)"/gm)].map(([, id]) => id!);
  expect(loaded.length).toBeGreaterThan(100);
  expect(loaded.filter((id) => shared[id] === undefined)).toEqual([]);
});
