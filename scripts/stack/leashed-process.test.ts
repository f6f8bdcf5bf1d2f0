import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from './free-port.ts';
import { isListening } from './is-listening.ts';
import { spawnLeashed } from './leashed-process.ts';
import { AlreadyRunning, endLeftover, writePidFile } from './pid-file.ts';
import { processIdentity } from './process-identity.ts';

/** A server that ignores SIGINT and SIGTERM: the worst orphan there is. */
const STUBBORN = `
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  require('node:net').createServer().listen(Number(process.argv[1]), '127.0.0.1');
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiviex-leash-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('spawnLeashed', () => {
  it('gives the true pid, exit code and last words of the command', async () => {
    const child = spawnLeashed({ command: 'sh', args: ['-c', 'echo my pid is $$; exit 7'] });
    expect((await child.ended).code).toBe(7);
    expect(child.output()).toBe(`my pid is ${child.pid}`);
  });

  it('reports a command that does not exist', async () => {
    const child = spawnLeashed({ command: 'no-such-command-here', args: [] });
    expect((await child.ended).code).toBe(127);
    expect(child.output()).toMatch(/no-such-command-here/);
  });

  it('kills what does not stop when asked', async () => {
    const port = await freePort();
    const child = spawnLeashed({
      command: process.execPath,
      args: ['-e', STUBBORN, String(port)],
      graceSeconds: 1,
    });
    await untilOpen(port);
    await child.stop();
    expect((await child.ended).signal).toBe('SIGKILL');
    expect(await freePort(port)).toBe(port);
  });

  it('leaves no orphan on the port when its parent gets kill -9', async () => {
    const { parent, port, pid } = await startParent({ name: 'watched' });
    parent.kill('SIGKILL');
    await untilGone(pid);
    expect(await freePort(port)).toBe(port);
  });
});

describe('endLeftover', () => {
  it('ends the orphan whose parent and watcher were killed together, and frees its port', async () => {
    const { parent, port, pid, pidFile, watchers } = await startParent({ name: 'unwatched' });
    for (const watcher of watchers) process.kill(watcher, 'SIGKILL');
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(processIdentity(pid)).toBeDefined();

    const lines: string[] = [];
    await endLeftover(pidFile, { what: 'the test server', say: (line) => lines.push(line), grace: 200 });
    expect(processIdentity(pid)).toBeUndefined();
    expect(lines.join()).toContain(`process ${pid}`);
    expect(existsSync(pidFile)).toBe(false);
    expect(await freePort(port)).toBe(port);
  });

  it('does not touch a server whose owner lives', async () => {
    const { parent, pid, pidFile } = await startParent({ name: 'owned' });
    await expect(endLeftover(pidFile, { what: 'It', say: () => {} })).rejects.toThrow(AlreadyRunning);
    expect(processIdentity(pid)).toBeDefined();
    parent.kill('SIGKILL');
    await untilGone(pid);
  });

  it('never signals a stranger that was given the recorded pid', async () => {
    const stranger = spawnLeashed({ command: 'sleep', args: ['60'] });
    const pidFile = join(folder, 'stranger.pid');
    const mark = { pid: stranger.pid, identity: 'linux:1' };
    writeFileSync(pidFile, JSON.stringify({ ...mark, owner: mark }));
    await endLeftover(pidFile, { what: 'It', say: () => {} });
    expect(processIdentity(stranger.pid)).toBeDefined();
    await stranger.stop();
  });

  it.each(['', '{', '{"pid":1,"identity":"x","owner":{"identity":"y"}}'])(
    'ignores a file that reads %j',
    async (text) => {
      const pidFile = join(folder, 'broken.pid');
      writeFileSync(pidFile, text);
      await endLeftover(pidFile, { what: 'It', say: () => {} });
      expect(existsSync(pidFile)).toBe(false);
    },
  );

  it('records what writePidFile was given', async () => {
    const pidFile = join(folder, 'own.pid');
    writePidFile(pidFile, process.pid);
    await expect(endLeftover(pidFile, { what: 'Hiviex', say: () => {} })).rejects.toThrow(
      /Hiviex is already running/,
    );
  });
});

/** A Node process that starts the stubborn server on a leash and waits, to be killed by the test. */
async function startParent({ name }: { name: string }) {
  const port = await freePort();
  const pidFile = join(folder, `${name}.pid`);
  const module = pathToFileURL(join(import.meta.dirname, 'leashed-process.ts')).href;
  const script = `
    import { spawnLeashed } from ${JSON.stringify(module)};
    const child = spawnLeashed({
      command: process.execPath,
      args: ['-e', ${JSON.stringify(STUBBORN)}, '${port}'],
      graceSeconds: 1,
      pidFile: ${JSON.stringify(pidFile)},
    });
    console.log(child.pid);
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await untilOpen(port);
  return { parent, port, pid, pidFile, watchers: await groupMembers(pid) };
}

/** Everyone in the process group that `leader` leads, but itself. */
async function groupMembers(leader: number): Promise<number[]> {
  const ps = spawn('ps', ['-A', '-o', 'pid=,pgid=']);
  let table = '';
  ps.stdout.on('data', (chunk) => {
    table += chunk;
  });
  await once(ps, 'close');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
    .filter(([pid, group]) => group === leader && pid !== leader)
    .map(([pid]) => pid);
}

async function untilOpen(port: number): Promise<void> {
  while (!(await isListening(port))) await delay(20);
}

async function untilGone(pid: number): Promise<void> {
  while (processIdentity(pid) !== undefined) await delay(20);
}
