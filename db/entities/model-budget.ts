import { defineEntity, p } from '@mikro-orm/core';
import type { BudgetPeriod, BudgetScope, BudgetUnit } from '../../contracts/models/budget.ts';
import { Workspace } from './workspace.ts';

/** A limit of what calls to models may cost. What was spent is in its accounts. */
export const ModelBudget = defineEntity({
  name: 'ModelBudget',
  tableName: 'model_budgets',
  indexes: [{ name: 'model_budgets_by_workspace', properties: ['workspace', 'createdAt'] }],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    scope: p.text().$type<BudgetScope>(),
    target: p.text().nullable(),
    unit: p.text().$type<BudgetUnit>(),
    /** Micro-units or tokens. */
    amount: p.bigint('number'),
    period: p.text().$type<BudgetPeriod>(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});
