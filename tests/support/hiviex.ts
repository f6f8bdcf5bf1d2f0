/**
 * A whole Hiviex as people run it: scripts/serve.ts in a process of its own, with the embedded database (or a Postgres) and its own
 * Temporal server as a child.
 *
 *     const data = dataFolder();
 *     const hiviex = await data.start();
 *     await hiviex.kill();               // kill -9 of everything at once
 *     const again = await data.start({ port: hiviex.port });
 *     await data.remove();               // in afterAll: ends whatever still runs on the folder
 *
 * It is leashed to the test: when Jest itself is killed, Hiviex stops too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { freePort } from '../../scripts/stack/free-port.ts';
import { type LeashedProcess, spawnLeashed } from '../../scripts/stack/leashed-process.ts';
import { temporalBinary } from '../../scripts/stack/test-tools.ts';
import { HiviexApi } from './hiviex-api.ts';
import { killProcesses, type ProcessInfo, processTree } from './process-tree.ts';
import { temporalClient } from './temporal-client.ts';

const root = join(import.meta.dirname, '../..');
export const apiKey = 'hvx_test_0123456789012345678901234567890';

export interface StartOptions {
  /** Default: a free one. `undefined` on purpose leaves the choice to Hiviex. */
  port?: number | undefined;
  env?: Record<string, string>;
}

export interface Hiviex {
  pid: number;
  port: number;
  url: string;
  api: HiviexApi;
  /** The last 8 KB of what it printed. */
  output(): string;
  /** Itself, its Temporal server and their leashes' watchers. */
  tree(): ProcessInfo[];
  /** A client of its own Temporal server, to be closed by whoever asks. */
  temporal(): Promise<Client>;
  /** kill -9 of the whole tree. Resolves with the moment (epoch ms) of the first signal, once all are gone. */
  kill(): Promise<number>;
  /** Ctrl-C. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
}

export interface DataFolder {
  start(options?: StartOptions): Promise<Hiviex>;
  /** Ends what still runs on the folder, at once. */
  end(): Promise<void>;
  /** The same, and deletes the folder. */
  remove(): Promise<void>;
}

export function dataFolder(): DataFolder {
  // Made at the first start: Jest collects the suites it skips too, but runs no afterAll for them.
  let path: string | undefined;
  const started: { process: LeashedProcess; tree: Tree }[] = [];
  return {
    async start(options = {}) {
      path ??= mkdtempSync(join(tmpdir(), 'hiviex-e2e-'));
      const port = 'port' in options ? options.port : await steadyPort();
      const process = serve(path, port, options.env);
      const tree = watchTree(process);
      started.push({ process, tree });
      const url = await untilReady(process, port);
      tree.now();
      return running(process, url, tree, { ...options.env, HIVIEX_DATA_DIR: path });
    },
    end,
    async remove() {
      await end();
      if (path) rmSync(path, { recursive: true, force: true });
    },
  };

  async function end() {
    for (const { process, tree } of started) {
      await killProcesses([...tree.now(), ...tree.seen()]);
      await process.ended;
    }
  }
}

/**
 * A free port below those that systems give to outgoing connections: between a kill and the next start nobody else (Temporal's own
 * parts take random ports) gets it.
 */
export function steadyPort(): Promise<number> {
  return freePort(15_000 + Math.floor(Math.random() * 15_000));
}

interface Tree {
  now(): ProcessInfo[];
  /** Every process that was ever seen in it: a Temporal server whose parent is dead can not be found through it any more. */
  seen(): ProcessInfo[];
}

function watchTree(process: LeashedProcess): Tree {
  const seen = new Map<string, ProcessInfo>();
  let ended = false;
  void process.ended.then(() => {
    ended = true;
  });
  return {
    now() {
      const tree = ended ? [] : processTree(process.pid);
      for (const info of tree) seen.set(`${info.pid} ${info.identity}`, info);
      return tree;
    },
    seen: () => [...seen.values()],
  };
}

function serve(dataDir: string, port: number | undefined, env: Record<string, string> = {}): LeashedProcess {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return spawnLeashed({
    command: process.execPath,
    args: [join(root, 'scripts', 'serve.ts')],
    cwd: root,
    // Nothing else of our environment: a DATABASE_URL or TEMPORAL_ADDRESS of the developer is not to be tested on.
    env: {
      PATH: [dirname(temporalBinary()), PATH].join(delimiter),
      HOME,
      ...(TMPDIR && { TMPDIR }),
      HIVIEX_DATA_DIR: dataDir,
      HIVIEX_API_KEY: apiKey,
      // The stubs of the tests.
      HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...(port !== undefined && { PORT: String(port) }),
      ...env,
    },
  });
}

function running(process: LeashedProcess, url: URL, tree: Tree, environment: Record<string, string>): Hiviex {
  return {
    pid: process.pid,
    port: Number(url.port),
    url: url.origin,
    api: new HiviexApi(url.origin, apiKey),
    output: () => process.output(),
    tree: () => tree.now(),
    temporal: () => temporalClient(temporalAddress(tree.now()), environment),
    async kill() {
      const processes = tree.now();
      const at = Date.now();
      await killProcesses(processes);
      await process.ended;
      return at;
    },
    async interrupt() {
      globalThis.process.kill(process.pid, 'SIGINT');
      return (await process.ended).code;
    },
  };
}

/**
 * Its address as a client on this machine reaches it, whatever PUBLIC_URL says.
 *
 * @param port undefined: the one it has chosen, which it prints
 * @throws with its own words when it ends instead of starting
 */
async function untilReady(process: LeashedProcess, port: number | undefined): Promise<URL> {
  let ended = false;
  void process.ended.then(() => {
    ended = true;
  });
  for (;;) {
    const address = /Hiviex is ready: +(http\S+)/.exec(process.output())?.[1];
    if (address) return new URL(`http://127.0.0.1:${port ?? new URL(address).port}`);
    if (ended) throw new Error(`Hiviex ended before it was ready:\n${process.output()}`);
    await sleep(25);
  }
}

function temporalAddress(tree: ProcessInfo[]): string {
  const server = tree.find(({ args }) => args.includes('start-dev'));
  const port = server?.args[server.args.indexOf('--port') + 1];
  if (!port) throw new Error('Hiviex has no Temporal server of its own.');
  return `127.0.0.1:${port}`;
}
