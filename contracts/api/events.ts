import { z } from 'zod';
import { eventName, eventSource, hearingState, isOwnName, listenedName } from '../events.ts';
import { jsonValue } from '../json.ts';
import { failure } from '../run.ts';
import { moment, pageOf, pageQuery } from './page.ts';

export const eventSummary = z.object({
  id: z.string(),
  name: z.string(),
  at: moment,
  source: eventSource,
  /** Everybody who listens has heard it. */
  told: z.boolean(),
  /** Runs that it started. */
  heard: z.int(),
});
export type EventSummary = z.output<typeof eventSummary>;

export const eventHearing = z.object({
  automation: z.object({ id: z.string(), name: z.string() }),
  /** The trigger node. */
  node: z.string(),
  state: hearingState,
  run: z.string().optional(),
  failure: failure.optional(),
});
export type EventHearing = z.output<typeof eventHearing>;

export const workspaceEvent = eventSummary.extend({
  data: jsonValue,
  /** How many events it follows from. */
  depth: z.int(),
  hearings: z.array(eventHearing),
});
export type WorkspaceEventDetails = z.output<typeof workspaceEvent>;

export const eventPage = pageOf(eventSummary);

export const listEvents = pageQuery.extend({
  /** A name, or `order.*` for everything under it. */
  name: listenedName.optional(),
});

export const newEvent = z.object({
  name: eventName.refine((name) => !isOwnName(name), {
    error: 'Names under run., agent., chat., file. and billing. belong to Hiviex.',
  }),
  data: jsonValue.default({}),
});
