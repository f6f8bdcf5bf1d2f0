/** The real browser of the end-to-end tests. Without one their suites are skipped, and `npm test` says why. */
import { describe } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { describeWithProxy, describeWithTemporal } from '../../scripts/stack/test-tools.ts';

const executablePath = process.env.HIVIEX_TEST_CHROMIUM;

/** `describe`, skipped where there is no Chromium or no Temporal. */
export const describeInBrowser: typeof describe.skip = executablePath ? describeWithTemporal : describe.skip;

/** The same, with a proxy that cuts what goes through it (`toxiproxyBinary`). */
export const describeInBrowserBehindProxy: typeof describe.skip = executablePath
  ? describeWithProxy
  : describe.skip;

/** Only inside describeInBrowser. */
export function launchChromium(): Promise<Browser> {
  if (!executablePath) throw new Error('Use launchChromium() inside describeInBrowser only.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
