/**
 * What a model costs. Money is whole micro-units of one currency (a millionth of a US dollar in the list that comes with Hiviex): sums
 * of a ledger stay exact, which floats would not.
 */
import { z } from 'zod';
import type { TokenUsage } from './usage.ts';

/** Micro-units per million tokens: 2_500_000 is $2.50 for a million. At most a thousand dollars a token. */
const rate = z.int().min(0).max(1_000_000_000_000);

export const modelPrice = z.object({
  input: rate,
  /** Input that the provider had in its cache. */
  cached: rate,
  /** Input that it wrote to its cache. */
  cacheWrite: rate,
  output: rate,
});
export type ModelPrice = z.output<typeof modelPrice>;

export const freeOfCharge: ModelPrice = { input: 0, cached: 0, cacheWrite: 0, output: 0 };

const perMillion = 1_000_000n;

/** Micro-units, rounded up: a call that costs a fraction is never free. */
export function costOf(price: ModelPrice, usage: Omit<TokenUsage, 'estimated'>): number {
  const cached = Math.min(usage.cached, usage.input);
  const cacheWrite = Math.min(usage.cacheWrite, usage.input - cached);
  const plain = usage.input - cached - cacheWrite;
  const total =
    BigInt(plain) * BigInt(price.input) +
    BigInt(cached) * BigInt(price.cached) +
    BigInt(cacheWrite) * BigInt(price.cacheWrite) +
    BigInt(usage.output) * BigInt(price.output);
  return Number((total + perMillion - 1n) / perMillion);
}
