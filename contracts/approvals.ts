/** Approvals: what a run asks people to decide. The truth is the run; the tables are a projection of it. */
import { z } from 'zod';
import { formField } from './form-fields.ts';
import { jsonObject } from './json.ts';

export const approverKind = z.enum(['member', 'role', 'group', 'email']);

/** As a builder names them: a member by e-mail address, a role or group by its name, anybody by e-mail address. */
export const approver = z.object({ kind: approverKind, who: z.string() });
export type Approver = z.output<typeof approver>;

export const decisionName = z.enum(['approved', 'rejected']);
export type DecisionName = z.output<typeof decisionName>;

export const approvalState = z.enum(['open', 'approved', 'rejected', 'expired', 'cancelled']);
export type ApprovalState = z.output<typeof approvalState>;

/** What asks: a run of an automation, or of an agent. */
export const approvalAsker = z.enum(['automation', 'agent']);
export type ApprovalAsker = z.output<typeof approvalAsker>;

/** What one person said. */
export const decision = z.object({
  /** `user:<id>`, `email:<address>` or `key:<id>`: each decides once. */
  approver: z.string(),
  name: z.string(),
  decision: decisionName,
  comment: z.string(),
  /** What they filled in. */
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Decision = z.output<typeof decision>;

/** `comment`: whether a decision needs one. */
export const commentRule = z.enum(['optional', 'onRejection', 'always']);

/** What people are asked, as it stands when the wait begins. */
export const approvalQuestion = z.object({
  title: z.string(),
  /** Markdown. */
  text: z.string(),
  fields: z.array(formField),
  /** What it is about: the first items that reached the node. */
  items: z.array(jsonObject),
  approvers: z.array(approver),
  needed: z.int(),
  rejections: z.int(),
  comment: commentRule,
  mail: z.boolean(),
  /** Epoch ms. */
  due: z.number().optional(),
});
export type ApprovalQuestion = z.output<typeof approvalQuestion>;
