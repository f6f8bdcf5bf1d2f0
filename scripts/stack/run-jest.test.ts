import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runJest } from './run-jest.ts';

const checkout = join(import.meta.dirname, '..', '..');
let root: string;

/** A checkout of its own, with the real Jest and its real settings, and a few small tests. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hiviex-jest-'));
  for (const folder of ['node_modules', 'scripts']) symlinkSync(join(checkout, folder), join(root, folder));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'jest.config.mjs'), readFileSync(join(checkout, 'jest.config.mjs')));
  for (const folder of ['room', 'tests']) mkdirSync(join(root, folder));
  file('room/good.test.ts', "it('adds', () => expect(1 + 1).toBe(2)); it.skip('waits', () => {});");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('runJest', () => {
  it('keeps the end-to-end tests apart and names what was skipped', async () => {
    file('tests/whole.test.ts', "it('works', () => {}); it('works twice', () => {});");
    expect(await run('rooms')).toEqual({ passed: 1, failed: 0, skipped: ['room/good.test.ts: waits'] });
    expect(await run('end-to-end')).toEqual({ passed: 2, failed: 0, skipped: [] });
  });

  it('counts a failed test, and a file that cannot be loaded', async () => {
    file('room/bad.test.ts', "it('fails', () => expect(1).toBe(2));");
    file('room/broken.test.ts', 'import "./nowhere.ts";');
    expect(await run('rooms')).toMatchObject({ passed: 1, failed: 2 });
  });

  it('passes arguments on', async () => {
    file('room/other.test.ts', "it('is not asked for', () => {});");
    expect(await run('rooms', ['room/good'])).toMatchObject({ passed: 1, failed: 0 });
    expect(await run('end-to-end', ['room/good'])).toEqual({ passed: 0, failed: 0, skipped: [] });
  });

  it('counts a failure when it is interrupted', async () => {
    expect(await run('rooms', [], AbortSignal.abort())).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  it('counts a failure when Jest itself refuses to run', async () => {
    expect(await run('rooms', ['--config=no-such-file.json'])).toMatchObject({ passed: 0, failed: 1 });
  });
});

function file(path: string, text: string) {
  writeFileSync(join(root, path), `import { expect, it } from '@jest/globals';\nvoid expect;\n${text}\n`);
}

function run(part: 'rooms' | 'end-to-end', args: string[] = [], signal?: AbortSignal) {
  return runJest({ root, results: root, env: {}, args, part, output: 'ignore', signal });
}
