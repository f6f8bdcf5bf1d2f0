import { expect, it } from '@jest/globals';
import { everyDay } from './every-day.ts';

it('gives every day once, over the end of a month', () => {
  expect(everyDay(4, new Date('2026-03-01T23:30:00Z'))).toEqual([
    '2026-02-26',
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
});
