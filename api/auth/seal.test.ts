import { describe, expect, it } from '@jest/globals';
import { seal, unseal } from './seal.ts';

const mine = { key: 'a key of thirty-two characters!!', context: 'totp:ana' };

describe('a sealed value', () => {
  it('opens with the key and context it was sealed with, and looks different each time', () => {
    const sealed = seal('JBSWY3DPEHPK3PXP', mine);
    expect(unseal(sealed, mine)).toBe('JBSWY3DPEHPK3PXP');
    expect(seal('JBSWY3DPEHPK3PXP', mine)).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('JBSWY3DPEHPK3PXP');
  });

  it('does not open for anybody else, nor changed, nor cut', () => {
    const sealed = seal('secret', mine);
    expect(() => unseal(sealed, { ...mine, context: 'totp:bia' })).toThrow();
    expect(() => unseal(sealed, { ...mine, key: 'another key of thirty-two chars!' })).toThrow();
    const bytes = Buffer.from(sealed, 'base64url');
    for (const at of [0, 13, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => unseal(changed.toString('base64url'), mine)).toThrow();
    }
    expect(() => unseal(bytes.subarray(0, 20).toString('base64url'), mine)).toThrow();
  });
});
