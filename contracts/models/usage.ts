/** Tokens of one call to a model. Whole numbers. */
import { z } from 'zod';

const tokens = z.int().min(0);

export const tokenUsage = z.object({
  /** All that was sent, what the provider had cached included. */
  input: tokens,
  /** Of `input`: read from the provider's cache. */
  cached: tokens,
  /** Of `input`: written to its cache (Anthropic bills that apart). */
  cacheWrite: tokens,
  /** All that was generated, reasoning included. */
  output: tokens,
  /** Of `output`: thought and not shown. */
  reasoning: tokens,
  /** The provider gave no figures (a stream that was cut or stopped): these are ours. */
  estimated: z.boolean(),
});
export type TokenUsage = z.output<typeof tokenUsage>;

export const noUsage: TokenUsage = {
  input: 0,
  cached: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  estimated: false,
};

export function totalTokens({ input, output }: Pick<TokenUsage, 'input' | 'output'>): number {
  return input + output;
}
