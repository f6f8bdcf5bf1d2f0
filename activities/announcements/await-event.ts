/**
 * A step begins to wait for an event: it is put on the list, and told what came since it began. Whoever emits an event writes it down
 * before they look at the list, and here the step is on the list before the events are looked at: one of the two sees the other.
 */
import type { Announcement } from '../../contracts/announcement.ts';
import { tellWaitingRun } from '../../runs/events/tell-waiting-runs.ts';
import type { RunDeps } from '../../runs/run-deps.ts';

export async function awaitEvent(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  { step, at, event }: Extract<Announcement, { kind: 'event.awaited' }>,
): Promise<void> {
  const { workspace, run, node, index } = step;
  const waiter = { run, node, index, automation: step.automation.id };
  await db.inWorkspace(workspace, ({ eventWaiters }) => eventWaiters.add({ ...waiter, event, since: at }));
  const missed = await db.inWorkspace(workspace, async ({ eventWaiters, events }) => {
    const id = await eventWaiters.missed(waiter);
    return id === undefined ? undefined : await events.get(id);
  });
  if (missed) await tellWaitingRun({ db, temporal }, missed, waiter);
}
