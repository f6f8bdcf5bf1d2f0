/**
 * The first promise of the product, in a real browser: a person sets Hiviex up, draws the W1 automation, publishes it, calls its
 * webhook, sees the run turn green on the canvas, and Temporal says it is complete. Over 300 lines: the cases share the servers,
 * and each goes on where the one before it left the page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { Browser, Page } from 'playwright-core';
import { workflowIdOf } from '../../contracts/run.ts';
import { freePort } from '../../scripts/stack/free-port.ts';
import { type Child, startChild } from '../../scripts/stack/start-child.ts';
import { startTemporal, type TemporalServer } from '../../scripts/stack/temporal-server.ts';
import { temporalBinary } from '../../scripts/stack/test-tools.ts';
import { describeInBrowser, launchChromium } from '../support/chromium.ts';

describeInBrowser('a person with a browser', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-browser-'));
  let temporal: TemporalServer;
  let hiviex: Child;
  let browser: Browser;
  let page: Page;
  let stub: Server;
  let letGo: () => void = () => {};
  let base: string;
  const errors: string[] = [];

  beforeAll(async () => {
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    stub = createServer(async (_request, response) => {
      await held;
      response.setHeader('content-type', 'application/json').end('{"stock":7}');
    });
    await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
    temporal = await startTemporal({
      binary: temporalBinary(),
      dataDir: join(dataDir, 'temporal'),
      say: () => {},
    });
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    hiviex = await startChild(
      join(import.meta.dirname, '../../scripts/serve.ts'),
      {
        HIVIEX_DATA_DIR: dataDir,
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_UI_URL: temporal.uiUrl,
        HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1', // its stub
        DATABASE_URL: '',
        HIVIEX_API_KEY: '',
        PORT: String(port),
        PUBLIC_URL: base,
        LOG_LEVEL: 'error',
        NODE_OPTIONS: '',
      },
      /\/setup\?token=/,
    );
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => errors.push(error.message));
  }, 180_000);

  afterAll(async () => {
    letGo();
    await browser?.close();
    await hiviex?.stop();
    await temporal?.stop();
    stub?.close();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** Fields are inputs, or CodeMirror's editable text: both take keys. */
  async function fill(field: string, text: string): Promise<void> {
    await page.getByTestId(`field-${field}`).click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  }

  async function write(field: string, expression: string): Promise<void> {
    await page.getByTestId(`field-${field}-mode`).click();
    await page.locator(`.cm-content[data-testid="field-${field}"]`).waitFor();
    await fill(field, expression);
  }

  async function choose(field: string, option: string): Promise<void> {
    await page.getByTestId(`field-${field}`).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }

  async function expectCount(selector: string, count: number): Promise<void> {
    await page
      .locator(selector)
      .nth(count - 1)
      .waitFor({ state: 'attached' });
    await page.locator(selector).nth(count).waitFor({ state: 'detached' });
  }

  it('sets Hiviex up with the link from the console', async () => {
    await page.goto(hiviex.line.match(/http\S+/)![0]);
    await page.getByTestId('email').fill('ana@example.com');
    await page.getByTestId('password').fill('correct horse battery');
    await page.getByTestId('set-up').click();
    await page.getByTestId('new-automation').or(page.getByText('Start something')).first().waitFor();
  });

  it('draws the automation', async () => {
    await page.goto(`${base}/automations`);
    await page.getByTestId('new-automation').first().click();
    await page.getByTestId('canvas').waitFor();

    await page.getByTestId('palette-webhook-trigger').click();
    await page.getByTestId('node-Webhook').click();
    await fill('path', 'orders');
    await choose('answer', 'By a Respond node');

    await page.getByTestId('palette-edit-fields').click();
    await fill('assignments.0.name', 'total');
    await write('assignments.0.value', '{{ $json.body.amount * 1.2 }}');

    await page.getByTestId('palette-if').click();
    await write('conditions.0.left', '{{ $json.total }}');
    await choose('conditions.0.operator', '> (number)');
    await fill('conditions.0.right', '100');

    await page.getByTestId('palette-http-request').click();
    await fill('url', `http://127.0.0.1:${(stub.address() as AddressInfo).port}/`);

    await page.getByTestId('palette-respond').click();
    await expectCount('.react-flow__node', 5); // the untouched manual trigger gave way to the webhook
    await expectCount('.react-flow__edge', 4);
  });

  it('undoes and redoes, and connects by dragging', async () => {
    await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
    await page.keyboard.press('ControlOrMeta+z');
    expect(await page.getByTestId('node-Respond to webhook').count()).toBe(0);
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await page.getByTestId('node-Respond to webhook').waitFor();

    await page.locator('.react-flow__edge').last().click({ force: true });
    await page.keyboard.press('Delete');
    await expectCount('.react-flow__edge', 3);
    await page.keyboard.press('1'); // zoom to fit
    await page.waitForTimeout(600);
    await page
      .getByTestId('port-out-HTTP request-main')
      .dragTo(page.getByTestId('port-in-Respond to webhook-main'), { force: true });
    await expectCount('.react-flow__edge', 4);
  });

  it('takes one test call of the draft, shows what came and pins it', async () => {
    const call = (amount: number) =>
      fetch(`${base}/hooks/test/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ amount }),
      });
    expect(await (await call(1)).json()).toMatchObject({ status: 404, code: 'not-listening' });
    await page.getByTestId('node-Webhook').click();
    await page.getByTestId('test-listen').click();
    await page.locator('[data-testid="test-call"][data-state="listening"]').waitFor();
    expect(await page.getByTestId('test-url').textContent()).toBe(`POST ${base}/hooks/test/orders`);
    await page.getByTestId('test-stop').click();
    await page.locator('[data-testid="test-call"][data-state="idle"]').waitFor();
    await page.getByTestId('test-listen').click();
    await page.getByTestId('test-url').waitFor();

    const answered = call(10); // too little for the request, which nobody lets go yet
    await page.locator('[data-testid="test-call"][data-state="called"]').waitFor();
    await page.locator('[data-testid="node-Webhook"][data-state="succeeded"]').waitFor();
    await page.getByTestId('test-pin').click();
    await page.getByTestId('unpin').waitFor();
    await page.getByTestId('output-data').getByText('amount').waitFor();
    await page.getByTestId('unpin').click();
    await answered;
  });

  it('publishes, calls the webhook and sees the run turn green', async () => {
    await page.getByTestId('publish').click();
    await page.locator('[data-testid="publish"][data-published="true"]').waitFor();
    const called = fetch(`${base}/hooks/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ amount: 100 }),
    });

    await page.goto(`${base}/runs`);
    const row = page.getByTestId('run-row').first();
    await row.waitFor();
    await row.getByRole('link').first().click();
    const request = page.getByTestId('node-HTTP request');
    await page.locator('[data-testid="node-HTTP request"][data-state="running"]').waitFor();
    letGo();
    await page.locator('[data-testid="node-HTTP request"][data-state="succeeded"]').waitFor();
    await page.locator('[data-testid="node-Respond to webhook"][data-state="succeeded"]').waitFor();
    await request.click();
    await page.getByTestId('run-state').getByText('Succeeded').waitFor();

    const answer = await called;
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ stock: 7 });

    const run = answer.headers.get('hiviex-run')!;
    const details = (await (await page.request.get(`${base}/api/v1/runs/${run}`)).json()) as {
      workflowId: string;
      temporalUrl: string;
      automation: { id: string };
    };
    expect(details.temporalUrl).toContain(temporal.uiUrl);
    const connection = await Connection.connect({ address: temporal.address });
    const description = await new Client({ connection }).workflow.getHandle(details.workflowId).describe();
    await connection.close();
    expect(description.status.name).toBe('COMPLETED');
    expect(
      details.workflowId.endsWith(
        workflowIdOf({ workspace: '', automation: details.automation.id, run }).slice(12),
      ),
    ).toBe(true);
    expect(errors).toEqual([]);
  });

  it('draws, connects, publishes and runs by keyboard alone; the focus is never lost', async () => {
    const focused = page.locator(':focus');
    const tabTo = async (testId: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if ((await focused.count()) > 0 && (await focused.getAttribute('data-testid')) === testId) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not lead to ${testId}.`);
    };
    const add = async (search: string) => {
      await page.keyboard.press('n');
      await page.getByTestId('picker-search').and(focused).waitFor();
      await page.keyboard.type(search);
      await page.keyboard.press('Enter');
      await page.locator('.react-flow__node:focus').waitFor();
    };
    await page.goto(`${base}/automations`);
    await page.getByTestId('new-automation').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // skips the side bar
    await tabTo('new-automation');
    await page.keyboard.press('Enter');
    await page.getByTestId('canvas').waitFor();

    await tabTo('rf__node-start');
    await add('edit fields'); // behind the trigger, which has the focus
    await page.keyboard.press('Enter');
    await tabTo('field-assignments.0.name');
    await page.keyboard.type('greeting');
    await tabTo('field-assignments.0.value');
    await page.keyboard.type('hello');
    await page.keyboard.press('Escape');
    await page.locator('.react-flow__node:focus').getByText('Edit fields').first().waitFor();

    await add('no-op');
    await page.keyboard.press('ArrowDown');
    await expectCount('.react-flow__edge', 2);
    await page.keyboard.press('Delete');
    await page.keyboard.press('ControlOrMeta+z');
    await expectCount('.react-flow__edge', 2);

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused.count()).toBe(1);

    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByTestId('run-state').waitFor();
    expect(errors).toEqual([]);
  });

  it('talks to an agent without a key: its tool asks first, a reload loses nothing, and nothing in an answer runs or loads', async () => {
    const answers = page.locator('[data-testid="message"][data-role="assistant"]');
    const say = async (text: string) => {
      await page.getByTestId('composer-text').fill(text);
      await page.keyboard.press('Enter');
    };
    await page.goto(`${base}/chat`);
    await page.getByTestId('make-example').click();
    await page.getByTestId('starter').first().click();
    await page.getByTestId('tool-approve').click();
    await page.locator('[data-testid="tool-call"][data-state="succeeded"]').waitFor();
    await page.getByTestId('sandbox-note').waitFor();
    expect(await page.getByTestId('sandbox-note').getByRole('link').getAttribute('href')).toBe(
      '/models?add=first',
    );

    const words = Array.from({ length: 150 }, (_, number) => `w${number}`).join(' ');
    await say(words);
    await answers.nth(1).getByText(/w9\b/).waitFor();
    await page.reload();
    await answers.and(page.locator('[data-state="succeeded"]')).nth(1).waitFor();
    const answer = (await answers.nth(1).getByTestId('message-text').textContent()) ?? '';
    expect(answer.match(/\bw\d+\b/g)?.join(' ')).toBe(words);

    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await say(
      '<script>window.attacked = 1</script> <img src="https://evil.example/a.png" onerror="window.attacked = 1"> ' +
        '[press](javascript:window.attacked=1) ![pixel](https://evil.example/pixel.png?secret=1)',
    );
    await answers.and(page.locator('[data-state="succeeded"]')).nth(2).waitFor();
    const hostile = answers.nth(2);
    const pixel = hostile.locator('a[href^="https://evil.example/pixel.png"]');
    await pixel.waitFor();
    expect(await pixel.getAttribute('rel')).toContain('noopener');
    expect(await hostile.locator('script, img, a[href^="javascript:"]').count()).toBe(0);
    expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
    expect(asked.filter((url) => url.includes('evil.example'))).toEqual([]);
    expect(errors).toEqual([]);
  }, 90_000);

  it('tries the agent beside its editor, pauses and steers it while it works, and loses nothing of it; then talks to it from there', async () => {
    await page.getByTestId('partner-link').click();
    const playground = page.getByTestId('playground');
    const run = (state: string) => page.locator(`[data-testid="trial-run"][data-state="${state}"]`).waitFor();
    const say = async (text: string) => {
      await page.getByTestId('composer-text').fill(text);
      await page.keyboard.press('Enter');
    };
    await playground.getByTestId('starter').first().click();
    await playground.getByTestId('tool-approve').waitFor();
    await run('waiting');
    await page.getByTestId('trial-pause').click();
    await page.getByTestId('trial-resume').waitFor();
    await say('And say it kindly.');
    await playground.getByTestId('tool-approve').click();
    await run('paused');
    await page.getByTestId('trial-resume').click();
    await run('succeeded');
    await page.getByTestId('trial-steps-fold').click();
    const steps = await page
      .getByTestId('trial-step')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-kind')));
    expect(steps).toEqual(['model', 'automation', 'model']);
    await page.reload();
    await playground.getByTestId('steered').getByText('And say it kindly.').waitFor();
    await playground
      .locator('[data-state="succeeded"]')
      .getByText(/You said: And say it kindly/)
      .waitFor();

    await page.getByTestId('talk').click();
    await page.getByTestId('first-words').waitFor();
    await say('Good morning');
    await page.waitForURL(/\/chat\/\w+$/);
    await page.getByTestId('message-text').getByText('Good morning', { exact: true }).waitFor();
    // What was tried is in no list.
    await page.getByText('Good morning').first().waitFor();
    expect(await page.getByTestId('conversation-row').count()).toBe(2);
    expect(errors).toEqual([]);
  }, 60_000);
});
