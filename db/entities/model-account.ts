import { defineEntity, p } from '@mikro-orm/core';
import { ModelBudget } from './model-budget.ts';

/** What somebody has used of a budget in one period. Locked while a call is reserved or settled. */
export const ModelAccount = defineEntity({
  name: 'ModelAccount',
  tableName: 'model_accounts',
  primaryKeys: ['budget', 'subject', 'period'],
  properties: {
    budget: () => p.manyToOne(ModelBudget).mapToPk().primary().fieldName('budget').deleteRule('cascade'),
    /** Whose: `workspace`, or the id of an agent, run or user. */
    subject: p.text().primary(),
    /** `2026-11-28`, `2026-11` or `total`. */
    period: p.text().primary(),
    workspace: p.text(),
    spent: p.bigint('number'),
    /** What calls under way may cost at most. */
    reserved: p.bigint('number'),
  },
});
