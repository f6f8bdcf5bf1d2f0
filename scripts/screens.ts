/**
 * `npm run screens`: pictures of every page in docs/screens/ (`screens/camera.ts`), of a Hiviex that is set up, filled and thrown away
 * for it. `editor.png` is the one in the README.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type APIRequestContext, type Browser, chromium } from 'playwright-core';
import { inEveryLook, inLook, looks, type PageShown, shoot, visitAndShoot } from './screens/camera.ts';
import { fillChat, tryAgent } from './screens/fill-chat.ts';
import { fillMcp } from './screens/fill-mcp.ts';
import { fillPeople } from './screens/fill-people.ts';
import { fillRuns } from './screens/fill-runs.ts';
import { identityStates } from './screens/identity.ts';
import { fillLasting } from './screens/lasting.ts';
import { fillSettings, settingsPages } from './screens/settings.ts';
import { startShop } from './screens/shop.ts';
import { findChromium } from './stack/chromium.ts';
import { freePort } from './stack/free-port.ts';
import { say } from './stack/say.ts';
import { startChild } from './stack/start-child.ts';

const root = join(import.meta.dirname, '..');

const person = { email: 'ana@example.com', password: 'correct horse battery' };

const closing: (() => unknown)[] = [];

async function main(): Promise<void> {
  const found = await findChromium({ say });
  if ('skipped' in found) throw new Error(`Pictures need Chromium: ${found.skipped}`);
  // By its address: the bootstrap scripts are plain JavaScript, outside of what TypeScript checks.
  const { ensureWebBuild } = await import(pathToFileURL(join(root, 'scripts/bootstrap/web-build.mjs')).href);
  await ensureWebBuild(root, process.execPath);

  const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-screens-'));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const shop = await startShop();
  closing.push(() => shop.close());
  const port = await freePort(3000);
  const base = `http://127.0.0.1:${port}`;
  const hiviex = await startChild(
    join(root, 'scripts', 'serve.ts'),
    {
      HIVIEX_DATA_DIR: dataDir,
      HIVIEX_OWNER_EMAIL: '',
      HIVIEX_OWNER_PASSWORD: '',
      HIVIEX_API_KEY: '',
      HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1', // the shop
      DATABASE_URL: '',
      TEMPORAL_ADDRESS: '',
      SMTP_URL: '',
      HIVIEX_SIGN_UP: 'true',
      PORT: String(port),
      PUBLIC_URL: base,
      LOG_LEVEL: 'error',
    },
    /\/setup\?token=/,
  );
  closing.push(() => hiviex.stop());
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--hide-scrollbars', '--force-color-profile=srgb'],
  });
  closing.push(() => browser.close());

  const setupUrl = hiviex.line.match(/http\S+/)![0];
  await inEveryLook(browser, undefined, async (page, look) => {
    await page.goto(setupUrl);
    await page.getByTestId('set-up').waitFor();
    await shoot(page, `setup-${look.name}`);
  });
  const signedIn = await setUp(browser, setupUrl, base);
  const { orders, succeeded, failed, waiting } = await fillRuns(signedIn.request, base, shop.url);
  await fillSettings(signedIn.request, base, shop.url);
  const mcp = await fillMcp(signedIn.request, base);
  closing.push(() => mcp.close());
  const lastingPages = await fillLasting(signedIn.request, base);
  const stranger = await browser.newPage();
  const people = await fillPeople(signedIn.request, stranger, base, join(dataDir, 'mail'));
  await stranger.close();
  // Behind them: what its agent asks is on the list of approvals, too.
  const chat = await fillChat(signedIn.request, base);

  const invitation = await invite(signedIn.request, base);
  const visitorPages: readonly PageShown[] = [
    ['sign-in', '/sign-in', '[data-testid="sign-in"]'],
    ['sign-up', '/sign-up', '[data-testid="sign-up"]'],
    ['forgot-password', '/forgot-password', '[data-testid="send-reset"]'],
    ['invitation', invitation, '[data-testid="join"]'],
    ['share', chat.shared, '[data-testid="shared-message"]'],
    ...people.outside,
  ];
  await inEveryLook(browser, undefined, async (page, look) => {
    for (const shown of visitorPages) await visitAndShoot(page, look, base, shown);
    await page.goto(`${base}/sign-in/link`);
    await page.getByTestId('email').fill(person.email);
    await page.getByTestId('send-link').click();
    await page.getByTestId('check-mail').waitFor();
    await shoot(page, `check-mail-${look.name}`);
  });
  const pages: readonly PageShown[] = [
    ['home', '/', '[data-testid="run-row"]'],
    ['automations', '/automations', '[data-testid="automation-row"]'],
    ['editor', `/automations/${orders}`, '[data-state="succeeded"]'],
    ['runs', '/runs', '[data-testid="run-row"]'],
    ['run-succeeded', `/runs/${succeeded}`, '[data-state="succeeded"]'],
    ['run-failed', `/runs/${failed}`, '[data-state="failed"]'],
    ['run-waiting', `/runs/${waiting}`, '[data-state="waiting"]'],
    ...people.inside,
    ...lastingPages,
    ...chat.pages,
    ['profile', '/profile', '[data-testid="session-row"]'],
    ...settingsPages,
  ];
  await inEveryLook(browser, signedIn.state, async (page, look) => {
    for (const shown of pages) await visitAndShoot(page, look, base, shown);
    await tryAgent(page, base, chat.agent);
    await shoot(page, `playground-${look.name}`);
  });
  // After the pages of the team, which neither of them belongs to.
  const { nowhere, halfway } = await identityStates(signedIn.request, base);
  await inEveryLook(browser, nowhere, (page, look) =>
    visitAndShoot(page, look, base, ['no-workspace', '/', '[data-testid="create-workspace"]']),
  );
  await inEveryLook(browser, halfway, (page, look) =>
    visitAndShoot(page, look, base, ['second-factor', '/sign-in/second-factor', '[data-testid="code"]']),
  );
  await inLook(browser, looks[0], signedIn.state, async (page) => {
    await page.goto(`${base}/automations/${orders}`);
    await page.locator('[data-testid="node-Add tax"][data-state="succeeded"]').click();
    await page.getByTestId('data-dock').waitFor();
    await page.getByTestId('field-assignments.1.value-preview').getByText(/\d/).waitFor();
    await page.keyboard.press('1'); // the canvas is smaller now: fit it again
    await shoot(page, 'editor');
  });
}

/** An open invitation to the workspace: its path in the app. */
async function invite(request: APIRequestContext, base: string): Promise<string> {
  const response = await request.post(`${base}/api/v1/invitations`, { data: { role: 'builder' } });
  const { pathname, hash } = new URL(((await response.json()) as { url: string }).url);
  return pathname + hash;
}

async function setUp(browser: Browser, setupUrl: string, base: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(setupUrl);
  await page.getByTestId('email').fill(person.email);
  await page.getByTestId('password').fill(person.password);
  await page.getByTestId('workspace').fill('Harbour Store');
  await page.getByTestId('set-up').click();
  await page.waitForURL(`${base}/`);
  await page.close();
  closing.push(() => context.close());
  return { request: context.request, state: await context.storageState() };
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const close of closing.reverse()) await close();
}
