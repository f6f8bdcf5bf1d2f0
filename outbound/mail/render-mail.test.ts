import { describe, expect, it } from '@jest/globals';
import { renderMail } from './render-mail.ts';

const mail = {
  language: 'en',
  title: 'Sign in to Hiviex',
  lines: ['Somebody asked for this link.', 'It works once, for 15 minutes.'],
  action: { label: 'Sign in', url: 'https://hiviex.test/auth?token=abc&email=a%40b.test' },
} as const;

describe('renderMail', () => {
  it('says the same as text and as HTML', () => {
    const { text, html } = renderMail(mail);
    for (const part of [mail.title, ...mail.lines, mail.action.label]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain(`Sign in: ${mail.action.url}`);
    expect(html).toContain('href="https://hiviex.test/auth?token=abc&amp;email=a%40b.test"');
  });

  it('is in the language of its reader', () => {
    expect(renderMail(mail).html).toContain('<html lang="en">');
    const { html } = renderMail({ ...mail, language: 'pt' });
    expect(html).toContain('<html lang="pt-BR">');
    expect(html).toContain('Se o botão não funcionar');
  });

  it('needs no button', () => {
    const { text, html } = renderMail({ ...mail, action: undefined });
    expect(html).not.toContain('<a ');
    expect(text).toBe(`${mail.title}\n\n${mail.lines.join('\n\n')}\n\n--\nHiviex\n`);
  });

  it('lets no text become markup', () => {
    const evil = `"><script>alert('x')</script><a href=javascript:x>&amp;`;
    const { html } = renderMail({
      language: 'en',
      title: evil,
      lines: [evil],
      action: { label: evil, url: `https://hiviex.test/?q="><script>'` },
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<a href=javascript');
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
    expect(html).toContain('&amp;amp;');
    expect([...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'https://hiviex.test/?q=%22%3E%3Cscript%3E%27',
      'https://hiviex.test/?q=%22%3E%3Cscript%3E%27',
    ]);
  });

  it('lets no name add a line or turn the text around', () => {
    const evil = 'Ana\r\n\r\nSign in: https://evil.test\u202e\u0000';
    const { text, html } = renderMail({ language: 'en', title: evil, lines: [evil] });
    const plain = 'Ana Sign in: https://evil.test';
    expect(text).toBe(`${plain}\n\n${plain}\n\n--\nHiviex\n`);
    expect(html).toContain(`>${plain}</p>`);
  });

  it('loads nothing from outside', () => {
    expect(renderMail(mail).html).not.toMatch(/<(img|link|script|iframe)|url\(/);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', ''])('has no button to "%s"', (url) => {
    expect(() => renderMail({ ...mail, action: { label: 'Go', url } })).toThrow('http: or https:');
  });
});
