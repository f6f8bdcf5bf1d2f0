import { expect, it } from '@jest/globals';
import { failureText } from './failure-text.ts';

it('says what to do below what happened', () => {
  expect(failureText({ message: 'It answered 503.', hint: 'Try again later.' })).toBe(
    'It answered 503.\nTry again later.',
  );
  expect(failureText({ message: 'It answered 503.' })).toBe('It answered 503.');
});
