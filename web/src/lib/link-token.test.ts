import { expect, it } from '@jest/globals';
import { linkToken } from './link-token.ts';

it.each([
  ['#token=a-b_c', '', 'a-b_c'],
  ['', '?token=xyz', 'xyz'],
  ['#token=hash', '?token=query', 'hash'],
  ['', '', ''],
])('%s %s', (hash, search, token) => {
  expect(linkToken({ hash, search })).toBe(token);
});
