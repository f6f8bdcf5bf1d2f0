/**
 * An answer that streams into the chat page while everything is killed, and while the network is away: the text goes on where it was,
 * each word once.
 *
 * The network is away for 3 seconds here, for 30 in `npm run test:chat-drill`.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { toxiproxyBinary } from '../../scripts/stack/test-tools.ts';
import { startToxiproxy, type Toxiproxy } from '../storm/toxiproxy.ts';
import { describeInBrowserBehindProxy, launchChromium } from '../support/chromium.ts';
import { dataFolder, type Hiviex, steadyPort } from '../support/hiviex.ts';
import { signIn } from '../support/pages.ts';

const owner = { email: 'owner@example.com', password: 'correct horse battery' };
const awayMs = process.env.HIVIEX_DRILL === 'full' ? 30_000 : 3_000;
/** Every word another one: what is missing, doubled or out of order shows. */
const answer = Array.from({ length: 150 }, (_, n) => `w${n}`).join(' ');
/** Over a while that begins before the mishap and ends after it. */
const pace = { chunkSize: 8, latency: Math.round((awayMs + 8_000) / (answer.length / 8)) };

describeInBrowserBehindProxy('An answer on the page of a chat', () => {
  const data = dataFolder();
  const provider = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  let proxy: Toxiproxy;
  let hiviex: Hiviex;
  let start: () => Promise<Hiviex>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    provider.on(
      { predicate: ({ messages }) => /title/.test(String(messages.at(-1)?.content)) },
      { content: 'Words' },
    );
    provider.on({}, { content: answer }, pace);
    [browser, proxy] = await Promise.all([launchChromium(), startToxiproxy(toxiproxyBinary())]);
    await provider.start();
    const port = await steadyPort();
    const base = `http://${await proxy.add('network', `127.0.0.1:${port}`)}`;
    const env = {
      PUBLIC_URL: base,
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
    };
    start = () => data.start({ port, env });
    hiviex = await start();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    await signIn(page, base, owner);
    await page.goto(`${base}/chat/${await beginConversation()}`);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await data.remove();
    await proxy?.stop();
    await provider.stop();
  }, 60_000);

  async function beginConversation(): Promise<string> {
    const make = async (path: string, body?: object) =>
      (await hiviex.api.ask<{ id: string }>('POST', `/api/v1${path}`, body)).id;
    const credential = await make('/credentials', {
      ...{ name: 'Key', type: 'llm' },
      values: { baseUrl: `${provider.url}/v1`, apiKey: 'sk-test-0001' },
    });
    const model = await make('/model-providers', { name: 'Slow', kind: 'openai', credential });
    const agent = await make('/agents', {
      ...{ name: 'Talker', visibility: 'workspace' },
      draft: { model: `model:${model}:words` },
    });
    await make(`/agents/${agent}/publish`);
    return make('/conversations', { with: { kind: 'agent', id: agent }, visibility: 'workspace' });
  }

  const shown = async (n: number): Promise<string> => {
    const texts = await page
      .getByTestId('message')
      .nth(2 * n + 1)
      .getByTestId('message-text')
      .allInnerTexts();
    return texts.join('').trim();
  };

  async function ask(n: number): Promise<void> {
    await page.getByTestId('composer-text').fill(`Question ${n}`);
    await page.getByTestId('send').click();
    while (!/w\d+ w/.test(await shown(n))) await sleep(50);
  }

  /** What stands there is at every moment the beginning of the answer. */
  async function untilWhole(n: number): Promise<void> {
    for (;;) {
      const text = await shown(n);
      expect(answer.startsWith(text.slice(0, text.lastIndexOf(' ') + 1))).toBe(true);
      if (text === answer) return;
      await sleep(100);
    }
  }

  it('goes on after kill -9 of everything', async () => {
    await ask(0);
    await hiviex.kill();
    hiviex = await start();
    await untilWhole(0);
  }, 180_000);

  it('goes on when the network is back', async () => {
    await ask(1);
    const before = await shown(1);
    await proxy.cut('network');
    await sleep(awayMs);
    expect((await shown(1)).length).toBeLessThan(answer.length);
    await proxy.mend('network');
    await untilWhole(1);
    expect(answer.startsWith(before.slice(0, before.lastIndexOf(' ')))).toBe(true);
  }, 180_000);

  it('is the same to whoever opens the page later', async () => {
    await page.reload();
    for (const n of [0, 1]) {
      await page
        .getByTestId('message')
        .nth(2 * n + 1)
        .waitFor();
      await untilWhole(n);
    }
  }, 60_000);
});
