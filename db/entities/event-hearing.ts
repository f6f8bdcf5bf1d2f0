import { defineEntity, p } from '@mikro-orm/core';
import type { HearingState } from '../../contracts/events.ts';
import type { Failure } from '../../contracts/run.ts';
import { Event } from './event.ts';

/** One listener of one event. Written before its run is started, so that nobody hears it twice and nobody is forgotten. */
export const EventHearing = defineEntity({
  name: 'EventHearing',
  tableName: 'event_hearings',
  primaryKeys: ['event', 'automation', 'node'],
  indexes: [{ name: 'event_hearings_by_run', properties: ['workspace', 'run'] }],
  properties: {
    event: () => p.manyToOne(Event).mapToPk().primary().fieldName('event').deleteRule('cascade'),
    /** No foreign key: what heard it stays said. */
    automation: p.text().primary(),
    node: p.text().primary(),
    workspace: p.text(),
    automationName: p.text(),
    state: p.text().$type<HearingState>(),
    run: p.text().nullable(),
    failure: p.json().$type<Failure>().nullable(),
  },
});
