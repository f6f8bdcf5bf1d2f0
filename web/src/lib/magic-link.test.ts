import { describe, expect, it } from '@jest/globals';
import { magicLink } from './magic-link.ts';

describe('a magic link', () => {
  it('leads to the callback of this app with what it brought', () => {
    expect(magicLink('#callbackUrl=http%3A%2F%2Fapp%2Fruns&token=t1&email=ana%40example.com')).toEqual({
      email: 'ana@example.com',
      callback:
        '/auth/callback/magic-link?token=t1&email=ana%40example.com&callbackUrl=http%3A%2F%2Fapp%2Fruns',
    });
  });

  it('brings nothing else along', () => {
    expect(magicLink('#token=t1&email=a%40b.c&csrf=x')?.callback).toBe(
      '/auth/callback/magic-link?token=t1&email=a%40b.c',
    );
  });

  it.each(['', '#', '#token=t1', '#email=a%40b.c', '#nonsense'])(
    'that was cut off ("%s") is none',
    (hash) => {
      expect(magicLink(hash)).toBeUndefined();
    },
  );
});
