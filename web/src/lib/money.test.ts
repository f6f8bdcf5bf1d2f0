import { expect, it } from '@jest/globals';
import { money, shortNumber, toMicros } from './money.ts';

it('shows dollars, and of less than a cent what it is', () => {
  expect(money(12_400_000, 'en')).toBe('$12.40');
  expect(money(0, 'en')).toBe('$0.00');
  expect(money(312, 'en')).toBe('$0.00031');
  expect(money(12_400_000, 'pt').replace(/\s/g, ' ')).toBe('$ 12,40');
});

it('keeps whole micro-units of what people type', () => {
  expect(toMicros(0.1 + 0.2)).toBe(300_000);
  expect(toMicros(2.5)).toBe(2_500_000);
});

it('shortens numbers', () => {
  expect(shortNumber(12_400, 'en')).toBe('12.4K');
});
