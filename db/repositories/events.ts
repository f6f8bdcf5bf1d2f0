/** Events of a workspace, and who heard them. */
import type { EventSource, HearingState, WorkspaceEvent } from '../../contracts/events.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { Failure } from '../../contracts/run.ts';
import { type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';

export interface StoredEvent extends WorkspaceEvent {
  workspace: string;
  /** How many events it follows from. */
  depth: number;
  /** Who hears it was written down. */
  planned: boolean;
  /** Everybody who listens has heard it. */
  told: boolean;
}

export interface NewEvent {
  id: string;
  name: string;
  source: EventSource;
  data: JsonValue;
  depth: number;
}

export interface EventHearing {
  automation: { id: string; name: string };
  node: string;
  state: HearingState;
  run?: string | undefined;
  failure?: Failure | undefined;
}

export type NewHearing = EventHearing;

export interface EventsRepository {
  /** Nothing is written when the event is there: what is returned is what is stored. */
  add(event: NewEvent): Promise<{ event: StoredEvent; repeated: boolean }>;
  get(id: string): Promise<StoredEvent | undefined>;
  /** Newest first. `name`: exact, or everything under `order.*`. */
  list(query: {
    name?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<StoredEvent & { heard: number }>>;
  hearings(event: string): Promise<EventHearing[]>;
  /** Who hears the event, once and for all: a second plan changes nothing. */
  plan(event: string, hearings: readonly NewHearing[]): Promise<void>;
  settle(
    event: string,
    hearing: Pick<EventHearing, 'automation' | 'node' | 'state' | 'failure'>,
  ): Promise<void>;
  /** What has become of events that a gate held: the run that stands for them, or none. */
  leaveGate(
    events: readonly string[],
    to: { automation: string; node: string; state: HearingState; run?: string | undefined },
  ): Promise<void>;
  /** Nobody is pending any more. */
  told(event: string): Promise<void>;
  /** The event that started a run, or one of those that called it; undefined for a run that none started. */
  startedBy(run: string): Promise<{ event: string; depth: number } | undefined>;
}

/** Across all workspaces. */
export interface EventOutbox {
  /** Events that are not told and whose time has come, oldest first; each is left alone for a growing while. */
  due(limit: number): Promise<StoredEvent[]>;
  /** Deletes events that were told and are older than `days`; returns how many. */
  removeOld(days: number): Promise<number>;
}

interface Row {
  id: string;
  workspace: string;
  name: string;
  at: string;
  source: EventSource;
  data: JsonValue;
  depth: number;
  planned_at: string | null;
  told_at: string | null;
}

interface HearingRow {
  automation: string;
  automation_name: string;
  node: string;
  state: HearingState;
  run: string | null;
  failure: Failure | null;
}

const columns = 'id, workspace, name, at, source, data, depth, planned_at, told_at';

/** Whoever emits an event tells it at once: until then the sweep leaves it to them. */
const patience = `interval '5 seconds'`;
const removedAtOnce = 1_000;

export function createEventOutbox(sql: Sql): EventOutbox {
  return {
    async due(limit) {
      const rows = await sql.query<Row>(
        `update events set tries = tries + 1,
           retry_at = now() + least(interval '5 minutes', ${patience} * power(2, least(tries, 10)))
         where id in (select id from events where told_at is null and retry_at <= now() order by retry_at limit $1)
           and told_at is null and retry_at <= now()
         returning ${columns}`,
        [limit],
      );
      return rows.map(toEvent).sort((one, other) => one.at.localeCompare(other.at));
    },

    async removeOld(days) {
      for (let removed = 0; ; ) {
        const gone = await sql.query(
          `delete from events where id in
             (select e.id from events e where told_at < now() - $1::int * interval '1 day' and not exists (
                select 1 from event_hearings h
                  left join runs r on r.id = h.run left join automations a on a.id = h.automation
                where h.event = e.id and (r.hold or a.hold)) limit ${removedAtOnce}) returning id`,
          [days],
        );
        removed += gone.length;
        if (gone.length < removedAtOnce) return removed;
      }
    },
  };
}

export function createEventsRepository(sql: Sql, workspace: string): EventsRepository {
  const get = async (id: string): Promise<StoredEvent | undefined> => {
    const [row] = await sql.query<Row>(`select ${columns} from events where workspace = $1 and id = $2`, [
      workspace,
      id,
    ]);
    return row && toEvent(row);
  };

  return {
    get,

    async add({ id, name, source, data, depth }) {
      const [added] = await sql.query<Row>(
        `insert into events (id, workspace, name, at, source, data, depth, retry_at)
         values ($1, $2, $3, now(), $4::text::jsonb, $5::text::jsonb, $6, now() + ${patience})
         on conflict (id) do nothing returning ${columns}`,
        [id, workspace, name, JSON.stringify(source), JSON.stringify(data), depth],
      );
      if (added) return { event: toEvent(added), repeated: false };
      const event = await get(id);
      if (!event) throw new Error(`Event ${id} is neither new nor there.`);
      return { event, repeated: true };
    },

    async list({ name, cursor, limit }) {
      const after = decodeCursor(cursor);
      const under = name?.endsWith('*') ? name.slice(0, -1) : undefined;
      const rows = await sql.query<Row & { heard: number }>(
        `select ${columns}, (select count(*)::int from event_hearings h where h.event = e.id and h.state = 'started') as heard
         from events e
         where workspace = $1 and ($2::text is null or name = $2) and ($3::text is null or starts_with(name, $3))
           and ($4::timestamptz is null or (at, id) < ($4::timestamptz, $5::text))
         order by at desc, id desc limit $6`,
        [
          workspace,
          under === undefined ? (name ?? null) : null,
          under ?? null,
          after?.at ?? null,
          after?.id ?? null,
          limit + 1,
        ],
      );
      return toPage(
        rows,
        limit,
        (row) => ({ at: toMoment(row.at), id: row.id }),
        (row) => ({ ...toEvent(row), heard: row.heard }),
      );
    },

    async hearings(event) {
      const rows = await sql.query<HearingRow>(
        `select automation, automation_name, node, state, run, failure from event_hearings
         where workspace = $1 and event = $2 order by automation, node`,
        [workspace, event],
      );
      return rows.map(toHearing);
    },

    plan: (event, hearings) =>
      sql.transaction(async (inside) => {
        const mine = await inside.query(
          'update events set planned_at = now() where workspace = $1 and id = $2 and planned_at is null returning id',
          [workspace, event],
        );
        if (mine.length === 0) return;
        for (const { automation, node, state, run, failure } of hearings)
          await inside.query(
            `insert into event_hearings (event, automation, node, workspace, automation_name, state, run, failure)
             values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb) on conflict do nothing`,
            [
              event,
              automation.id,
              node,
              workspace,
              automation.name,
              state,
              run ?? null,
              failure ? JSON.stringify(failure) : null,
            ],
          );
      }),

    async settle(event, { automation, node, state, failure }) {
      await sql.query(
        `update event_hearings set state = $5, failure = $6::text::jsonb
         where workspace = $1 and event = $2 and automation = $3 and node = $4 and state = 'pending'`,
        [workspace, event, automation.id, node, state, failure ? JSON.stringify(failure) : null],
      );
    },

    async leaveGate(events, { automation, node, state, run }) {
      await sql.query(
        `update event_hearings set state = $5, run = $6
         where workspace = $1 and event = any($2::text[]) and automation = $3 and node = $4
           and state in ('pending', 'gated', 'started')`,
        [workspace, `{${events.join(',')}}`, automation, node, state, run ?? null],
      );
    },

    async told(event) {
      await sql.query(
        `update events set told_at = now() where workspace = $1 and id = $2 and told_at is null and planned_at is not null
           and not exists (select 1 from event_hearings h where h.event = $2 and h.state = 'pending')`,
        [workspace, event],
      );
    },

    async startedBy(run) {
      const [row] = await sql.query<{ event: string; depth: number }>(
        `with recursive above as (
           select $2::text as run, 0 as distance
           union all
           select r.parent, distance + 1 from above join runs r on r.id = above.run and r.workspace = $1
           where r.parent is not null and distance < 100)
         select h.event, e.depth from above
           join event_hearings h on h.workspace = $1 and h.run = above.run
           join events e on e.id = h.event
         order by above.distance, e.depth desc limit 1`,
        [workspace, run],
      );
      return row;
    },
  };
}

function toEvent(row: Row): StoredEvent {
  const { id, workspace, name, source, data, depth } = row;
  return {
    ...{ id, workspace, name, source, data, depth },
    at: toMoment(row.at),
    planned: row.planned_at !== null,
    told: row.told_at !== null,
  };
}

function toHearing({ automation, automation_name, node, state, run, failure }: HearingRow): EventHearing {
  return {
    automation: { id: automation, name: automation_name },
    node,
    state,
    ...(run !== null && { run }),
    ...(failure && { failure }),
  };
}
