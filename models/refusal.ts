/** Why the ledger does not let a call begin, as a failure of that model: the chain then goes on by its rule. */
import type { BegunCall } from '../db/index.ts';
import type { Candidate } from './candidates.ts';
import { ModelError } from './model-error.ts';

type Refusal = Extract<BegunCall, { kind: 'limited' | 'over-budget' | 'not-priced' }>;

const limits = {
  requestsPerMinute: 'requests a minute',
  tokensPerMinute: 'tokens a minute',
  concurrency: 'calls at once',
} as const;

export function refusalOf(refusal: Refusal, { by }: Candidate): ModelError {
  switch (refusal.kind) {
    case 'limited': {
      const whose = refusal.whose === 'workspace' ? 'The workspace' : by.providerName;
      const says = `${whose} has reached its limit of ${limits[refusal.limit]}.`;
      return new ModelError({ kind: 'limited', says, retryAfterMs: refusal.retryAfterMs });
    }
    case 'over-budget': {
      const { budget, left, needed } = refusal;
      const says = `The budget of this ${budget.scope} (${amount(budget.limit, budget.unit)}${periods[budget.period]}) has ${amount(left, budget.unit)} left; the call to ${by.model} may take ${amount(needed, budget.unit)}.`;
      return new ModelError({ kind: 'over-budget', says });
    }
    case 'not-priced':
      return new ModelError({
        kind: 'not-priced',
        says: `There is a budget of money, and nobody has said what ${by.model} of ${by.providerName} costs.`,
      });
  }
}

const periods = { day: ' a day', month: ' a month', total: ' in all' } as const;

function amount(value: number, unit: 'money' | 'tokens'): string {
  return unit === 'tokens' ? `${value} tokens` : `$${(value / 1_000_000).toFixed(value < 10_000 ? 6 : 2)}`;
}
