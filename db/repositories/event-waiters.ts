/**
 * Steps of runs that wait for an event. Whether an event is the one that a step waits for is decided here alone, in SQL: ten thousand
 * runs may wait for one name, each for another order.
 */
import type { AwaitedEvent } from '../../contracts/awaited-event.ts';
import { listenedKeysOf } from '../../contracts/events.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import type { Sql } from '../sql.ts';
import type { StoredEvent } from './events.ts';

type Of = Pick<StepAddress, 'run' | 'node' | 'index'>;

export type EventWaiter = Of & { automation: string };

export interface EventWaitersRepository {
  /** Told twice, it changes nothing. `since`: epoch ms; earlier events don't count. */
  add(waiter: EventWaiter & { event: AwaitedEvent; since: number }): Promise<void>;
  remove(step: Of): Promise<void>;
  /** Whether anybody waits for one of these names, whatever else they ask for. */
  any(names: readonly string[]): Promise<boolean>;
  /** Those that an event wakes; `at`: left out for one that is about to be emitted. The end of a run is not news to its own automation, as with triggers. */
  of(event: Pick<StoredEvent, 'name' | 'data' | 'source'> & { at?: string }): Promise<EventWaiter[]>;
  /** The id of the oldest event since the wait began that wakes this step; undefined when it no longer waits. */
  missed(step: Of): Promise<string | undefined>;
}

/** Across all workspaces. */
export interface EventWaiterCleaner {
  removeOfRuns(runs: readonly string[]): Promise<void>;
  /** What runs left that ended in the moment they began to wait, or whose records are gone. Returns how many. */
  removeLeft(): Promise<number>;
}

/** `e`, of a name that `w` asks for, is the one that it waits for. One that is told late is not for a wait that began after it. */
const matches = `e.at >= w.since and (w.match_path is null or e.data #>> string_to_array(w.match_path, '.') = w.match_value)
  and (e.source ->> 'kind' <> 'system' or e.source ->> 'automation' is distinct from w.automation)`;
const among = 'in (select jsonb_array_elements_text($1::text::jsonb))';

export function createEventWaitersRepository(sql: Sql, workspace: string): EventWaitersRepository {
  return {
    async add({ run, node, index, automation, event: { name, match }, since }) {
      await sql.query(
        `insert into event_waiters (workspace, run, node, index, automation, name, match_path, match_value, since)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz) on conflict do nothing`,
        [
          ...[workspace, run, node, index, automation, name],
          ...[match?.path ?? null, match?.value ?? null, new Date(since).toISOString()],
        ],
      );
    },

    async remove({ run, node, index }) {
      await sql.query(
        'delete from event_waiters where workspace = $1 and run = $2 and node = $3 and index = $4',
        [workspace, run, node, index],
      );
    },

    async any(names) {
      const found = await sql.query(
        `select 1 from event_waiters where name ${among} and workspace = $2 limit 1`,
        [JSON.stringify(names), workspace],
      );
      return found.length > 0;
    },

    of: ({ name, data, source, at }) =>
      sql.query<EventWaiter>(
        `select w.run, w.node, w.index, w.automation from event_waiters w,
           (select $3::text::jsonb as data, $4::text::jsonb as source, coalesce($5::timestamptz, now()) as at) e
         where w.name ${among} and w.workspace = $2 and ${matches}
         order by w.since, w.run, w.node, w.index`,
        [
          ...[JSON.stringify(listenedKeysOf(name)), workspace],
          ...[JSON.stringify(data), JSON.stringify(source), at ?? null],
        ],
      ),

    async missed({ run, node, index }) {
      const [event] = await sql.query<{ id: string }>(
        `select e.id from event_waiters w join events e on e.workspace = w.workspace
         where w.workspace = $1 and w.run = $2 and w.node = $3 and w.index = $4
           and (w.name in ('*', e.name) or (w.name like '%.*' and starts_with(e.name, left(w.name, -1)))) and ${matches}
         order by e.at, e.id limit 1`,
        [workspace, run, node, index],
      );
      return event?.id;
    },
  };
}

export function createEventWaiterCleaner(sql: Sql): EventWaiterCleaner {
  return {
    async removeOfRuns(runs) {
      await sql.query(`delete from event_waiters where run ${among}`, [JSON.stringify(runs)]);
    },

    async removeLeft() {
      const gone = await sql.query(
        `delete from event_waiters w where since < now() - interval '1 hour' and not exists (
           select 1 from runs r where r.id = w.run and r.state in ('queued', 'running', 'waiting')) returning run`,
      );
      return gone.length;
    },
  };
}
