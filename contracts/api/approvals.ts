/** Approvals in the API. */
import { z } from 'zod';
import { approvalAsker, approvalState, approver, commentRule, decisionName } from '../approvals.ts';
import { formField } from '../form-fields.ts';
import { jsonObject, jsonValue } from '../json.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const approvalSummary = z.object({
  id: z.string(),
  title: z.string(),
  state: approvalState,
  /** What asks: a run of an automation, or of an agent, whose id and name are then in `automation`. */
  asker: approvalAsker,
  automation: z.object({ id: z.string(), name: z.string() }),
  run: z.string(),
  node: z.object({ id: z.string(), name: z.string(), index: z.int() }),
  openedAt: moment,
  dueAt: moment.optional(),
  closedAt: moment.optional(),
  /** How many approvals it takes, and how many there are. */
  needed: z.int(),
  approvals: z.int(),
  rejections: z.int(),
  /** What the asker decided. */
  mine: decisionName.optional(),
  /** The asker may decide now. */
  decidable: z.boolean(),
});
export type ApprovalSummary = z.output<typeof approvalSummary>;

export const approvalDecision = z.object({
  name: z.string(),
  decision: decisionName,
  comment: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  at: moment,
});
export type ApprovalDecision = z.output<typeof approvalDecision>;

export const approval = approvalSummary.extend({
  /** Markdown. */
  text: z.string(),
  /** The same as HTML that is safe to show: no scripts, no images, links to the web and to mail only. */
  textHtml: z.string(),
  fields: z.array(formField),
  items: z.array(jsonObject),
  comment: commentRule,
  rejectionsNeeded: z.int(),
  approvers: z.array(approver),
  remindedAt: moment.optional(),
  escalatedAt: moment.optional(),
  decisions: z.array(approvalDecision),
  /** Addresses that the mail could not be sent to. */
  notReached: z.array(z.string()),
});
export type Approval = z.output<typeof approval>;

export const approvalPage = pageOf(approvalSummary);

export const listApprovals = pageQuery.extend({
  state: z.enum(['open', 'done']).default('open'),
  /** `mine`: those that the asker may decide or has decided. */
  of: z.enum(['mine', 'all']).default('mine'),
  run: z.string().optional(),
});

export const approvalCount = z.object({ open: z.int() });

export const decide = z.object({
  decision: decisionName,
  comment: z.string().max(5_000).default(''),
  /** What was filled in, by the fields' names. */
  fields: z.record(z.string(), jsonValue).default({}),
});
