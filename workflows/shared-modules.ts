/**
 * Loaded once per worker thread and shared by all workflows in it (`preloadModules`, see worker/bundle.ts): all of the engine and
 * the contracts that workflows use, and the libraries they need (shared-modules.test.ts holds this list to that). The SDK loads every
 * other module anew for each workflow, which for these costs ten times what a short run does.
 *
 * Sharing is safe because these modules keep nothing of a run: what they remember (parsed expressions, compiled graphs, zod's lazy
 * members) follows from its key alone. The SDK freezes shared modules deeply, and zod adds its members late; so their export
 * objects are frozen here, shallowly, at which the SDK stops.
 */
import '../contracts/agents/instructions.ts';
import '../contracts/agents/run.ts';
import '../contracts/agents/tool.ts';
import '../contracts/bulk.ts';
import '../contracts/catalogue/index.ts';
import '../contracts/chat/conversation.ts';
import '../contracts/child-run.ts';
import '../contracts/effect.ts';
import '../contracts/knowledge/reindex.ts';
import '../contracts/knowledge/document.ts';
import '../contracts/knowledge/ingest.ts';
import '../contracts/limits.ts';
import '../contracts/outputs-preview.ts';
import '../contracts/run-header.ts';
import '../contracts/variables.ts';
import '../engine/agents/context.ts';
import '../engine/agents/limits.ts';
import '../engine/agents/read-arguments.ts';
import '../engine/agents/repeats.ts';
import '../engine/agents/shorten.ts';
import '../engine/agents/tool-definition.ts';
import '../engine/gates/gate.ts';
import '../engine/graph/compiled-versions.ts';
import '../engine/limits/slot-table.ts';
import '../engine/limits/wants.ts';
import '../engine/run/run-graph.ts';

declare const __webpack_modules__: Record<string, unknown>;
declare const __webpack_module_cache__: Record<string, { exports?: object } | undefined>;

const ours = /^\.\/(contracts|engine|node_modules\/(zod|luxon|acorn))\//;

for (const id of Object.keys(__webpack_modules__))
  if (ours.test(id)) Object.freeze(__webpack_module_cache__[id]?.exports);

Error.stackTraceLimit = 0;

/**
 * The SDK asks of each promise that a workflow makes, and again when it settles, whose it is, and takes an `Error` of its context
 * for a stack trace (query `__stack_trace`): each time by compiling a function, `promise.constructor.constructor(code)`. There are no
 * lines to be had (above), so the answers are given at once, and there is no error to make. It saves a tenth of the workflow
 * thread's time in a short run. Whose a promise is stays known: an unhandled rejection has to fail its own workflow's task. Should
 * the SDK ask something else one day, every workflow test fails.
 */
const answers: Record<string, () => unknown> = {
  'return globalThis.__TEMPORAL_ACTIVATOR__': () => Reflect.get(globalThis, '__TEMPORAL_ACTIVATOR__'),
  'return globalThis.Error': () => Object,
};
Object.defineProperty(Promise, 'constructor', { value: (code: string) => answers[code] });
