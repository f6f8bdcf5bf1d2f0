/**
 * Runs one builder's code in QuickJS. Called in a worker thread only: it blocks until the code ends.
 *
 * Walls, from inside out: QuickJS has no I/O, no modules and no host objects; its limits stop memory, stack and time; every call
 * gets a WebAssembly instance of its own (about 1 ms), so not even a fault in QuickJS carries anything from one workspace to
 * the next; the thread has no environment and is ended from outside when all of that fails (`code-pool.ts`).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import {
  describeThrown,
  outOfMemory,
  outOfStack,
  outOfTime,
  type Thrown,
  tamperedResult,
  unresolved,
} from './code-failure.ts';
import { createLogBook, type LogBook } from './log-book.ts';
import { callLuxon, formatLocally, luxonMembers, setLuxonClock } from './luxon-bridge.ts';
import type { CodeOutcome, CodeTask } from './task.ts';
import { type WebAssemblyMemory, webAssembly } from './web-assembly.ts';

const codeFile = 'code.js';
const pageBytes = 65_536;
/** What the sandbox's WebAssembly build starts with; it refuses a smaller memory. */
const initialPages = 256;
/** Bytes of QuickJS's own stack. The thread's native stack (code-pool.ts) is the larger one, so that this limit speaks first. */
const stackBytes = 256 * 1024;

const wasm = loadWasm();
const prelude = readFileSync(new URL('./prelude.js', import.meta.url), 'utf8');

/** @returns what came of it; every fault of the code is a `failed` outcome, never an exception. */
export async function runInSandbox(task: CodeTask): Promise<CodeOutcome> {
  const logs = createLogBook();
  const run = new SandboxRun(task, logs);
  try {
    return await run.outcome();
  } catch (error) {
    return { kind: 'failed', failure: run.failureOfHost(error), logs: logs.lines() };
  }
}

