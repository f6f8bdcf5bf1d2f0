import { describe, expect, it } from '@jest/globals';
import { signInErrorOf } from './sign-in-errors.ts';

describe('signInErrorOf', () => {
  it('knows the errors of Auth.js, the same by either name', () => {
    expect(signInErrorOf('Verification')?.title.en).toBe('This link works no more');
    expect(signInErrorOf('AccountNotLinked')).toBe(signInErrorOf('OAuthAccountNotLinked'));
  });

  it('has something to say of any other', () => {
    const any = signInErrorOf('OAuthCallbackError');
    expect(any?.title.pt).toBe('O acesso não funcionou');
    expect(signInErrorOf('constructor')).toBe(any);
  });

  it('is silent where there is none', () => {
    expect(signInErrorOf(null)).toBeUndefined();
    expect(signInErrorOf('')).toBeUndefined();
  });
});
