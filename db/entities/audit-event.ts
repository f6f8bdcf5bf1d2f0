import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../contracts/json.ts';

/**
 * Who did what, to what, when, from where. Rows are added and never changed, so there is no foreign key: what happened stays said
 * when the person, the thing or the workspace is gone.
 */
export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_events',
  indexes: [{ name: 'audit_events_by_workspace', properties: ['workspace', 'id'] }],
  properties: {
    /** ULID: in the order of time. */
    id: p.text().primary(),
    /** Null: about a person or the instance, not a workspace (a failed sign-in). */
    workspace: p.text().nullable(),
    at: p.datetime(3),
    actorType: p.text().$type<'user' | 'key' | 'system' | 'nobody'>(),
    /** Id of the user or key; the tried e-mail's for `nobody`. */
    actor: p.text().nullable(),
    actorName: p.text().nullable(),
    action: p.text(),
    outcome: p.text().$type<'done' | 'refused' | 'failed'>(),
    resourceType: p.text().nullable(),
    resource: p.text().nullable(),
    resourceName: p.text().nullable(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
    /** What changed, secrets redacted. */
    before: p.json().$type<JsonObject>().nullable(),
    after: p.json().$type<JsonObject>().nullable(),
  },
});
