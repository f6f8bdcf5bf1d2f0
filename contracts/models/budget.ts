/** Budgets: what calls to models may cost before they are refused. A call reserves what it may cost at most, and settles what it did. */
import { z } from 'zod';

/**
 * Whose calls count. `run`, `agent` and `member` without a target: each of them has that much for itself.
 */
export const budgetScope = z.enum(['workspace', 'agent', 'run', 'member']);
export type BudgetScope = z.output<typeof budgetScope>;

/** `money`: micro-units; `tokens`: those sent and those given, for models that cost nothing. */
export const budgetUnit = z.enum(['money', 'tokens']);
export type BudgetUnit = z.output<typeof budgetUnit>;

/** When what was spent counts no more: at midnight UTC, on the first of the month, never. */
export const budgetPeriod = z.enum(['day', 'month', 'total']);
export type BudgetPeriod = z.output<typeof budgetPeriod>;

export const budgetRule = z
  .object({
    scope: budgetScope,
    /** Of one agent or member only; left out: of each. */
    target: z.string().min(1).max(64).optional(),
    unit: budgetUnit,
    limit: z.int().min(0).max(9_000_000_000_000_000),
    period: budgetPeriod,
  })
  .refine(({ scope, target }) => target === undefined || scope === 'agent' || scope === 'member', {
    path: ['target'],
    message: 'Only a budget of agents or members can be of one of them.',
  });
export type BudgetRule = z.output<typeof budgetRule>;

/** The period that `at` is in, as its accounts are named: `2026-11-28`, `2026-11`, `total`. */
export function periodOf(period: BudgetPeriod, at: Date): string {
  if (period === 'total') return 'total';
  return at.toISOString().slice(0, period === 'day' ? 10 : 7);
}

/** Who is behind a call: what budgets and usage go by. */
export interface CallOwner {
  automation?: string | undefined;
  run?: string | undefined;
  node?: string | undefined;
  agent?: string | undefined;
  /** Id of the user. */
  member?: string | undefined;
}

/** Of whom a budget keeps an account for this call; undefined: it does not count. */
export function subjectOf(
  { scope, target }: Pick<BudgetRule, 'scope' | 'target'>,
  owner: CallOwner,
): string | undefined {
  if (scope === 'workspace') return 'workspace';
  const subject = owner[scope];
  return subject !== undefined && (target === undefined || target === subject) ? subject : undefined;
}
