import { defineEntity, p } from '@mikro-orm/core';
import type { DecisionName } from '../../contracts/approvals.ts';
import type { FormValues } from '../../contracts/form-fields.ts';
import { Approval } from './approval.ts';
import { Workspace } from './workspace.ts';

/** What one person decided; each decides once. */
export const ApprovalDecision = defineEntity({
  name: 'ApprovalDecision',
  tableName: 'approval_decisions',
  primaryKeys: ['approval', 'approver'],
  properties: {
    approval: () => p.manyToOne(Approval).mapToPk().primary().fieldName('approval').deleteRule('cascade'),
    /** `user:<id>`, `email:<address>` or `key:<id>`. */
    approver: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    decision: p.text().$type<DecisionName>(),
    comment: p.text(),
    fields: p.json().$type<FormValues>(),
    decidedAt: p.datetime(3),
  },
});
