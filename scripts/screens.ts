/**
 * `npm run screens`: pictures of every page in docs/screens/, of a Hiviex that is set up, filled and thrown away for it.
 * `<page>-light.png`, `-dark.png` (1440×900) and `-phone.png` (390×844); `editor.png` is the one in the README.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type APIRequestContext, type Browser, chromium, type Page } from 'playwright-core';
import { isTerminal, type RunState } from '../contracts/states.ts';
import { type Shown, shownAutomations } from './screens/automations.ts';
import { identityStates } from './screens/identity.ts';
import { fillLasting } from './screens/lasting.ts';
import { fillSettings, settingsPages } from './screens/settings.ts';
import { findChromium } from './stack/chromium.ts';
import { freePort } from './stack/free-port.ts';
import { say } from './stack/say.ts';
import { startChild } from './stack/start-child.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'screens');
/** Larger pictures make every clone slower. */
const maxBytes = 250_000;

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const looks = [
  { name: 'light', viewport: desk, colorScheme: 'light', isMobile: false },
  { name: 'dark', viewport: desk, colorScheme: 'dark', isMobile: false },
  { name: 'phone', viewport: phone, colorScheme: 'light', isMobile: true },
] as const;
type Look = (typeof looks)[number];

const person = { email: 'ana@example.com', password: 'correct horse battery' };

const closing: (() => unknown)[] = [];

async function main(): Promise<void> {
  const found = await findChromium({ say });
  if ('skipped' in found) throw new Error(`Pictures need Chromium: ${found.skipped}`);
  // By its address: the bootstrap scripts are plain JavaScript, outside of what TypeScript checks.
  const { ensureWebBuild } = await import(pathToFileURL(join(root, 'scripts/bootstrap/web-build.mjs')).href);
  await ensureWebBuild(root, process.execPath);
  mkdirSync(folder, { recursive: true });

  const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-screens-'));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const shop = await startShop();
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
  const { orders, succeeded, failed, waiting } = await seed(signedIn.request, base, shop);
  await fillSettings(signedIn.request, base, shop);
  const lastingPages = await fillLasting(signedIn.request, base);

  const invitation = await invite(signedIn.request, base);
  const visitorPages: readonly PageShown[] = [
    ['sign-in', '/sign-in', '[data-testid="sign-in"]'],
    ['sign-up', '/sign-up', '[data-testid="sign-up"]'],
    ['forgot-password', '/forgot-password', '[data-testid="send-reset"]'],
    ['invitation', invitation, '[data-testid="join"]'],
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
    ...lastingPages,
    ['profile', '/profile', '[data-testid="session-row"]'],
    ...settingsPages,
  ];
  await inEveryLook(browser, signedIn.state, async (page, look) => {
    for (const shown of pages) await visitAndShoot(page, look, base, shown);
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

/** `path` may hold a fragment. `ready`: the selector of what the picture waits for. */
type PageShown = readonly [name: string, path: string, ready: string];

async function visitAndShoot(
  page: Page,
  look: Look,
  base: string,
  [name, path, ready]: PageShown,
): Promise<void> {
  await page.goto(base + path);
  await page.locator(ready).first().waitFor();
  await shoot(page, `${name}-${look.name}`);
}

/** An open invitation to the workspace: its path in the app. */
async function invite(request: APIRequestContext, base: string): Promise<string> {
  const response = await request.post(`${base}/api/v1/invitations`, { data: { role: 'builder' } });
  const { pathname, hash } = new URL(((await response.json()) as { url: string }).url);
  return pathname + hash;
}

/** The service that the automations call. Orders above 5,000 find it broken. */
async function startShop(): Promise<string> {
  const port = await freePort(4010);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, json } = answerOf(request.url ?? '', body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

function answerOf(path: string, body: string): { status: number; json: unknown } {
  if (path === '/invoices')
    return {
      status: 200,
      json: [2041, 2044, 2052, 2063].map((number, index) => ({ number, daysOverdue: 12 - index * 3 })),
    };
  if (path !== '/reservations') return { status: 200, json: { ok: true } };
  const { customer, total } = JSON.parse(body) as { customer: string; total: number };
  if (total > 5_000) return { status: 503, json: { error: 'The warehouse is closed for stocktaking.' } };
  return { status: 200, json: { reservation: 'R-4711', customer, total, warehouse: 'Porto' } };
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

/** Publishes the automations and leaves runs in every state that the pictures show. Gives the ids they need. */
async function seed(request: APIRequestContext, base: string, shop: string) {
  async function call<T>(path: string, data: unknown): Promise<T> {
    const response = await request.post(`${base}/api/v1${path}`, { data });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T;
  }
  async function publish(shown: Shown): Promise<string> {
    const { id } = await call<{ id: string }>('/automations', shown);
    await call(`/automations/${id}/publish`, {});
    return id;
  }
  async function run(automation: string, until: (state: RunState) => boolean): Promise<string> {
    const { id } = await call<{ id: string }>(`/automations/${automation}/runs`, {});
    await reaches(id, until);
    return id;
  }
  async function reaches(id: string, until: (state: RunState) => boolean): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const { state } = (await (await request.get(`${base}/api/v1/runs/${id}`)).json()) as {
        state: RunState;
      };
      if (until(state)) return;
      if (isTerminal(state)) throw new Error(`The run ${id} ended as ${state}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The run ${id} did not get where the pictures need it.`);
  }
  async function order(customer: string, amount: number): Promise<string> {
    const response = await fetch(`${base}/hooks/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer, amount }),
    });
    const id = response.headers.get('hiviex-run');
    if (!id) throw new Error(`The webhook answered ${response.status} without a run.`);
    await reaches(id, isTerminal);
    return id;
  }
  const { orders, reminders, report } = shownAutomations(shop);
  const [ordersId, reminderId, reportId] = [
    await publish(orders),
    await publish(reminders),
    await publish(report),
  ];
  await order('Bela', 40);
  await run(reminderId, (state) => state === 'succeeded');
  const failed = await order('Caio & Sons', 9_800);
  const waiting = await run(reportId, (state) => state === 'waiting');
  const cancelled = await run(reportId, (state) => state === 'waiting');
  await call(`/runs/${cancelled}/cancel`, {});
  await reaches(cancelled, (state) => state === 'cancelled');
  const succeeded = await order('Ana', 120);
  return { orders: ordersId, succeeded, failed, waiting };
}

type State = Awaited<ReturnType<typeof setUp>>['state'] | undefined;

async function inEveryLook(
  browser: Browser,
  state: State,
  visit: (page: Page, look: Look) => Promise<void>,
): Promise<void> {
  for (const look of looks) await inLook(browser, look, state, (page) => visit(page, look));
}

async function inLook(
  browser: Browser,
  { viewport, colorScheme, isMobile }: Look,
  state: State,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    isMobile,
    hasTouch: isMobile,
    deviceScaleFactor: 1,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...(state && { storageState: state }),
  });
  try {
    await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Takes the picture when nothing is on its way any more: no request, no font, no running transition. */
async function shoot(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(600); // React Flow fits its view in an animation of its own
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > maxBytes) throw new Error(`${name}.png has ${size} bytes, more than ${maxBytes}.`);
  say(`docs/screens/${name}.png`);
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const close of closing.reverse()) await close();
}
