/**
 * A Temporal server of our own, as a child process: the CLI's dev server with the tuning of dynamic-config.yaml.
 *
 * With a data folder it keeps everything in one SQLite file that survives kill -9 and power loss (write-ahead log, full
 * sync: a transaction is on the disk before it is acknowledged). Without one it lives in memory, for tests.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { dynamicConfigFlags } from './dynamic-config.ts';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';
import { type LeashedProcess, spawnLeashed } from './leashed-process.ts';
import { endLeftover } from './pid-file.ts';
import type { Say } from './say.ts';
import { searchAttributes } from './search-attributes.ts';

export interface TemporalOptions {
  /** Path of the `temporal` program, from findTemporalBinary. */
  binary: string;
  /** Folder for the database and the pid file (made when missing). In memory when absent. */
  dataDir?: string;
  /** Preferred ports, others are taken when these are in use. Default 7233 and 8233, in memory any free ones. */
  ports?: { grpc?: number; ui?: number };
  /** Default `default`. */
  namespace?: string;
  /** Where the UI has payloads decoded. */
  codecEndpoint?: string;
  /** `false`: as the server comes, without dynamic-config.yaml. For tests of what we say about such servers. */
  tuned?: boolean;
  say: Say;
}

export interface TemporalServer {
  /** host:port of the gRPC front end */
  address: string;
  /** without a trailing slash */
  uiUrl: string;
  namespace: string;
  pid: number;
  /** Settles when the server has ended, asked or not: whoever needs it should then stop too. */
  ended: LeashedProcess['ended'];
  /** The last of what it printed. */
  output(): string;
  stop(): Promise<void>;
}

/** Seconds. A start takes about one; a machine that is swapping takes longer. */
const READY_WITHIN = 60;
const GRPC_NOT_FOUND = 5;

/** Starts the server and resolves once it accepts workflows. Throws AlreadyRunning, or with the server's own words. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const { binary, dataDir, namespace = 'default', tuned = true, say } = options;
  const home = dataDir && join(dataDir, 'temporal');
  const pidFile = dataDir && join(dataDir, 'run', 'temporal.pid');
  if (pidFile) await endLeftover(pidFile, { what: 'Temporal', say });
  if (home) prepareHome(home);

  const port = await freePort(options.ports?.grpc ?? (dataDir ? 7233 : undefined));
  const uiPort = await freePort(options.ports?.ui ?? (dataDir ? 8233 : undefined));
  const server = spawnLeashed({
    command: binary,
    args: serverArguments({
      ...{ port, uiPort, namespace, tuned },
      persistent: Boolean(home),
      codecEndpoint: options.codecEndpoint,
    }),
    cwd: home, // the file name below is relative: a "?" or "#" in the path would be cut off as part of a URL
    pidFile,
    stopSignal: home ? 'SIGTERM' : 'SIGKILL', // an orderly stop takes 2.5 s, and memory has nothing to put in order
  });
  try {
    await untilReady(server, port, namespace);
  } catch (error) {
    await server.stop();
    throw error;
  }
  if (home) writeFileSync(join(home, READY_MARK), '');
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    namespace,
    pid: server.pid,
    ended: server.ended,
    output: server.output,
    stop: () => server.stop(),
  };
}

/** Says that the database was set up completely once. */
const READY_MARK = 'ready';
const DATABASE = 'temporal.db';

/**
 * The server sets up its tables only when the file does not exist yet. A file without the mark is from a first start
 * that was killed half-way: it holds no run (none is accepted before the mark) and would never come up again.
 */
function prepareHome(home: string): void {
  mkdirSync(home, { recursive: true });
  if (existsSync(join(home, READY_MARK))) return;
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(join(home, DATABASE + suffix), { force: true });
}

function serverArguments(to: {
  port: number;
  uiPort: number;
  namespace: string;
  tuned: boolean;
  persistent: boolean;
  codecEndpoint: string | undefined;
}): string[] {
  const storage = to.persistent
    ? [
        '--db-filename',
        DATABASE,
        '--sqlite-pragma',
        'journal_mode=WAL',
        '--sqlite-pragma',
        'synchronous=FULL',
      ]
    : [];
  return [
    ...[
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(to.port),
      '--ui-port',
      String(to.uiPort),
    ],
    ...['--namespace', to.namespace, '--log-level', 'error', '--color', 'never'],
    ...storage,
    ...(to.codecEndpoint ? ['--ui-codec-endpoint', to.codecEndpoint] : []),
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...(to.tuned ? dynamicConfigFlags() : []),
  ];
}

async function untilReady(server: LeashedProcess, port: number, namespace: string): Promise<void> {
  let running = true;
  void server.ended.then(() => {
    running = false;
  });
  const deadline = Date.now() + READY_WITHIN * 1000;
  const isTime = () => running && Date.now() < deadline;
  let lastError: unknown = 'its port stayed closed';

  // The port first: a gRPC channel that was refused once waits a whole second before it tries again.
  while (isTime() && !(await isListening(port))) await delay(25);

  const connection = Connection.lazy({ address: `127.0.0.1:${port}` });
  try {
    while (isTime()) {
      try {
        if (await connection.withDeadline(Date.now() + 2_000, () => acceptsWorkflows(connection, namespace)))
          return;
      } catch (error) {
        lastError = error;
      }
      await delay(25);
    }
  } finally {
    await connection.close();
  }
  const why = running ? `it did not answer within ${READY_WITHIN} s (${lastError})` : 'it ended';
  throw new Error(`Temporal did not start: ${why}.\n${server.output()}`.trim());
}

/**
 * Asks for a workflow that does not exist. "Not found" comes from the history service, which owns the runs; the front
 * end alone answers health checks earlier, and a start at that moment would fail.
 */
async function acceptsWorkflows(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId: 'hiviex:is-temporal-ready' },
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === GRPC_NOT_FOUND && /workflow/i.test(error.details))
      return true;
    throw error;
  }
}
