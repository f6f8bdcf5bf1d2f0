/** Finds a Chromium for the end-to-end tests, and gets one when there is none. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findExecutable, isExecutable } from './find-executable.ts';
import { runTool } from './run-tool.ts';
import { type Say, sayWhile } from './say.ts';

export type ChromiumResult = { executablePath: string } | { skipped: string };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APT_WITHIN = 600; // seconds
const DOWNLOAD_WITHIN = 300; // seconds

/** In this order: PATH, Debian's package (where we are root), playwright's own download. `skipped` says why there is none. */
export async function findChromium({ say }: { say: Say }): Promise<ChromiumResult> {
  const onPath = findExecutable(NAMES);
  if (onPath) return { executablePath: onPath };

  const tried: string[] = [];
  for (const get of [fromDebian, fromPlaywright]) {
    const result = await get(say);
    if ('executablePath' in result) return result;
    tried.push(result.skipped);
  }
  return { skipped: `no Chromium on the PATH; ${tried.join('; ')}` };
}

async function fromDebian(say: Say): Promise<ChromiumResult> {
  const apt = findExecutable(['apt-get']);
  if (!apt || process.getuid?.() !== 0)
    return { skipped: 'the distribution’s package needs Debian and root' };
  // Ubuntu's package of that name only starts a snap, which a container cannot run.
  if (/^ID=ubuntu$/m.test(osRelease())) return { skipped: 'Ubuntu has Chromium as a snap only' };
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return sayWhile(say, 'Installing the package chromium with apt-get', async () => {
    await runTool(apt, ['update', '-qq'], { env, timeoutSeconds: APT_WITHIN }); // a stale list may still do
    const install = await runTool(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      timeoutSeconds: APT_WITHIN,
    });
    const executablePath = findExecutable(NAMES);
    if (executablePath) return { executablePath };
    return { skipped: install.ok ? 'the package chromium brought no program' : install.reason };
  });
}

async function fromPlaywright(say: Say): Promise<ChromiumResult> {
  const { chromium } = await import('playwright-core');
  const executablePath = chromium.executablePath();
  if (isExecutable(executablePath)) return { executablePath };
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const result = await sayWhile(say, 'Downloading Chromium with playwright', () =>
    runTool(process.execPath, [cli, 'install', 'chromium'], { timeoutSeconds: DOWNLOAD_WITHIN }),
  );
  if (isExecutable(executablePath)) return { executablePath };
  return { skipped: `playwright’s download: ${result.ok ? 'it brought no program' : result.reason}` };
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
