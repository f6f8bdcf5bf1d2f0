import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { masked, maskSecrets } from './mask-secrets.ts';

describe('maskSecrets', () => {
  it('takes a secret out of texts, keys, numbers, lists and objects, and leaves the rest as it is', () => {
    const value = { a: 'Bearer s3cret!', s3cretKey: ['no', { 's3cret!': 12345678 }], n: 1, nothing: null };
    expect(maskSecrets(value, ['s3cret!', '12345678'])).toEqual({
      a: `Bearer ${masked}`,
      s3cretKey: ['no', { [masked]: masked }],
      n: 1,
      nothing: null,
    });
  });

  it('finds it URL-encoded, as JSON text and in base64, wherever it begins', () => {
    const secret = 'p&ss "wörd" / 1+1';
    const forms = [
      encodeURIComponent(secret),
      new URLSearchParams({ q: secret }).toString().slice(2),
      JSON.stringify({ x: secret }),
      ...['', 'u:', 'user:', 'name:'].flatMap((before) => [
        Buffer.from(`${before}${secret}`).toString('base64'),
        Buffer.from(`${before}${secret}:after`).toString('base64url'),
      ]),
    ];
    for (const form of forms) {
      const clean = maskSecrets(form, [secret]);
      expect(clean).toContain(masked);
      expect(clean.length).toBeLessThan(form.length);
    }
  });

  it('finds it on one line, in JSON of ASCII only, with slashes escaped, and in HTML', () => {
    const pem = '-----BEGIN KEY-----\nMIIE/abc+def\nAB"CD\n-----END KEY-----\n';
    expect(maskSecrets(`You sent ${pem.replace(/\s+/g, ' ').trim()} here`, [pem])).toBe(
      `You sent ${masked} here`,
    );
    const json = JSON.stringify(pem).replaceAll('/', '\\/');
    expect(maskSecrets(`{"got":${json}}`, [pem])).toBe(`{"got":"${masked}"}`);
    expect(maskSecrets('{"got":"caf\\u00e9\\/com"}', ['café/com'])).toBe(`{"got":"${masked}"}`);
    for (const html of ['a&lt;b&amp;&#39;c&#39;', 'a&lt;b&amp;&#x27;c&#x27;', "a&lt;b&amp;'c'"])
      expect(maskSecrets(`<p>${html}</p>`, ["a<b&'c'"])).toBe(`<p>${masked}</p>`);
    expect(maskSecrets('a b', ['     '])).toBe('a b');
  });

  it('masks a longer secret as a whole when it holds a shorter one', () => {
    expect(maskSecrets('x abcd-efgh y abcd', ['abcd', 'abcd-efgh'])).toBe(`x ${masked} y ${masked}`);
  });

  it('leaves values shorter than 4 characters alone', () => {
    expect(maskSecrets('an abc of it', ['abc', ''])).toBe('an abc of it');
  });

  it('keeps an error an error', () => {
    const error = new TypeError('bad header: hunter22', { cause: new Error('hunter22') });
    const clean = maskSecrets(error, ['hunter22']);
    expect(clean).toBeInstanceOf(Error);
    expect([clean.name, clean.message, (clean.cause as Error).message]).toEqual([
      'TypeError',
      `bad header: ${masked}`,
      masked,
    ]);
    expect(clean.stack).not.toContain('hunter22');
  });

  it('lets no secret through, whatever it is made of and whatever stands around it', () => {
    const texts = fc.string({ minLength: 4, unit: 'grapheme' });
    fc.assert(
      fc.property(texts, fc.string(), fc.string(), (secret, before, after) => {
        const clean = JSON.stringify(maskSecrets({ x: [before + secret + after] }, [secret]));
        const around = JSON.stringify({ x: [before + masked + after] });
        expect(clean.includes(secret) && !around.includes(secret)).toBe(false);
      }),
    );
  });
});
