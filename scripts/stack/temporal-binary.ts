/**
 * Finds the `temporal` program, and gets it when it is not there. In this order: PATH, our cache, the SDK's own download,
 * a build with Go. Where TEMPORAL_ADDRESS names a server nobody needs the program, and nobody should call this.
 */
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache-folder.ts';
import { fillCache } from './fill-cache.ts';
import { findExecutable, isExecutable } from './find-executable.ts';
import { goFolders as installedGo, installWithGo } from './go-install.ts';
import { runTool } from './run-tool.ts';
import { type Say, sayWhile } from './say.ts';
import { withLock } from './with-lock.ts';

/** The last version of the CLI that `go install` can build: newer ones have local replacements in their go.mod. */
const CLI_VERSION = 'v1.5.1';
const CLI_MODULE = `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`;
/** Where the SDK downloads from. Asked first, because the SDK itself retries for a long time when there is no network. */
const DOWNLOAD_HOST = 'https://temporal.download';
const ANSWERS_WITHIN = 5_000; // milliseconds
const DOWNLOADED_WITHIN = 180; // seconds, for about 50 MB

/** Neither found nor to be had: the message tells the three ways to provide Temporal. */
export class NoTemporal extends Error {
  constructor(tried: string[]) {
    super(
      [
        'Hiviex needs a Temporal server, and there is none on this machine yet.',
        ...tried.map((line) => `  - ${line}`),
        'Provide it in one of three ways, then run this again:',
        '  1. Install the Temporal CLI so that `temporal` is on the PATH (https://docs.temporal.io/cli).',
        '  2. Install Go 1.24 or newer (https://go.dev/dl): Hiviex then builds the CLI by itself, once, in about three minutes.',
        '  3. Set TEMPORAL_ADDRESS=host:port to use a Temporal server that runs elsewhere.',
      ].join('\n'),
    );
    this.name = 'NoTemporal';
  }
}

export interface TemporalBinaryOptions {
  say: Say;
  /** Asked whether a download is possible at all. Default: where the SDK downloads from. */
  downloadHost?: string;
  /** Folders to look for `go` in, after PATH. Default: where Go's installers put it. */
  goFolders?: string[];
}

/** Absolute path of a `temporal` that runs. Throws NoTemporal. */
export async function findTemporalBinary(options: TemporalBinaryOptions): Promise<string> {
  const { say, downloadHost = DOWNLOAD_HOST, goFolders = installedGo } = options;
  const onPath = findExecutable(['temporal']);
  if (onPath && (await works(onPath))) return onPath;

  const cached = join(cacheFolder(), `temporal-${CLI_VERSION}`, 'temporal');
  if (await works(cached)) return cached;

  return withLock(
    join(cacheFolder(), 'temporal.lock'),
    async () => {
      if (await works(cached)) return cached;
      const tried = [onPath ? `${onPath} does not run` : 'no `temporal` on the PATH'];
      const ways = [() => download(cached, downloadHost, say), () => build(cached, goFolders, say)];
      for (const get of ways) {
        const problem = await get();
        if (!problem && (await works(cached))) return cached;
        tried.push(problem ?? 'what was fetched does not run on this machine');
      }
      throw new NoTemporal(tried);
    },
    () => say('Another Hiviex command is getting Temporal: waiting for it …'),
  );
}

async function works(binary: string): Promise<boolean> {
  return isExecutable(binary) && (await runTool(binary, ['--version'], { timeoutSeconds: 20 })).ok;
}

/** Undefined when `target` is there now, otherwise the reason why not. */
async function download(target: string, host: string, say: Say): Promise<string | undefined> {
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(ANSWERS_WITHIN) });
  } catch {
    return `the download is out of reach (${host} does not answer)`;
  }
  return fillCache(target, async (folder) => {
    const script = fileURLToPath(new URL('./download-temporal.ts', import.meta.url));
    const result = await sayWhile(say, 'Downloading Temporal (about 50 MB, once)', () =>
      runTool(process.execPath, [script, folder, CLI_VERSION], { timeoutSeconds: DOWNLOADED_WITHIN }),
    );
    if (!result.ok) return `the download failed: ${result.reason}`;
    const file = readdirSync(folder).find((name) => isExecutable(join(folder, name)));
    if (!file) return 'the download brought no program';
    renameSync(join(folder, file), join(folder, 'temporal'));
  });
}

function build(target: string, goFolders: string[], say: Say): Promise<string | undefined> {
  return installWithGo(CLI_MODULE, target, {
    say,
    goFolders,
    saying: 'Building Temporal with Go (three minutes, once; more on a busy machine)',
  });
}
