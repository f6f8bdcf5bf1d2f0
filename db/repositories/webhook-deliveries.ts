/** What came in at webhooks that keep a log of it. */
import type { JsonObject } from '../../contracts/json.ts';
import { type Sql, toMoment } from '../sql.ts';
import type { Page } from './cursor.ts';

export interface StoredDelivery {
  /** ULID: in the order of time. */
  id: string;
  automation: string;
  node: string;
  at: string;
  method: string;
  path: string;
  status: number;
  /** Why it was refused. */
  problem?: string | undefined;
  run?: string | undefined;
  /** It came before: no new run. */
  repeated: boolean;
  /** What came in, secrets masked. */
  item?: JsonObject | undefined;
  replayOf?: string | undefined;
}

export type NewDelivery = Omit<StoredDelivery, 'at'>;

export interface WebhookDeliveriesRepository {
  add(delivery: NewDelivery): Promise<void>;
  get(automation: string, id: string): Promise<StoredDelivery | undefined>;
  /** Newest first; `cursor` is the id of the last of the page before. */
  list(
    automation: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<StoredDelivery>>;
}

/** Across all workspaces. */
export interface WebhookDeliveryCleaner {
  /** Deletes those older than `days`; returns how many. */
  removeOld(days: number): Promise<number>;
}

interface Row {
  id: string;
  automation: string;
  node: string;
  at: string;
  method: string;
  path: string;
  status: number;
  problem: string | null;
  run: string | null;
  repeated: boolean;
  item: JsonObject | null;
  replay_of: string | null;
}

const columns = 'id, automation, node, at, method, path, status, problem, run, repeated, item, replay_of';

export function createWebhookDeliveryCleaner(sql: Sql): WebhookDeliveryCleaner {
  return {
    async removeOld(days) {
      const gone = await sql.query(
        `delete from webhook_deliveries d where at < now() - $1::int * interval '1 day'
           and not exists (select 1 from automations a where a.id = d.automation and a.hold)
           and not exists (select 1 from runs r where r.id = d.run and r.hold) returning id`,
        [days],
      );
      return gone.length;
    },
  };
}

export function createWebhookDeliveriesRepository(sql: Sql, workspace: string): WebhookDeliveriesRepository {
  return {
    async add({ id, automation, node, method, path, status, problem, run, repeated, item, replayOf }) {
      await sql.query(
        `insert into webhook_deliveries (id, workspace, automation, node, at, method, path, status, problem, run, repeated, item, replay_of)
         values ($1, $2, $3, $4, now(), $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12)`,
        [
          ...[id, workspace, automation, node, method, path, status, problem ?? null, run ?? null, repeated],
          item ? JSON.stringify(item) : null,
          replayOf ?? null,
        ],
      );
    },

    async get(automation, id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from webhook_deliveries where workspace = $1 and automation = $2 and id = $3`,
        [workspace, automation, id],
      );
      return row && toDelivery(row);
    },

    async list(automation, { cursor, limit }) {
      const rows = await sql.query<Row>(
        `select ${columns} from webhook_deliveries
         where workspace = $1 and automation = $2 and ($3::text is null or id < $3) order by id desc limit $4`,
        [workspace, automation, cursor ?? null, limit + 1],
      );
      const items = rows.slice(0, limit).map(toDelivery);
      return { items, ...(rows.length > limit && { nextCursor: items.at(-1)!.id }) };
    },
  };
}

function toDelivery(row: Row): StoredDelivery {
  const { id, automation, node, method, path, status, repeated } = row;
  return {
    ...{ id, automation, node, at: toMoment(row.at), method, path, status, repeated },
    ...(row.problem !== null && { problem: row.problem }),
    ...(row.run !== null && { run: row.run }),
    ...(row.item && { item: row.item }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
  };
}
