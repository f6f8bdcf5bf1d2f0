import { expect, it } from '@jest/globals';
import { safeAddress } from './safe-address.ts';

it.each(['https://example.com/a?b=c#d', 'http://example.com/', 'mailto:ana@example.com'])(
  'lets %s through',
  (address) => {
    expect(safeAddress(address)).toBe(address);
  },
);

it.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://example.com/1',
  'https://bank.example@evil.example/',
  'https://me:secret@evil.example/',
  '//evil.example/x',
  '/api/v1/account',
  '../settings',
  '',
])('takes %j away', (address) => {
  expect(safeAddress(address)).toBe('');
});
