/**
 * Tells an event to the runs that wait for it. A run that was told is taken off the list, so it hears one event and not the next as
 * well; one that has ended meanwhile is taken off too. Doing it twice does no harm: a run hears a message's id once.
 */
import { addresses } from '../../contracts/run-message.ts';
import type { EventWaiter, StoredEvent } from '../../db/index.ts';
import { messageRun } from '../message-run.ts';
import type { RunDeps } from '../run-deps.ts';
import { runIdOf } from '../start-run.ts';
import { eventJson } from './event-json.ts';
import { inLanes } from './in-lanes.ts';

type Deps = Pick<RunDeps, 'db' | 'temporal'>;

/** @throws what keeps a run from hearing it now: Temporal or the database can't be reached */
export async function tellWaitingRuns(deps: Deps, event: StoredEvent): Promise<void> {
  const waiters = await deps.db.inWorkspace(event.workspace, ({ eventWaiters }) => eventWaiters.of(event));
  await inLanes(waiters, (waiter) => tellWaitingRun(deps, event, waiter));
}

/** @throws as `tellWaitingRuns` does */
export async function tellWaitingRun(deps: Deps, event: StoredEvent, waiter: EventWaiter): Promise<void> {
  const { workspace, id, name } = event;
  const { run, automation, node, index } = waiter;
  await messageRun(
    deps,
    { workspace, run, automation },
    {
      id: runIdOf('awaited', id, node, `${index}`),
      to: addresses.step(node, index),
      body: eventJson(event),
      by: { kind: 'event', id, name },
    },
  );
  await deps.db.inWorkspace(workspace, ({ eventWaiters }) => eventWaiters.remove(waiter));
}
