/**
 * List prices of models that many use, as their makers published them; a workspace's own table goes first. They change without
 * notice: `asOf` is shown beside them, and whoever bills by them should look.
 */
import { freeOfCharge, type ModelPrice } from './price.ts';

export const knownPricesAsOf = '2025-11';

/** Dollars per million tokens: input, cached input, output, writing to the cache (left out: as input). */
const dollars: Record<string, readonly [number, number, number, number?]> = {
  'gpt-5': [1.25, 0.125, 10],
  'gpt-5-mini': [0.25, 0.025, 2],
  'gpt-5-nano': [0.05, 0.005, 0.4],
  'gpt-4.1': [2, 0.5, 8],
  'gpt-4.1-mini': [0.4, 0.1, 1.6],
  'gpt-4.1-nano': [0.1, 0.025, 0.4],
  'gpt-4o': [2.5, 1.25, 10],
  'gpt-4o-mini': [0.15, 0.075, 0.6],
  o3: [2, 0.5, 8],
  'o4-mini': [1.1, 0.275, 4.4],
  'text-embedding-3-small': [0.02, 0.02, 0],
  'text-embedding-3-large': [0.13, 0.13, 0],
  'claude-opus-4-5': [5, 0.5, 25, 6.25],
  'claude-opus-4-1': [15, 1.5, 75, 18.75],
  'claude-sonnet-4-5': [3, 0.3, 15, 3.75],
  'claude-sonnet-4': [3, 0.3, 15, 3.75],
  'claude-haiku-4-5': [1, 0.1, 5, 1.25],
  'claude-3-5-haiku': [0.8, 0.08, 4, 1],
  'gemini-2.5-pro': [1.25, 0.31, 10],
  'gemini-2.5-flash': [0.3, 0.075, 2.5],
  'gemini-2.5-flash-lite': [0.1, 0.025, 0.4],
  'deepseek-chat': [0.28, 0.028, 0.42],
  'mistral-large': [2, 2, 6],
  'mistral-small': [0.1, 0.1, 0.3],
};

const byModel = new Map<string, ModelPrice>([
  ['sandbox', freeOfCharge],
  ['sandbox-embedding', freeOfCharge],
  ...Object.entries(dollars).map(
    ([model, [input, cached, output, cacheWrite = input]]) =>
      [
        model,
        { input: micro(input), cached: micro(cached), cacheWrite: micro(cacheWrite), output: micro(output) },
      ] as const,
  ),
]);

export const knownPrices: ReadonlyMap<string, ModelPrice> = byModel;

/** By the model's name, also with a date or `-latest` behind it, or a maker in front of it (`openai/gpt-4o`). */
export function knownPriceOf(model: string): ModelPrice | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1);
  return byModel.get(name) ?? byModel.get(name.replace(/[-@](latest|\d{4,8}(-\d{2}){0,2})$/, ''));
}

function micro(amount: number): number {
  return Math.round(amount * 1_000_000);
}
