/** The strict content security policy in a real browser: our pages live with it, and what an attacker would add does not. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addPerson } from '../../api/testing/people.ts';
import { startTestApi, type TestApi } from '../../api/testing/test-api.ts';
import { describeInBrowser, launchChromium } from '../support/chromium.ts';

describeInBrowser('A page under the content security policy', () => {
  let api: TestApi;
  let browser: Browser;
  let page: Page;
  let violations: string[] = [];

  beforeAll(async () => {
    api = await startTestApi({ webDir: join(import.meta.dirname, '../../web/dist') });
    const { headers } = await addPerson(api, 'owner');
    const [name = '', value = ''] = headers.cookie!.split('=');
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
    await page.context().addCookies([{ name, value, url: api.url }]);
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

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
});
