import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimDataFolder } from './claim-data-folder.ts';

const quiet = { say: () => {} };
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hiviex-claim-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('claimDataFolder', () => {
  it('refuses a second process while the first runs, and lets it in after', async () => {
    const first = claimant();
    expect(await first.line()).toBe('claimed');
    await expect(claimDataFolder(dataDir, quiet)).rejects.toThrow(
      /Hiviex is already running here \(process \d+\)/,
    );
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    (await claimDataFolder(dataDir, quiet)).release();
  });

  it('lets only one of two that start together in', async () => {
    const both = [claimant(), claimant()];
    const lines = await Promise.all(both.map((one) => one.line()));
    expect(lines.sort()).toEqual(['AlreadyRunning', 'claimed']);
    for (const one of both) one.process.kill('SIGKILL');
  });
});

function claimant() {
  const module = pathToFileURL(join(import.meta.dirname, 'claim-data-folder.ts')).href;
  const script = `
    import { claimDataFolder } from ${JSON.stringify(module)};
    try {
      await claimDataFolder(${JSON.stringify(dataDir)}, { say: () => {} });
      console.log('claimed');
      setInterval(() => {}, 1000);
    } catch (error) {
      console.log(error.name);
    }
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = once(child.stdout, 'data');
  return { process: child, line: async () => String((await said)[0]).trim() };
}
