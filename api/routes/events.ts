/** Events of the workspace: emit one, see what happened and who heard it, tell it again. */
import { z } from 'zod';
import {
  eventPage,
  listEvents,
  newEvent,
  type WorkspaceEventDetails,
  workspaceEvent,
} from '../../contracts/api/events.ts';
import type { EventSource } from '../../contracts/events.ts';
import type { StoredEvent } from '../../db/index.ts';
import { emitEvent, type NewWorkspaceEvent } from '../../runs/events/emit-event.ts';
import { EventRefused } from '../../runs/events/event-refused.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'events';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/events',
  summary: 'List events, newest first',
  description: 'Events are kept for 14 days once everybody who listens has heard them.',
  tag,
  auth: 'event.view',
  query: listEvents,
  responses: { 200: eventPage },
  handler: async ({ principal, query }, { db }) => {
    const { items, nextCursor } = await db.inWorkspace(principal.workspace, ({ events }) =>
      events.list(query),
    );
    return {
      status: 200,
      body: {
        items: items.map((event) => ({ ...summaryOf(event), heard: event.heard })),
        ...(nextCursor && { nextCursor }),
      },
    };
  },
});

export const emit = defineRoute({
  method: 'post',
  path: '/events',
  summary: 'Emit an event',
  description:
    'Starts a run of every published automation that listens to it. Once accepted, everybody hears it, once each, whatever happens to our processes. With an `Idempotency-Key` a repetition finds the first event.',
  tag,
  auth: 'event.emit',
  limit: 'run',
  audit: 'by-minute',
  idempotent: true,
  body: newEvent,
  responses: { 201: workspaceEvent },
  handler: async ({ principal, body, idempotencyKey, note }, deps) => {
    const event = await emitted(deps, principal, {
      ...body,
      source: { kind: 'api', by: ownerOf(principal) },
      key: idempotencyKey === undefined ? undefined : ['api', idempotencyKey],
    });
    note({ after: { event: event.id, name: event.name } });
    return {
      status: 201,
      body: await detailsOf(deps, event),
      headers: { location: `/api/v1/events/${event.id}` },
    };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/events/:id',
  summary: 'One event, and who heard it',
  tag,
  auth: 'event.view',
  params,
  responses: { 200: workspaceEvent },
  handler: async ({ principal, params: { id } }, deps) => {
    const event = await deps.db.inWorkspace(principal.workspace, ({ events }) => events.get(id));
    if (!event) throw notFound('event');
    return { status: 200, body: await detailsOf(deps, event) };
  },
});

export const replay = defineRoute({
  method: 'post',
  path: '/events/:id/replay',
  summary: 'Emit an event again',
  description:
    'Makes a new event with the same name and data, for whoever listens now: after an automation was corrected, or for one that was not there yet.',
  tag,
  auth: 'event.emit',
  limit: 'run',
  audit: 'event.replay',
  idempotent: true,
  params,
  responses: { 201: workspaceEvent },
  handler: async ({ principal, params: { id }, idempotencyKey, note }, deps) => {
    const former = await deps.db.inWorkspace(principal.workspace, ({ events }) => events.get(id));
    if (!former) throw notFound('event');
    const { name, data } = former;
    const source: EventSource = { kind: 'replay', event: id };
    const key = idempotencyKey === undefined ? undefined : ['replay', id, idempotencyKey];
    const event = await emitted(deps, principal, { name, data, source, key });
    note({ resource: { type: 'event', id, name }, after: { event: event.id } });
    return {
      status: 201,
      body: await detailsOf(deps, event),
      headers: { location: `/api/v1/events/${event.id}` },
    };
  },
});

/** @throws ApiProblem `event-refused` */
async function emitted(
  deps: ApiDeps,
  { workspace }: WorkspacePrincipal,
  event: NewWorkspaceEvent,
): Promise<StoredEvent> {
  try {
    return await emitEvent({ ...deps, graphs: versionGraphsOf(deps.db) }, workspace, event);
  } catch (error) {
    if (!(error instanceof EventRefused)) throw error;
    const { message, hint = '' } = error.failure;
    throw new ApiProblem('event-refused', { reason: message, hint });
  }
}

/** As it is stored now: telling it has changed it since it was emitted. */
async function detailsOf({ db }: ApiDeps, { id, workspace }: StoredEvent): Promise<WorkspaceEventDetails> {
  return await db.inWorkspace(workspace, async ({ events }) => {
    const [event, hearings] = await Promise.all([events.get(id), events.hearings(id)]);
    if (!event) throw notFound('event');
    const heard = hearings.filter(({ state }) => state === 'started').length;
    return { ...summaryOf(event), heard, data: event.data, depth: event.depth, hearings };
  });
}

function summaryOf({ id, name, at, source, told }: StoredEvent) {
  return { id, name, at, source, told };
}

function ownerOf(principal: WorkspacePrincipal): string {
  return principal.by === 'session' ? principal.user : principal.key;
}