async function loadWasm(): Promise<object> {
  const fromQuickJs = createRequire(createRequire(import.meta.url).resolve('quickjs-emscripten'));
  return webAssembly.compile(readFileSync(fromQuickJs.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
}

class SandboxRun {
  readonly #task: CodeTask;
  readonly #logs: LogBook;
  #deadline = Number.POSITIVE_INFINITY;
  #timedOut = false;
  #memory: WebAssemblyMemory | undefined;

  constructor(task: CodeTask, logs: LogBook) {
    this.#task = task;
    this.#logs = logs;
  }

  async outcome(): Promise<CodeOutcome> {
    const { runtime, context } = await this.#start();
    this.#deadline = performance.now() + this.#task.timeLimitMs;
    const run = this.#boot(context);
    // A line break before the code keeps its first column; one behind it lets it end with a comment.
    const compiled = context.evalCode(`(async () => {\n${this.#task.code}\n})`, codeFile);
    if (compiled.error) return this.#failed(this.#failureOf(context, compiled.error));
    const started = context.callFunction(run, context.undefined, compiled.value);
    if (started.error) return this.#failed(this.#failureOf(context, started.error));
    const jobs = runtime.executePendingJobs();
    if (jobs.error) return this.#failed(this.#failureOf(context, jobs.error));
    const state = context.getPromiseState(started.value);
    if (this.#timedOut) return this.#failed(outOfTime(this.#task.timeLimitMs));
    // Without memory for the rejection itself, the promise stays pending.
    if (state.type === 'pending') {
      return this.#failed(this.#memoryGrew() ? outOfMemory(this.#task.memoryLimitBytes) : unresolved());
    }
    if (state.type === 'rejected') return this.#failed(this.#failureOf(context, state.error));
    return this.#read(context.getString(state.value));
  }

  /** For what escapes QuickJS: the native stack overflowed, or WebAssembly itself gave up. The instance is thrown away. */
  failureOfHost(error: unknown) {
    if (this.#timedOut) return outOfTime(this.#task.timeLimitMs);
    if (error instanceof RangeError && /call stack/.test(error.message)) return outOfStack();
    return outOfMemory(this.#task.memoryLimitBytes);
  }

  async #start(): Promise<{ runtime: QuickJSRuntime; context: QuickJSContext }> {
    const extraPages = Math.ceil((this.#task.memoryLimitBytes * 1.5) / pageBytes);
    const wasmMemory = new webAssembly.Memory({ initial: initialPages, maximum: initialPages + extraPages });
    this.#memory = wasmMemory;
    const quickJs = await newQuickJSWASMModuleFromVariant(
      newVariant(RELEASE_SYNC, { wasmModule: wasm, wasmMemory }),
    );
    const runtime = quickJs.newRuntime();
    runtime.setMemoryLimit(this.#task.memoryLimitBytes);
    runtime.setMaxStackSize(stackBytes);
    runtime.setInterruptHandler(() => {
      this.#timedOut ||= performance.now() > this.#deadline;
      return this.#timedOut;
    });
    return { runtime, context: runtime.newContext() };
  }

  /** @returns the prelude's `run`. */
  #boot(context: QuickJSContext): QuickJSHandle {
    const { items, nodes, ids, mode, now, seed, timezone } = this.#task;
    setLuxonClock(now, timezone);
    const settings = JSON.stringify({ items, nodes, ids, mode, now, seed, timezone, luxon: luxonMembers });
    const host = context.newObject();
    const calls = {
      luxon: callLuxon,
      format: formatLocally,
      btoa: (text: string) => btoa(text),
      atob: (text: string) => atob(text),
      log: (line: string) => this.#logs.add(line),
    };
    for (const [name, call] of Object.entries(calls)) {
      const handle = context.newFunction(name, (text) => {
        const answer = call(context.getString(text));
        return answer === undefined ? context.undefined : context.newString(answer);
      });
      context.setProp(host, name, handle);
    }
    const boot = context.unwrapResult(context.evalCode(prelude, 'prelude.js'));
    return context.unwrapResult(
      context.callFunction(boot, context.undefined, context.newString(settings), host),
    );
  }

  #read(text: string): CodeOutcome {
    const report = parseReport(text);
    if (!report) return this.#failed(tamperedResult());
    if (report.kind !== 'done') {
      if (report.kind === 'thrownNull' && this.#nullMeansMemory()) {
        return this.#failed(outOfMemory(this.#task.memoryLimitBytes));
      }
      return this.#failed(describeThrown(report, this.#task.code, this.#task));
    }
    const bytes = Buffer.byteLength(report.items);
    if (bytes > this.#task.maxResultBytes) return { kind: 'tooLarge', bytes, logs: this.#logs.lines() };
    return { kind: 'done', items: report.items, logs: this.#logs.lines() };
  }

  /** An exception that the prelude did not catch: a syntax error, or one that no code may catch (time, memory). */
  #failureOf(context: QuickJSContext, error: QuickJSHandle) {
    if (this.#timedOut) return outOfTime(this.#task.timeLimitMs);
    const text = (name: string) => {
      const value: unknown = context.dump(context.getProp(error, name));
      return typeof value === 'string' ? value : '';
    };
    const isObject = context.typeof(error) === 'object' && !context.eq(error, context.null);
    // Out of memory for even the error object: QuickJS throws null.
    if (!isObject) return outOfMemory(this.#task.memoryLimitBytes);
    const thrown: Thrown = {
      kind: 'thrown',
      name: text('name'),
      message: text('message'),
      stack: text('stack'),
    };
    return describeThrown(thrown, this.#task.code, this.#task);
  }

  /** WebAssembly memory never shrinks: it tells that much was needed at some time. Limits below what it starts with leave no trace. */
  #memoryGrew(): boolean {
    return (this.#memory?.buffer.byteLength ?? 0) > initialPages * pageBytes;
  }

  /** QuickJS throws null when not even an error object fits any more; a builder may write `throw null` too. */
  #nullMeansMemory(): boolean {
    return this.#memoryGrew() || this.#task.memoryLimitBytes < initialPages * pageBytes;
  }

  #failed(failure: ReturnType<typeof outOfStack>): CodeOutcome {
    return { kind: 'failed', failure, logs: this.#logs.lines() };
  }
}

/** @returns undefined for anything but what the prelude writes. */
function parseReport(text: string): { kind: 'done'; items: string } | Thrown | undefined {
  try {
    const report: unknown = JSON.parse(text);
    if (typeof report !== 'object' || report === null || !('kind' in report)) return undefined;
    const { kind, items, message, name, stack } = report as Record<string, unknown>;
    if (kind === 'done') return typeof items === 'string' ? { kind, items } : undefined;
    if (kind === 'thrownNull') return { kind };
    if (typeof message !== 'string') return undefined;
    if (kind === 'badResult') return { kind, message };
    const { item } = report as { item?: unknown };
    if (kind !== 'thrown') return undefined;
    return {
      kind,
      message,
      name: String(name),
      stack: String(stack),
      ...(typeof item === 'number' ? { item } : {}),
    };
  } catch {
    return undefined;
  }
}
