/** The audit log: who did what, to what, when, from where. */
import { z } from 'zod';
import { jsonObject } from '../json.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const auditOutcome = z.enum(['done', 'refused', 'failed']);

export const auditEvent = z.object({
  id: z.string(),
  at: moment,
  actor: z.object({
    type: z.enum(['user', 'key', 'system', 'nobody']),
    id: z.string().optional(),
    name: z.string().optional(),
  }),
  /** Of `contracts/access/actions.ts`, or what happened to an account: `session.opened`, `session.refused`, … */
  action: z.string(),
  outcome: auditOutcome,
  resource: z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional() }).optional(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  before: jsonObject.optional(),
  after: jsonObject.optional(),
});
export type AuditEvent = z.output<typeof auditEvent>;
export const auditPage = pageOf(auditEvent);

const filters = {
  action: z.string().max(64).optional(),
  actor: z.string().max(64).optional(),
  resource: z.string().max(64).optional(),
  outcome: auditOutcome.optional(),
  from: moment.optional(),
  to: moment.optional(),
};
export const listAudit = pageQuery.extend(filters);
export const exportAudit = z.object(filters);
