import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processIdentity } from './stack/process-identity.ts';

const checkout = join(import.meta.dirname, '..');

/** Stands for scripts/serve.ts: says who it is, and needs a moment to stop in order, as a real server does. */
const SERVER = `
  const args: string[] = process.argv.slice(2);
  let signals = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      signals += 1;
      if (signals === 1) setTimeout(() => { console.log('stopped in order after', signals, name); process.exit(0); }, 300);
    });
  }
  setInterval(() => {}, 1000);
  console.log(JSON.stringify({ pid: process.pid, version: process.version, args }));
  if (args[0] === 'fail') process.exit(3);
`;

let root: string;
let started: {
  starter: ChildProcess;
  closed: Promise<unknown>;
  output: () => string;
  server: { pid: number; version: string; args: string[] };
};

/** A checkout of its own: the real scripts and packages, a web app of one line, and the stand-in for the server. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hiviex-start-'));
  cpSync(join(checkout, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(checkout, name), join(root, name));
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'web'));
  writeFileSync(join(root, 'web', 'index.html'), '<!doctype html><title>Hiviex</title>');
  writeFileSync(join(root, 'scripts', 'serve.ts'), SERVER);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('npm start', () => {
  it('builds the web app the first time, says so, and hands over to the server with its arguments', async () => {
    await start('--port', '1234');
    expect(started.server.args).toEqual(['--port', '1234']);
    expect(started.server.version).toMatch(/^v24\./);
    expect(started.output()).toMatch(/Building the web app/);
    expect(await interrupt('SIGTERM')).toBe(0);
  });

  it('does nothing twice: the second start says only what the server says', async () => {
    await start();
    expect(started.output().trim().split('\n')).toHaveLength(1);
    await interrupt('SIGTERM');
  });

  it('passes one Ctrl-C on, though terminal and npm both deliver it', async () => {
    await start();
    started.starter.kill('SIGINT');
    expect(await interrupt('SIGINT')).toBe(0);
    expect(started.output()).toContain('stopped in order after 1 SIGINT');
  });

  it('has the exit code of the server', async () => {
    await start('fail');
    expect(await ending()).toBe(3);
  });

  it('does not leave the server behind when it gets kill -9', async () => {
    await start();
    started.starter.kill('SIGKILL');
    await ending();
    while (processIdentity(started.server.pid) !== undefined) await delay(20);
    expect(started.output()).toContain('stopped in order after 1 SIGTERM');
  });

  it('does not leave anything behind when npm gets kill -9', async () => {
    await start('--through-npm');
    started.starter.kill('SIGKILL');
    await ending();
    while (processIdentity(started.server.pid) !== undefined) await delay(20);
    expect(started.output()).toContain('stopped in order after 1 SIGTERM');
  });
});

async function start(...args: string[]): Promise<void> {
  let output = '';
  const [program, before] =
    args[0] === '--through-npm' ? ['npm', ['start', '--silent', '--']] : [process.execPath, [starterPath()]];
  const starter = spawn(program, [...before, ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', npm_lifecycle_event: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  starter.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const closed = once(starter, 'close');
  while (!/^\{.*\}$/m.test(output)) await delay(20);
  started = {
    starter,
    closed,
    output: () => output,
    server: JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? ''),
  };
}

function starterPath(): string {
  return join(root, 'scripts', 'start.mjs');
}

function interrupt(signal: NodeJS.Signals): Promise<number | null> {
  started.starter.kill(signal);
  return ending();
}

/** Exit code, once everybody who writes to the starter's output is gone: so all that was said has arrived too. */
async function ending(): Promise<number | null> {
  await started.closed;
  return started.starter.exitCode;
}
