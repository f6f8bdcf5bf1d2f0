/** Pictures of one page after the other, in every look: `<page>-light.png`, `-dark.png` (1440×900) and `-phone.png` (390×844). */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { say } from '../stack/say.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screens');
/** Larger pictures make every clone slower. */
const maxBytes = 250_000;

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
export const looks = [
  { name: 'light', viewport: desk, colorScheme: 'light', isMobile: false },
  { name: 'dark', viewport: desk, colorScheme: 'dark', isMobile: false },
  { name: 'phone', viewport: phone, colorScheme: 'light', isMobile: true },
] as const;
export type Look = (typeof looks)[number];

/** What a browser keeps of who is signed in; nobody, without it. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>> | undefined;

/** `path` may hold a fragment. `ready`: the selector of what the picture waits for. */
export type PageShown = readonly [name: string, path: string, ready: string];

export async function inEveryLook(
  browser: Browser,
  state: SignedIn,
  visit: (page: Page, look: Look) => Promise<void>,
): Promise<void> {
  for (const look of looks) await inLook(browser, look, state, (page) => visit(page, look));
}

export async function inLook(
  browser: Browser,
  { viewport, colorScheme, isMobile }: Look,
  state: SignedIn,
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

export async function visitAndShoot(
  page: Page,
  look: Look,
  base: string,
  [name, path, ready]: PageShown,
): Promise<void> {
  await page.goto(base + path);
  await page.locator(ready).first().waitFor();
  await shoot(page, `${name}-${look.name}`);
}

/** Takes the picture when nothing is on its way any more: no request, no font, no running transition. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(600); // React Flow fits its view in an animation of its own
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > maxBytes) throw new Error(`${name}.png has ${size} bytes, more than ${maxBytes}.`);
  say(`docs/screens/${name}.png`);
}
