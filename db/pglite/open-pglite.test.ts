import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../database.ts';
import { type DataLock, lockData } from './data-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiviex-pglite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('The embedded database', () => {
  it('has everything it committed after kill -9 in the middle of writing, and starts without asking for help', async () => {
    const child = startWriter(folder);
    const committed = await lastLineAfter(child, 200);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const database = await openDatabase({ dataDir: folder });
    await database.migrate();
    const rows = await database.sql.query<{ key: string }>('select key from settings');
    const kept = new Set(rows.map((row) => Number(row.key)));
    const missing = Array.from({ length: committed + 1 }, (_, number) => number).filter(
      (number) => !kept.has(number),
    );
    expect(missing).toEqual([]);
    await database.close();
  }, 120_000);

  it('belongs to one process at a time', async () => {
    const child = startWriter(folder);
    await lastLineAfter(child, 1);
    await expect(openDatabase({ dataDir: folder })).rejects.toThrow(
      `is in use by process ${child.pid}. Stop that process`,
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
  }, 120_000);
});

describe('The lock of a data folder', () => {
  const file = () => join(folder, 'owner.pid');
  let lock: DataLock | undefined;
  afterEach(() => lock?.release());

  it('is held until it is released', () => {
    lock = lockData(folder);
    expect(() => lockData(folder)).toThrow(`in use by process ${process.pid}`);
    lock.release();
    lock = lockData(folder);
    expect(existsSync(file())).toBe(true);
  });

  it.each([
    ['a process that died', JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })],
    ['another program that has the pid now', JSON.stringify({ pid: process.pid, started: '1' })],
    ['a process that died while it wrote', '{"pid":'],
  ])('is not held by %s', (_, content) => {
    writeFileSync(file(), content);
    lock = lockData(folder);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

/**
 * A process that commits rows 0, 1, 2 … for ever and prints each number once it is committed. It waits for each line to leave:
 * the embedded database answers without a turn of the event loop, and what once found the pipe full would stay in the process.
 */
function startWriter(dataDir: string): ChildProcess {
  const program = `
    import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../database.ts'))};
    const database = await openDatabase({ dataDir: ${JSON.stringify(dataDir)} });
    await database.migrate();
    for (let number = 0; ; number++) {
      await database.sql.query("insert into settings (key, value, updated_at) values ($1, '1', now())", [String(number)]);
      await new Promise((written) => process.stdout.write(number + '\\n', written));
    }`;
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

async function lastLineAfter(child: ChildProcess, count: number): Promise<number> {
  if (!child.stdout) throw new Error('The child has no output.');
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last + 1 >= count) return last;
  }
  throw new Error(`The writer ended after ${last + 1} rows.`);
}
