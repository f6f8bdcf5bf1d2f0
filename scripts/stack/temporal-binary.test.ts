import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findTemporalBinary } from './temporal-binary.ts';

const CLI = '#!/bin/sh\necho temporal version 1.5.1\n';
const BROKEN = '#!/bin/sh\nexit 1\n';
/** What `go install` does, without the three minutes: writes the program to $GOBIN. */
const GO = `#!/bin/sh\necho "$@" >> "$XDG_CACHE_HOME/go-was-asked"\nprintf '${CLI.replaceAll('\n', '\\n')}' > "$GOBIN/temporal"\nchmod +x "$GOBIN/temporal"\n`;

const before = { PATH: process.env.PATH, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };
let home: string;
let lines: string[];
const find = () =>
  findTemporalBinary({ say: (line) => lines.push(line), downloadHost: 'http://127.0.0.1:1', goFolders: [] });

describe('findTemporalBinary', () => {
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hiviex-binary-'));
    lines = [];
    mkdirSync(join(home, 'bin'));
    // Only what the leash and the scripts below need: this machine's own Temporal and Go must not be found.
    for (const tool of ['sh', 'chmod', 'sleep']) {
      const path = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(path, join(home, 'bin', tool));
    }
    process.env.PATH = join(home, 'bin');
    process.env.XDG_CACHE_HOME = home;
  });
  afterEach(() => {
    Object.assign(process.env, before);
    if (before.XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
    rmSync(home, { recursive: true, force: true });
  });

  it('takes the one on PATH and says nothing', async () => {
    program('temporal', CLI);
    expect(await find()).toBe(join(home, 'bin', 'temporal'));
    expect(lines).toEqual([]);
  });

  it('passes over one on PATH that does not run, and takes the cached one', async () => {
    program('temporal', BROKEN);
    mkdirSync(join(home, 'hiviex', 'temporal-v1.5.1'), { recursive: true });
    const cached = join(home, 'hiviex', 'temporal-v1.5.1', 'temporal');
    writeFileSync(cached, CLI, { mode: 0o755 });
    expect(await find()).toBe(cached);
  });

  it('builds it with Go, once for all who ask at the same time, and finds it in the cache from then on', async () => {
    program('go', GO);
    const [first, second] = await Promise.all([find(), find()]);
    expect(first).toBe(join(home, 'hiviex', 'temporal-v1.5.1', 'temporal'));
    expect(second).toBe(first);
    expect(readFileSync(join(home, 'go-was-asked'), 'utf8')).toBe(
      'install github.com/temporalio/cli/cmd/temporal@v1.5.1\n',
    );
    expect(lines.filter((line) => line.startsWith('Building Temporal'))).toHaveLength(1);
    rmSync(join(home, 'bin', 'go'));
    expect(await find()).toBe(first);
    expect(readdirSync(join(home, 'hiviex'))).toEqual(['temporal-v1.5.1']);
  });

  it('names what it tried and the three ways to provide Temporal when nothing helps', async () => {
    program('temporal', BROKEN);
    const message = await find().then(
      () => 'found one',
      (error: Error) => error.message,
    );
    expect(message).toMatch(/does not run/);
    expect(message).toMatch(/download is out of reach/);
    expect(message).toMatch(/no Go on this machine/);
    expect(message).toMatch(
      /1\. Install the Temporal CLI[\s\S]*2\. Install Go[\s\S]*3\. Set TEMPORAL_ADDRESS/,
    );
  });

  it('says why the build failed', async () => {
    program('go', '#!/bin/sh\necho "go: module lookup disabled" >&2\nexit 1\n');
    await expect(find()).rejects.toThrow(/go install failed: go: module lookup disabled/);
  });

  function program(name: string, text: string) {
    writeFileSync(join(home, 'bin', name), text, { mode: 0o755 });
  }
});
