/** Against servers as they are installed, by both transports: what they give, and that a program ends with its connection. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { McpCommands } from '../../contracts/mcp/mcp-server.ts';
import { createGuard, type Guard } from '../guard/index.ts';
import { type McpConnection, openMcpConnection } from './connection.ts';

const program = (name: string) => `node_modules/@modelcontextprotocol/server-${name}/dist/index.js`;
const absolute = (name: string) => join(process.cwd(), program(name));
const commands: McpCommands = {
  everything: { command: process.execPath, args: [absolute('everything'), 'stdio'], env: {} },
  files: { command: process.execPath, args: [absolute('filesystem'), '{folder}'], env: {} },
  memory: {
    command: process.execPath,
    args: [absolute('memory')],
    env: { MEMORY_FILE_PATH: '{folder}/memory.jsonl' },
  },
};
let folder: string;
let guard: Guard;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hiviex-mcp-'));
  port = await freePort();
  guard = createGuard({ allow: `127.0.0.1:${port},localhost:${port}` });
});
afterAll(async () => {
  await guard.close();
  rmSync(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;

function open(transport: Parameters<typeof openMcpConnection>[0]['transport']): Promise<McpConnection> {
  return openMcpConnection({
    ...{ name: 'server', transport, guard, commands, folder },
    ...{ use: { headers: [], query: [] }, signal: never },
  });
}

async function callOf(
  connection: McpConnection,
  name: string,
  given: Record<string, never | string | number>,
) {
  const tool = (await connection.tools(never)).find((each) => each.name === name);
  if (!tool) throw new Error(`There is no tool ${name}`);
  return await connection.call({ tool, arguments: given, signal: never, timeoutMs: 30_000 });
}

describe('server-everything', () => {
  const drives = async (connection: McpConnection) => {
    expect((await callOf(connection, 'echo', { message: 'hi' })).text).toBe('Echo: hi');
    const weather = await callOf(connection, 'get-structured-content', { location: 'Chicago' });
    expect(weather.structured).toMatchObject({ temperature: expect.any(Number) });
    const picture = await callOf(connection, 'get-tiny-image', {});
    expect(picture.files).toMatchObject([{ mimeType: 'image/png' }]);
    expect(picture.files[0]!.bytes.subarray(1, 4).toString()).toBe('PNG');
    const wrong = await callOf(connection, 'get-sum', { a: 'one' });
    expect(wrong.isError).toBe(true);
    const progress: number[] = [];
    const tool = (await connection.tools(never)).find(
      ({ name }) => name === 'trigger-long-running-operation',
    )!;
    const long = await connection.call({
      ...{ tool, arguments: { duration: 1, steps: 2 }, signal: never, timeoutMs: 30_000 },
      onProgress: ({ progress: done }) => progress.push(done),
    });
    expect([long.isError, progress[0]]).toEqual([false, 1]);
  };

  it('by a program, which has nothing of our environment and ends with the connection', async () => {
    process.env.HIVIEX_CANARY = 'a secret of the process';
    const connection = await open({ kind: 'stdio', command: 'everything' });
    try {
      await drives(connection);
      const { text } = await callOf(connection, 'get-env', {});
      expect(Object.keys(JSON.parse(text)).sort()).toEqual([
        'HOME',
        'LOGNAME',
        'PATH',
        'SHELL',
        'TERM',
        'USER',
      ]);
      expect(JSON.parse(text)).toMatchObject({ HOME: folder, USER: '' });
    } finally {
      delete process.env.HIVIEX_CANARY;
      await connection.close();
    }
    expect(connection.isOver).toBe(true);
    await expect(callOf(connection, 'echo', { message: 'hi' })).rejects.toMatchObject({ code: 'mcp-ended' });
  }, 60_000);

  it('over HTTP', async () => {
    const server = spawn(process.execPath, [program('everything'), 'streamableHttp'], {
      env: { PATH: process.env.PATH, PORT: String(port) },
      stdio: 'ignore',
    });
    try {
      const connection = await reachable(() => open({ kind: 'http', url: `http://localhost:${port}/mcp` }));
      await drives(connection);
      await connection.close();
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  }, 60_000);

  it('has a long task done, and asked for its result later', async () => {
    const connection = await open({ kind: 'stdio', command: 'everything' });
    const tool = (await connection.tools(never)).find(({ hints }) => hints.task);
    expect(tool).toMatchObject({ name: 'simulate-research-query' });
    const given = { topic: 'bees', ambiguous: false };
    const { text } = await connection.call({
      ...{ tool: tool!, arguments: given, signal: never, timeoutMs: 50_000 },
    });
    expect(text).toContain('bees');
    await connection.close();
  }, 60_000);

  it('is told when nobody waits any more', async () => {
    const connection = await open({ kind: 'stdio', command: 'everything' });
    const tool = (await connection.tools(never)).find(
      ({ name }) => name === 'trigger-long-running-operation',
    )!;
    const cancel = new AbortController();
    const calling = connection.call({
      ...{ tool, arguments: { duration: 60, steps: 60 }, signal: cancel.signal, timeoutMs: 90_000 },
      onProgress: () => cancel.abort(new Error('Enough.')),
    });
    await expect(calling).rejects.toThrow('Enough.');
    // The connection is as good as before.
    expect((await callOf(connection, 'echo', { message: 'hi' })).text).toBe('Echo: hi');
    await connection.close();
  }, 60_000);
});

it('server-filesystem reads what is in its folder, and nothing else', async () => {
  const connection = await open({ kind: 'stdio', command: 'files' });
  writeFileSync(join(folder, 'note.txt'), 'Bees sleep.');
  const note = await callOf(connection, 'read_text_file', { path: join(folder, 'note.txt') });
  expect(note).toMatchObject({ isError: false, text: 'Bees sleep.' });
  expect(await callOf(connection, 'read_text_file', { path: '/etc/passwd' })).toMatchObject({
    isError: true,
  });
  await connection.close();
}, 60_000);

it('server-memory keeps what it is told in the folder of its server', async () => {
  const connection = await open({ kind: 'stdio', command: 'memory' });
  const tool = (await connection.tools(never)).find(({ name }) => name === 'create_entities')!;
  const entities = [{ name: 'Ada', entityType: 'person', observations: ['keeps bees'] }];
  const made = await connection.call({ tool, arguments: { entities }, signal: never, timeoutMs: 30_000 });
  expect(made.structured).toMatchObject({ entities });
  expect(existsSync(join(folder, 'memory.jsonl'))).toBe(true);
  await connection.close();
}, 60_000);

it('a program ends with its owner, however that ends', async () => {
  // A process that opens a connection and waits; the program that it starts writes its own pid.
  const pids = join(folder, 'pid');
  const stubborn = `require('fs').writeFileSync(${JSON.stringify(pids)}, String(process.pid)); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
  const keeper = join(process.cwd(), 'outbound/mcp/stdio-keeper.ts');
  const owner = spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, ${JSON.stringify([keeper, process.execPath, '-e', stubborn])}, { stdio: ['pipe', 'ignore', 'ignore'] }); setInterval(() => {}, 1000)`,
    ],
    { stdio: 'ignore' },
  );
  const pid = Number(
    await reachable(async () => readFileSync(pids, 'utf8') || Promise.reject(new Error('empty'))),
  );
  owner.kill('SIGKILL');
  await reachable(async () => {
    if (isAlive(pid)) throw new Error('still there');
  });
}, 60_000);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Tries until it does: whoever starts needs a moment. */
async function reachable<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= 150) throw error;
      await sleep(100);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return free;
}
