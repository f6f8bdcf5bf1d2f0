/** What came in at webhooks that keep a log of it. */
import type { GatedState } from '../../contracts/gates.ts';
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
  /** What the gate of its webhook did with it; undefined when there is none. */
  gate?: GatedState | undefined;
}

export type NewDelivery = Omit<StoredDelivery, 'at'> & {
  /** Its id at the gate. */
  gateDelivery?: string | undefined;
};

export interface WebhookDeliveriesRepository {
  add(delivery: NewDelivery): Promise<void>;
  /** Its caller was told that it failed, after it was written. */
  refuse(id: string, to: { status: number; problem: string }): Promise<void>;
  /** The call that came first under this id at a gate, within the day that a gate remembers. */
  firstGated(gateDelivery: string): Promise<Pick<StoredDelivery, 'gate' | 'run'> | undefined>;
  /** What has become of calls that a gate held: the run that stands for them, or why there is none. */
  leaveGate(
    gateDeliveries: readonly string[],
    to: { gate: GatedState; run?: string | undefined },
  ): Promise<void>;
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
  gate: GatedState | null;
}

const columns =
  'id, automation, node, at, method, path, status, problem, run, repeated, item, replay_of, gate';

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
    async add({ id, automation, node, method, path, status, problem, run, repeated, item, ...more }) {
      await sql.query(
        `insert into webhook_deliveries (id, workspace, automation, node, at, method, path, status, problem, run, repeated, item,
           replay_of, gate, gate_delivery)
         values ($1, $2, $3, $4, now(), $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14)`,
        [
          ...[id, workspace, automation, node, method, path, status, problem ?? null, run ?? null, repeated],
          item ? JSON.stringify(item) : null,
          ...[more.replayOf ?? null, more.gate ?? null, more.gateDelivery ?? null],
        ],
      );
    },

    async refuse(id, { status, problem }) {
      await sql.query(
        `update webhook_deliveries set status = $3, problem = $4, run = null, gate = null
         where workspace = $1 and id = $2`,
        [workspace, id, status, problem],
      );
    },

    async firstGated(gateDelivery) {
      const [row] = await sql.query<Pick<Row, 'gate' | 'run'>>(
        `select gate, run from webhook_deliveries
         where workspace = $1 and gate_delivery = $2 and gate is not null and not repeated
           and at > now() - interval '24 hours' order by id limit 1`,
        [workspace, gateDelivery],
      );
      return row && { gate: row.gate ?? undefined, run: row.run ?? undefined };
    },

    async leaveGate(gateDeliveries, { gate, run }) {
      await sql.query(
        `update webhook_deliveries set gate = $3, run = $4
         where workspace = $1 and gate_delivery = any($2::text[]) and gate in ('held', 'passed')`,
        [workspace, `{${gateDeliveries.join(',')}}`, gate, run ?? null],
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
    ...(row.gate !== null && { gate: row.gate }),
  };
}
