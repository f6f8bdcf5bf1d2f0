/**
 * Tells an event to everybody who listens, each once:
 *
 * 1. who hears it is written down (`plan`), with the id of the run that each will get;
 * 2. the runs are started, or the event handed to the trigger's gate; a run's id follows from event, automation and node, and Temporal
 *    takes an id once;
 * 3. the runs that wait for it hear it;
 * 4. the event is told when nobody is pending.
 *
 * Whoever dies in between leaves the rest to the sweep, which does the same again. Two at it at once do no harm.
 */
import { type EventSource, listenedKeysOf } from '../../contracts/events.ts';
import { type EventHearing, isNewsTo, type Listener, type StoredEvent } from '../../db/index.ts';
import { startPublished } from '../start-published.ts';
import { runIdOf } from '../start-run.ts';
import type { EventDeps } from './event-deps.ts';
import { eventJson } from './event-json.ts';
import { hears } from './hears.ts';
import { inLanes } from './in-lanes.ts';
import { passEvent } from './pass-event.ts';
import { tellWaitingRuns } from './tell-waiting-runs.ts';

/** @throws what keeps the rest from hearing it now: Temporal or the database can't be reached */
export async function tellEvent(deps: EventDeps, event: StoredEvent): Promise<void> {
  const { db } = deps;
  const { workspace } = event;
  const listeners = await heardBy(deps, workspace, event);
  if (!event.planned) {
    const hearings = await Promise.all(listeners.map((listener) => planOne(deps, event, listener)));
    await db.inWorkspace(workspace, ({ events }) => events.plan(event.id, hearings));
  }
  const planned = await db.inWorkspace(workspace, ({ events }) => events.hearings(event.id));
  const pending = planned.filter(({ state }) => state === 'pending');
  await inLanes(pending, (next) => startOne(deps, event, next, listeners));
  await tellWaitingRuns(deps, event);
  await db.inWorkspace(workspace, ({ events }) => events.told(event.id));
}

/** Triggers that listen to such an event. */
async function heardBy(
  { db }: Pick<EventDeps, 'db'>,
  workspace: string,
  { name, source }: { name: string; source: EventSource },
): Promise<Listener[]> {
  const listeners = await db.inWorkspace(workspace, ({ subscriptions }) =>
    subscriptions.listenersToAny('event', listenedKeysOf(name)),
  );
  return listeners.filter((listener) => isNewsTo(listener, source));
}

async function planOne(deps: EventDeps, event: StoredEvent, listener: Listener): Promise<EventHearing> {
  const { automation, node } = listener;
  const heard = await hears(deps, event, listener);
  if (heard.kind !== 'hears')
    return {
      automation,
      node,
      state: heard.kind,
      ...(heard.kind === 'failed' && { failure: heard.failure }),
    };
  const run = runIdOf('event', event.workspace, automation.id, node, event.id);
  return { automation, node, state: 'pending', run };
}

async function startOne(
  deps: EventDeps,
  event: StoredEvent,
  { automation, node, run = runIdOf('event', event.workspace, automation.id, node, event.id) }: EventHearing,
  listeners: readonly Listener[],
): Promise<void> {
  const listener = listeners.find((one) => one.automation.id === automation.id && one.node === node);
  const became = listener ? await startOrPass(deps, event, listener, run) : { state: 'gone' as const };
  await deps.db.inWorkspace(event.workspace, ({ events }) =>
    events.settle(event.id, { automation, node, ...became }),
  );
}

async function startOrPass(
  deps: EventDeps,
  event: StoredEvent,
  listener: Listener,
  run: string,
): Promise<Pick<EventHearing, 'state' | 'failure'>> {
  const passed = await passEvent(deps, event, listener, run);
  if (passed) return passed;
  const items = [{ json: eventJson(event) }];
  const started = await startPublished(deps, deps.graphs, listener, { kind: 'event', items, run });
  return { state: started ? 'started' : 'gone' };
}
