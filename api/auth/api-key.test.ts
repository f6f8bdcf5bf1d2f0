import { describe, expect, it } from '@jest/globals';
import { isMistypedKey, newApiKey } from './api-key.ts';

describe('An API key', () => {
  it('says what it is, and no two are alike', () => {
    const keys = Array.from({ length: 200 }, () => newApiKey('service'));
    expect(new Set(keys.map(({ key }) => key)).size).toBe(200);
    for (const { key, prefix } of keys) {
      expect(key).toMatch(/^hvx_s_[0-9A-Za-z]{36}$/);
      expect(key.startsWith(prefix)).toBe(true);
      expect(prefix).toHaveLength(10);
      expect(isMistypedKey(key)).toBe(false);
    }
    expect(newApiKey('personal').key).toMatch(/^hvx_p_/);
  });

  it('is known to be mistyped by its checksum', () => {
    const { key } = newApiKey('personal');
    for (let at = 4; at < key.length; at++) {
      if (key[at] === '_') continue;
      const other = key[at] === 's' ? 'p' : 's';
      const wrong = key.slice(0, at) + other + key.slice(at + 1);
      if (wrong !== key) expect({ wrong, mistyped: isMistypedKey(wrong) }).toEqual({ wrong, mistyped: true });
    }
  });

  it('says nothing about keys that an operator chose', () => {
    for (const key of ['hvx_test_0123456789012345678901234567890', 'correct-horse-battery-staple-0000'])
      expect(isMistypedKey(key)).toBe(false);
  });
});
