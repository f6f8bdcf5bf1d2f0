import { describe, expect, it } from '@jest/globals';
import { periodOf, subjectOf } from './budget.ts';
import { modelChoiceText, parseModelChoice } from './chain.ts';
import { knownPriceOf } from './known-prices.ts';
import { costOf } from './price.ts';
import { noUsage } from './usage.ts';

const price = { input: 2_500_000, cached: 1_250_000, cacheWrite: 3_000_000, output: 10_000_000 };

describe('costOf', () => {
  it('bills cached and written input by their own rates, and all in whole micro-units', () => {
    const usage = { ...noUsage, input: 1_000, cached: 400, cacheWrite: 100, output: 50, reasoning: 20 };
    expect(costOf(price, usage)).toBe(500 * 2.5 + 400 * 1.25 + 100 * 3 + 50 * 10);
  });

  it('rounds a fraction up, so that a thousand small calls are not free', () => {
    expect(costOf({ ...price, input: 20_000 }, { ...noUsage, input: 1 })).toBe(1);
    expect(costOf(price, noUsage)).toBe(0);
  });

  it('is exact where a float would not be', () => {
    const usage = { ...noUsage, input: 999_999_999, output: 999_999_999 };
    expect(costOf({ ...price, input: 75_000_001, output: 75_000_003 }, usage)).toBe(150_000_003_850);
  });

  it('never goes below zero when a provider says more is cached than was sent', () => {
    expect(costOf(price, { ...noUsage, input: 10, cached: 30, cacheWrite: 9 })).toBe(13);
  });
});

it('knows a model by its dated name and behind a maker', () => {
  expect(knownPriceOf('gpt-4o-2024-08-06')).toEqual(knownPriceOf('gpt-4o'));
  expect(knownPriceOf('claude-sonnet-4-5-20250929')).toEqual(knownPriceOf('claude-sonnet-4-5'));
  expect(knownPriceOf('openai/gpt-4o-mini')).toEqual(knownPriceOf('gpt-4o-mini'));
  expect(knownPriceOf('gpt-4o-mini')).not.toEqual(knownPriceOf('gpt-4o'));
  expect(knownPriceOf('gpt-4o-realtime')).toBeUndefined();
});

it.each(['', 'chain:01ABC', 'model:sandbox:sandbox', 'model:01X:llama3.1:8b'])(
  'reads its own text %j',
  (value) => {
    expect(modelChoiceText(parseModelChoice(value)!)).toBe(value);
  },
);

it.each(['chain:', 'model:x', 'gpt-4o'])('does not take %j for a choice', (value) => {
  expect(parseModelChoice(value)).toBeUndefined();
});

it('keeps an account for each whom a budget is about', () => {
  expect(subjectOf({ scope: 'workspace' }, {})).toBe('workspace');
  expect(subjectOf({ scope: 'member' }, { member: 'ana' })).toBe('ana');
  expect(subjectOf({ scope: 'member', target: 'ze' }, { member: 'ana' })).toBeUndefined();
  expect(subjectOf({ scope: 'run' }, { member: 'ana' })).toBeUndefined();
});

it('names periods in UTC', () => {
  const late = new Date('2026-11-30T23:59:59.999Z');
  expect([periodOf('day', late), periodOf('month', late), periodOf('total', late)]).toEqual([
    '2026-11-30',
    '2026-11',
    'total',
  ]);
});
