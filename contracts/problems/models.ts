/** Models: providers, chains, prices and budgets. */
import { text } from '../text.ts';
import type { ProblemKind } from './problem-kind.ts';

export const modelProblems = {
  'provider-in-use': {
    status: 409,
    title: text('Chains name this provider: {chains}.', 'Cadeias usam este provedor: {chains}.'),
    next: text('Take it out of them first, or turn it off.', 'Tire-o delas antes ou desligue-o.'),
  },
} as const satisfies Record<string, ProblemKind>;
