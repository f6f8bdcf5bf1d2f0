/**
 * A form leads to an approval by two people: one by the link in their mail, without an account, one as a member in the app. In a real
 * browser, with everything that `npm start` runs.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../../api/testing/eventually.ts';
import { drawGraph } from '../../engine/run/test-graphs.ts';
import { describeInBrowser, launchChromium } from '../support/chromium.ts';
import { apiKey, dataFolder, type Hiviex } from '../support/hiviex.ts';
import { type MailServer, startMailServer } from '../support/smtp-server.ts';

const owner = { email: 'owner@example.com', password: 'correct horse battery' };

describeInBrowser('a form that two people have to approve', () => {
  const data = dataFolder();
  let hiviex: Hiviex;
  let mails: MailServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${hiviex.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return await response.json();
  };

  beforeAll(async () => {
    mails = await startMailServer();
    [hiviex, browser] = await Promise.all([
      data.start({
        env: {
          HIVIEX_OWNER_EMAIL: owner.email,
          HIVIEX_OWNER_PASSWORD: owner.password,
          SMTP_URL: mails.url,
        },
      }),
      launchChromium(),
    ]);
    context = await browser.newContext({ locale: 'en', viewport: { width: 390, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    const draft = drawGraph(
      [
        [
          'Form',
          'form-trigger',
          { path: 'trip', title: 'Business trip', fields: [{ label: 'Where to', required: true }] },
        ],
        [
          'Ask',
          'approval',
          {
            title: '=Trip to {{ $json.whereTo }}',
            needed: 2,
            approvers: [
              { kind: 'email', who: 'boss@example.org' },
              { kind: 'role', who: 'owner' },
            ],
          },
        ],
        ['Booked', 'no-op'],
      ],
      ['Form > Ask', 'Ask.approved > Booked'],
    );
    const { id } = await call('POST', '/automations', { name: 'Trips', draft });
    await call('POST', `/automations/${id}/publish`);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await data.remove();
    await mails?.close();
  }, 60_000);

  it('ends when both have said yes, and shows who they are', async () => {
    await page.goto(`${hiviex.url}/forms/trip`);
    await page.getByLabel('Where to').fill('Lisbon');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('What you sent has arrived.').waitFor();

    const mail = await mails.take('boss@example.org', /Trip to Lisbon/);
    await page.goto(hiviex.url + new URL(mail.links[0]!).pathname);
    await page.getByRole('heading', { name: 'Trip to Lisbon' }).waitFor();
    await page.getByLabel('Comment').fill('Bring pastries');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Your decision: approved.').waitFor();

    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${hiviex.url}/sign-in`);
    await page.getByLabel(/mail/i).fill(owner.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('1 to decide').waitFor();
    await page.getByRole('link', { name: /Approvals/ }).click();
    await page.getByRole('link', { name: 'Trip to Lisbon' }).click();
    await page.getByText('Bring pastries').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('You decided: approved.').waitFor();
    await page.getByTestId('decision').nth(1).waitFor();

    const run = await eventually(
      async () => (await call('GET', '/runs?trigger=form')).items[0],
      ({ state }) => state === 'succeeded',
    );
    const { steps } = await call('GET', `/runs/${run.id}`);
    const asked = steps.find(({ node }: { node: string }) => node === 'Ask');
    expect(asked.outputs.approved[0].json.approval.decisions).toMatchObject([
      { name: 'boss@example.org', comment: 'Bring pastries' },
      { approver: expect.stringMatching(/^user:/) },
    ]);
    expect(errors).toEqual([]);
  }, 120_000);
});
