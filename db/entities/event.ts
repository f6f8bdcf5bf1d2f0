import { defineEntity, p } from '@mikro-orm/core';
import type { EventSource } from '../../contracts/events.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { Workspace } from './workspace.ts';

/** Something that happened in a workspace. The row is also the outbox: it is there until everybody who listens has heard it. */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  indexes: [
    { name: 'events_by_time', properties: ['workspace', 'at', 'id'] },
    {
      name: 'events_to_tell',
      properties: ['retryAt'],
      expression: `create index "events_to_tell" on "events" ("retry_at") where told_at is null`,
    },
  ],
  properties: {
    /** A ULID, or a hash of what makes the event one of its kind. */
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade'),
    name: p.text(),
    at: p.datetime(3),
    source: p.json().$type<EventSource>(),
    data: p.json().$type<JsonValue>(),
    /** How many events it follows from. */
    depth: p.integer(),
    /** Who hears it was written down (`event_hearings`). */
    plannedAt: p.datetime(3).nullable(),
    /** Everybody who listens has heard it. */
    toldAt: p.datetime(3).nullable(),
    tries: p.integer().default(0),
    /** Not told by then: the sweep takes it up. */
    retryAt: p.datetime(3),
  },
});
