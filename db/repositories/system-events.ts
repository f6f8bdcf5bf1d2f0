/**
 * Events that Hiviex emits about itself. They are written down only when somebody listens or waits, so that a workspace in which nobody
 * does pays a look into two indexes. Within the transaction of what it tells of, an event is there exactly when that is.
 */
import { createHash } from 'node:crypto';
import { listenedKeysOf, maxEventBytes, maxEventDepth, type SystemEvent } from '../../contracts/events.ts';
import type { Sql } from '../sql.ts';
import { createEventWaitersRepository } from './event-waiters.ts';
import { createEventsRepository, type NewEvent, type StoredEvent } from './events.ts';
import { createSubscriptionsRepository, isNewsTo } from './subscriptions.ts';

export type NewSystemEvent = Omit<NewEvent, 'id' | 'name' | 'depth'> & {
  name: SystemEvent;
  /** Makes it one of its kind: added twice with the same key, it is there once. */
  key: readonly string[];
};

export type AddedSystemEvent =
  | { kind: 'added'; event: StoredEvent }
  | { kind: 'nobody' }
  /** One too many in a chain of events, or too large: there is no step that could fail, and nobody to tell. */
  | { kind: 'refused'; why: 'event-loop' | 'event-too-large' };

export interface SystemEventsRepository {
  add(event: NewSystemEvent): Promise<AddedSystemEvent>;
}

export function createSystemEventsRepository(sql: Sql, workspace: string): SystemEventsRepository {
  const events = createEventsRepository(sql, workspace);
  const subscriptions = createSubscriptionsRepository(sql, workspace);
  const waiters = createEventWaitersRepository(sql, workspace);
  return {
    async add({ key, ...event }) {
      const { name, source, data } = event;
      const listeners = await subscriptions.listenersToAny('event', listenedKeysOf(name));
      const isHeard =
        listeners.some((listener) => isNewsTo(listener, source)) || (await waiters.of(event)).length > 0;
      if (!isHeard) return { kind: 'nobody' };
      if (Buffer.byteLength(JSON.stringify(data)) > maxEventBytes)
        return { kind: 'refused', why: 'event-too-large' };
      const cause = 'run' in source && source.run ? await events.startedBy(source.run) : undefined;
      const depth = cause ? cause.depth + 1 : 0;
      if (depth > maxEventDepth) return { kind: 'refused', why: 'event-loop' };
      const added = await events.add({ ...event, id: eventIdOf(workspace, ...key), depth });
      return { kind: 'added', event: added.event };
    },
  };
}

/** The same parts give the same id. */
export function eventIdOf(...parts: readonly string[]): string {
  return `e${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
}
