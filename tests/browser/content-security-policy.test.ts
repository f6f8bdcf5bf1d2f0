/**
 * The strict content security policy in a real browser: our pages live with it, and what an attacker would add does not. And what models
 * and tools say in a chat: it runs nothing, and the browser asks nobody but us.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { addPerson } from '../../api/testing/people.ts';
import { apiKey, owner, startTestApi, type TestApi } from '../../api/testing/test-api.ts';
import { describeInBrowser, launchChromium } from '../support/chromium.ts';
import { hostileConversation } from '../support/hostile-conversation.ts';

describeInBrowser('A page under the content security policy', () => {
  let api: TestApi;
  let browser: Browser;
  let page: Page;
  let violations: string[] = [];
  /** A host whose pictures the workspace allows. */
  let pictures: Server;
  let picture: string;

  beforeAll(async () => {
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#c60' } })
      .png()
      .toBuffer();
    pictures = createServer((_, response) => response.writeHead(200).end(png));
    await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(pictures.address() as AddressInfo).port}`;
    picture = `http://${host}/chart.png`;
    api = await startTestApi({
      webDir: join(import.meta.dirname, '../../web/dist'),
      env: {
        HIVIEX_API_KEY: apiKey,
        HIVIEX_OWNER_EMAIL: owner.email,
        HIVIEX_OWNER_PASSWORD: owner.password,
        HIVIEX_ALLOW_PRIVATE_HOSTS: host,
      },
    });
    await api.call('PUT', '/api/v1/workspace/picture-hosts', { hosts: '127.0.0.1' });
    const { headers } = await addPerson(api, 'owner');
    const [name = '', value = ''] = headers.cookie!.split('=');
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    await page.context().addCookies([{ name, value, url: api.url }]);
    noteViolations(page);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await api?.close();
    pictures?.close();
  });

  function noteViolations(page: Page): void {
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
  }

  it('looks as it should: the styles that our libraries write are let in', async () => {
    const draft = {
      nodes: [
        {
          id: 'edit',
          name: 'Edit',
          type: 'edit-fields',
          position: { x: 0, y: 0 },
          parameters: { assignments: [{ name: 'total', type: 'string', value: '1' }] },
        },
      ],
      edges: [],
    };
    const { body } = await api.call('POST', '/api/v1/automations', { name: 'Styled', draft });
    await page.goto(`${api.url}/automations`);
    await page.getByText('Styled').first().waitFor();
    // A dialog locks what is behind it with styles of its own.
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').first().waitFor();

    await page.goto(`${api.url}/automations/${body.id}`);
    await page.getByTestId('node-Edit').click();
    await page.getByTestId('field-assignments.0.value-mode').click();
    await page.locator('.cm-editor').first().waitFor();

    const styles = await page.evaluate(() =>
      Array.from(document.querySelectorAll('style'), (style) => style.sheet?.cssRules.length ?? -1),
    );
    expect(styles.length).toBeGreaterThan(1);
    expect(styles).not.toContain(-1);
    const editorStyled = await page.evaluate(
      () => getComputedStyle(document.querySelector('.cm-editor .cm-content')!).whiteSpace !== 'normal',
    );
    expect(editorStyled).toBe(true);
    expect(violations).toEqual([]);
  }, 90_000);

  it('runs no script and wears no style that somebody added', async () => {
    const done = await page.evaluate(async () => {
      const state = window as unknown as { attacked?: boolean };
      const script = document.createElement('script');
      script.textContent = 'window.attacked = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.attacked = true');
      image.src = 'data:broken';
      document.body.append(image);
      const style = document.createElement('style');
      style.textContent = 'body { outline: 3px solid red }';
      document.body.append(style);
      await new Promise((resolve) => image.addEventListener('error', resolve));
      const reached = await fetch('https://evil.example/').then(
        () => true,
        () => false,
      );
      return {
        attacked: state.attacked ?? false,
        outline: getComputedStyle(document.body).outlineStyle,
        reached,
      };
    });
    expect(done).toEqual({ attacked: false, outline: 'none', reached: false });
    expect(violations.join('\n')).toMatch(/script-src/);
    expect(violations.join('\n')).toMatch(/style-src/);
    expect(violations.join('\n')).toMatch(/connect-src/);
    violations = [];
  }, 60_000);

  /** Opens a page and tells whom the browser asked from then on, but us. */
  async function watched(page: Page, path: string): Promise<string[]> {
    const others: string[] = [];
    noteViolations(page);
    page.on('request', (request) => {
      const { protocol, origin, href } = new URL(request.url());
      if (/^(https?|wss?):/.test(protocol) && origin !== api.url) others.push(href);
    });
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== new URL(api.url).host) others.push(socket.url());
    });
    page.on('dialog', (dialog) => {
      others.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(api.url + path);
    await page.getByTestId('picture').first().waitFor();
    return others;
  }

  /** What is in the messages that should not be, and where their links lead. */
  const inMessages = (page: Page, messages: string) =>
    page.evaluate((selector) => {
      const all = Array.from(document.querySelectorAll(selector), (message) => [
        ...message.querySelectorAll<HTMLElement>('*'),
      ]).flat();
      const links = all.filter((element) => element instanceof HTMLAnchorElement);
      return {
        attacked: (window as unknown as { attacked?: string }).attacked,
        elements: all.filter((element) =>
          element.matches('script, iframe, object, embed, style, link, meta, form, base'),
        ).length,
        handlers: all.filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')))
          .length,
        sources: all
          .flatMap((element) => element.getAttribute('src') ?? [])
          .filter((src) => !src.startsWith('/pictures/')),
        protocols: [...new Set(links.map(({ protocol }) => protocol))].sort(),
        loose: links.filter(({ rel, target }) => target !== '_blank' || !/noopener noreferrer/.test(rel))
          .length,
        outline: getComputedStyle(document.body).outlineStyle,
      };
    }, messages);
  const harmless = {
    ...{ attacked: undefined, elements: 0, handlers: 0, sources: [], loose: 0, outline: 'none' },
    protocols: ['http:', 'https:', 'mailto:'],
  };

  it('shows what models and tools say, and does nothing of it: no script, no other host, no disguise', async () => {
    const { id, share } = await hostileConversation(api, picture);
    const chat = await page.context().newPage();
    const others = await watched(chat, `/chat/${id}`);
    await chat.getByTestId('tool-fold').click();
    await chat.getByText('TOOL SAYS').first().waitFor();
    expect(await inMessages(chat, '[data-testid=message]')).toEqual(harmless);
    // One picture is of an allowed host, and comes through us; others wait, and say who would get their address.
    expect(await chat.getByTestId('picture').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
      40,
    );
    const unseen = chat.getByTestId('picture-unseen');
    expect(await unseen.count()).toBe(3);
    await unseen
      .first()
      .getByText(/evil\.example would get/)
      .waitFor();
    await chat.getByTestId('disguised-link').getByText('leads to evil.example').waitFor();
    const through = chat.waitForResponse((response) => response.url().startsWith(`${api.url}/pictures/`));
    await unseen.first().getByTestId('load-picture').click();
    expect((await through).status()).toBe(502);
    await chat.getByText(/evil\.example gave no picture/).waitFor();
    expect(others).toEqual([]);

    const context = await browser.newContext();
    const stranger = await context.newPage();
    const asked = await watched(stranger, share);
    expect(await inMessages(stranger, '[data-testid=shared-message]')).toEqual(harmless);
    expect(await stranger.getByTestId('picture-unseen').count()).toBe(3);
    expect(await stranger.getByTestId('load-picture').count()).toBe(0);
    expect(asked).toEqual([]);
    await context.close();
    // Formulas come as HTML whose style attributes no page wears; what is drawn is made of them without.
    expect(violations.filter((said) => !said.startsWith('Applying inline style'))).toEqual([]);
  }, 90_000);
});
