import type { BudgetUnit } from '../../../contracts/models/budget.ts';

/** What one call holds of one account of a budget. */
export interface Hold {
  budget: string;
  subject: string;
  period: string;
  unit: BudgetUnit;
  /** While it is open: what it may take at most. Afterwards 0. */
  reserved: number;
  /** What it took, once it is settled: one that was lost may be settled again, when whoever made it lives after all. */
  settled: number;
}
