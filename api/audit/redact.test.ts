import { describe, expect, it } from '@jest/globals';
import { redact, redacted } from './redact.ts';

describe('redact', () => {
  it('masks what is named as a secret, at any depth', () => {
    const names = [
      'password',
      'newPassword',
      'client_secret',
      'apiKey',
      'api-key',
      'accessToken',
      'x-auth-token',
    ];
    const more = ['Authorization', 'cookie', 'token_hash', 'privateKey', 'passphrase', 'sealed'];
    for (const name of [...names, ...more])
      expect(redact({ list: [{ [name]: 'x' }] })).toEqual({ list: [{ [name]: redacted }] });
    expect(redact({ auth: { password: { nested: 'x' } } })).toEqual({ auth: { password: redacted } });
  });

  it('keeps what is not', () => {
    const kept = {
      name: 'Mail',
      keyHeader: 'X-Id',
      tokens: 12,
      hasPassword: true,
      secret: true,
      password: null,
    };
    expect(redact(kept)).toEqual(kept);
  });

  it('masks secrets that stand in a text', () => {
    const key = 'hvx_s_abcdefghijklmnopqrstuvwxyz0123456789';
    expect(redact({ note: `the key ${key}!`, header: 'Bearer abcdef.1234567' })).toEqual({
      note: `the key ${redacted}!`,
      header: `Bearer ${redacted}`,
    });
  });

  it('keeps rows small', () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } };
    expect(JSON.stringify(redact(deep))).toBe('{"a":{"b":{"c":{"d":{"e":{"f":"[…]"}}}}}}');
    expect(redact({ text: 'x'.repeat(600) }).text).toBe(`${'x'.repeat(500)}[… 100]`);
    expect(redact({ list: Array(60).fill(1) }).list).toHaveLength(51);
  });
});
