/** What the pictures of people in runs show: a form that anybody fills in, an approval in the app and by mail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRequestContext, Page } from 'playwright-core';
import { refunds } from './automations.ts';
import { callerOf } from './caller.ts';
import type { PageShown } from './camera.ts';

interface Waits {
  /** For whoever is signed in. */
  inside: readonly PageShown[];
  /** For anybody. */
  outside: readonly PageShown[];
}

/**
 * Two refunds are asked for, and wait for a decision.
 *
 * @param page of nobody: fills in the form
 * @param mails folder of the mails that were sent
 */
export async function fillPeople(
  request: APIRequestContext,
  page: Page,
  base: string,
  mails: string,
): Promise<Waits> {
  const { call } = callerOf(request, base);
  const { id } = await call<{ id: string }>('POST', '/automations', refunds);
  await call('POST', `/automations/${id}/publish`, {});
  for (const [customer, amount, why] of [
    ['Bela Rocha', '48.50', 'The lamp came with a crack in its base.'],
    ['Caio & Sons', '310', 'Ordered twice by mistake, the second box is still closed.'],
  ] as const) {
    await page.goto(`${base}/forms/refund`);
    await page.getByLabel('Customer').fill(customer);
    await page.getByLabel('Amount in €').fill(amount);
    await page.getByLabel('Reason').selectOption('Damaged');
    await page.getByLabel('What happened?').fill(why);
    await page.getByRole('button').click();
    await page.getByText('We have your request').waitFor();
  }
  const approval = await until('an open approval', async () => {
    const { items } = await call<{ items: { id: string }[] }>('GET', '/approvals');
    return items.length === 2 ? items[0]?.id : undefined;
  });
  const link = await until('the mail of the approval', async () => linkIn(mails));
  return {
    inside: [
      ['approvals', '/approvals', '[data-testid="approval-row"]'],
      ['approval', `/approvals/${approval}`, '[data-testid="approve"]'],
    ],
    outside: [
      ['form', '/forms/refund', 'form'],
      ['approve-by-mail', link, 'form'],
    ],
  };
}

/** Path of the page that a mailed link opens. */
function linkIn(mails: string): string | undefined {
  for (const name of readdirSync(mails)) {
    const mail = readFileSync(join(mails, name), 'utf8').replaceAll('=\r\n', '').replaceAll('=\n', '');
    const found = mail.match(/\/approve\/[\w.~-]+/);
    if (found) return found[0];
  }
  return undefined;
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There is no ${what} for the pictures.`);
}
