/** The audit log: rows are added and read, never changed; the database refuses anything else to both roles. */
import { createHash } from 'node:crypto';
import { encodeTime, ulid } from 'ulid';
import type { AuditEvent } from '../../contracts/api/audit.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type Sql, toMoment } from '../sql.ts';
import type { Page } from './cursor.ts';

export interface NewAuditEvent {
  /** Of what may be reported twice: when it happened, and what makes it one of its kind. It is written once. */
  once?: { at: number; key: string } | undefined;
  workspace?: string | undefined;
  actor: { type: AuditEvent['actor']['type']; id?: string | undefined; name?: string | undefined };
  action: string;
  outcome: AuditEvent['outcome'];
  resource?: { type: string; id?: string | undefined; name?: string | undefined } | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
  /** Redacted by the caller. */
  before?: JsonObject | undefined;
  after?: JsonObject | undefined;
}

export interface AuditFilter {
  action?: string | undefined;
  /** Id of the user or key. */
  actor?: string | undefined;
  resource?: string | undefined;
  outcome?: AuditEvent['outcome'] | undefined;
  /** UTC, ISO 8601; `from` is included, `to` is not. */
  from?: string | undefined;
  to?: string | undefined;
}

/** For the system: an event may be of no workspace. */
export interface AuditLog {
  append(event: NewAuditEvent): Promise<void>;
}

export interface AuditEventsRepository {
  /** Newest first. `cursor` is the id of the last event of the page before. */
  list(query: AuditFilter & { cursor?: string | undefined; limit: number }): Promise<Page<AuditEvent>>;
}

interface Row {
  id: string;
  at: string;
  actor_type: AuditEvent['actor']['type'];
  actor: string | null;
  actor_name: string | null;
  action: string;
  outcome: AuditEvent['outcome'];
  resource_type: string | null;
  resource: string | null;
  resource_name: string | null;
  ip: string | null;
  user_agent: string | null;
  before: JsonObject | null;
  after: JsonObject | null;
}

export function createAuditLog(sql: Sql): AuditLog {
  return {
    async append({ once, workspace, actor, action, outcome, resource, ip, userAgent, before, after }) {
      await sql.query(
        `insert into audit_events (id, workspace, at, actor_type, actor, actor_name, action, outcome, resource_type, resource,
           resource_name, ip, user_agent, before, after)
         values ($1, $2, now(), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::jsonb, $14::text::jsonb)
         on conflict (id) do nothing`,
        [
          once ? idOf(once) : ulid(),
          workspace ?? null,
          actor.type,
          actor.id ?? null,
          actor.name ?? null,
          action,
          outcome,
          resource?.type ?? null,
          resource?.id ?? null,
          resource?.name ?? null,
          ip ?? null,
          userAgent?.slice(0, 500) ?? null,
          before ? JSON.stringify(before) : null,
          after ? JSON.stringify(after) : null,
        ],
      );
    },
  };
}

export function createAuditEventsRepository(sql: Sql, workspace: string): AuditEventsRepository {
  return {
    async list({ action, actor, resource, outcome, from, to, cursor, limit }) {
      const rows = await sql.query<Row>(
        `select id, at, actor_type, actor, actor_name, action, outcome, resource_type, resource, resource_name, ip, user_agent,
           before, after
         from audit_events
         where workspace = $1 and ($2::text is null or action = $2) and ($3::text is null or actor = $3)
           and ($4::text is null or resource = $4) and ($5::text is null or outcome = $5)
           and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
           and ($8::text is null or id < $8)
         order by id desc limit $9`,
        [
          workspace,
          action ?? null,
          actor ?? null,
          resource ?? null,
          outcome ?? null,
          from ?? null,
          to ?? null,
          cursor ?? null,
          limit + 1,
        ],
      );
      const items = rows.slice(0, limit).map(toEvent);
      return { items, ...(rows.length > limit && { nextCursor: items.at(-1)!.id }) };
    },
  };
}

function toEvent(row: Row): AuditEvent {
  return {
    id: row.id,
    at: toMoment(row.at),
    actor: {
      type: row.actor_type,
      ...(row.actor && { id: row.actor }),
      ...(row.actor_name && { name: row.actor_name }),
    },
    action: row.action,
    outcome: row.outcome,
    ...(row.resource_type && {
      resource: {
        type: row.resource_type,
        ...(row.resource && { id: row.resource }),
        ...(row.resource_name && { name: row.resource_name }),
      },
    }),
    ...(row.ip && { ip: row.ip }),
    ...(row.user_agent && { userAgent: row.user_agent }),
    ...(row.before && { before: row.before }),
    ...(row.after && { after: row.after }),
  };
}

/** A ULID that follows from what it is for: ids are in the order of time. */
function idOf({ at, key }: { at: number; key: string }): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = createHash('sha256').update(key).digest().subarray(0, 16);
  return encodeTime(at) + Array.from(bytes, (byte) => digits[byte % 32]).join('');
}
