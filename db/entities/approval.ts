import { defineEntity, p } from '@mikro-orm/core';
import type { ApprovalAsker, ApprovalQuestion, ApprovalState } from '../../contracts/approvals.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { Workspace } from './workspace.ts';

/** A mail about an approval: sent once, whatever happens to the activity that sends it. */
export interface ApprovalMail {
  /** What it was about and to whom, so that it is not sent twice. */
  key: string;
  to: string;
  /** It could not be sent. */
  failed?: true;
}

/** What a run asks people to decide, as the run has told it. No foreign key to the run, whose row may be written later. */
export const Approval = defineEntity({
  name: 'Approval',
  tableName: 'approvals',
  indexes: [
    { name: 'approvals_by_opening', properties: ['workspace', 'openedAt', 'id'] },
    {
      name: 'approvals_open',
      properties: ['workspace', 'openedAt', 'id'],
      expression: `create index "approvals_open" on "approvals" ("workspace", "opened_at", "id") where state = 'open'`,
    },
    { name: 'approvals_by_run', properties: ['workspace', 'run'] },
  ],
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    /** What asks: a run of an automation, or of an agent whose id and name are then in `automation`. */
    asker: p.text().$type<ApprovalAsker>().default('automation'),
    automation: p.text(),
    automationName: p.text(),
    run: p.text(),
    node: p.text(),
    nodeName: p.text(),
    index: p.integer(),
    question: p.json().$type<ApprovalQuestion>(),
    /** The question's, with their fields in order. Null: those in `question` count, of an approval from before. */
    items: p.json().$type<JsonObject[]>().columnType('json').nullable(),
    /** Who may decide: `user:<id>`, `role:<name>`, `group:<id>`, `email:<address>`. */
    approvers: p.json().$type<string[]>(),
    mails: p.json().$type<ApprovalMail[]>(),
    /** `open` of a run that has ended means cancelled: nobody tells it of that. */
    state: p.text().$type<ApprovalState>(),
    openedAt: p.datetime(3),
    dueAt: p.datetime(3).nullable(),
    reminders: p.integer().default(0),
    remindedAt: p.datetime(3).nullable(),
    escalatedAt: p.datetime(3).nullable(),
    closedAt: p.datetime(3).nullable(),
  },
});
