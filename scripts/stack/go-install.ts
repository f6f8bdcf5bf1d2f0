import { fillCache } from './fill-cache.ts';
import { findExecutable } from './find-executable.ts';
import { runTool } from './run-tool.ts';
import { type Say, sayWhile } from './say.ts';

/** Where Go's installers put it. */
export const goFolders = ['/usr/local/go/bin', '/usr/lib/go/bin', '/opt/homebrew/bin'];

interface GoInstallOptions {
  say: Say;
  /** What is shown while it takes time. */
  saying: string;
  /** Folders to look for `go` in, after PATH. */
  goFolders?: string[];
}

/** Builds a Go module's program into our cache, at `target`. The caller holds its lock. Returns the reason when that fails. */
export async function installWithGo(
  module: string,
  target: string,
  { say, saying, goFolders: folders = goFolders }: GoInstallOptions,
): Promise<string | undefined> {
  const go = findExecutable(['go'], folders);
  if (!go) return 'no Go on this machine to build it with';
  return fillCache(target, async (folder) => {
    const result = await sayWhile(say, saying, () =>
      runTool(go, ['install', module], {
        env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
        timeoutSeconds: 1800,
      }),
    );
    if (!result.ok) return `the build failed: ${result.reason}`;
  });
}
