/** Emits `run.finished`, and `run.failed` for those that failed, in workspaces where an automation listens to them. */
import type { Logger } from 'pino';
import { listenedKeysOf } from '../../contracts/events.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { EndedRun } from '../../db/index.ts';
import { emitSystemEvent } from '../../runs/events/emit-event.ts';
import type { EventDeps } from '../../runs/events/event-deps.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';

const ends = ['run.finished', 'run.failed'] as const;
const keys = [...new Set(ends.flatMap(listenedKeysOf))];

export function createRunEvents({ runs, log }: { runs: RunDeps; log: Logger }): EndedRunListener {
  const deps: EventDeps = { ...runs, graphs: versionGraphsOf(runs.db), log };
  return async (ended) => {
    const byWorkspace = Map.groupBy(ended, ({ workspace }) => workspace);
    for (const [workspace, ofWorkspace] of byWorkspace) {
      const nobody = await runs.db.inWorkspace(
        workspace,
        async ({ subscriptions, eventWaiters }) =>
          (await subscriptions.listenersToAny('event', keys)).length === 0 && !(await eventWaiters.any(keys)),
      );
      if (nobody) continue;
      for (const run of ofWorkspace) await emitEnd(deps, run);
    }
  };
}

async function emitEnd(deps: EventDeps, ended: EndedRun): Promise<void> {
  const { workspace, automation, run, state } = ended;
  const data = await dataOf(deps, ended);
  for (const name of state === 'failed' ? ends : ends.slice(0, 1))
    await emitSystemEvent(deps, workspace, {
      ...{ name, data, source: { kind: 'system', automation, run } },
      // Ends are announced at least once: the second time finds the event there.
      key: [name, run],
    });
}

async function dataOf({ db }: EventDeps, ended: EndedRun): Promise<JsonObject> {
  const { workspace, run, automation, version, state, trigger, failure, startedAt, finishedAt } = ended;
  const stored = await db.inWorkspace(workspace, ({ automations }) => automations.get(automation));
  return {
    ...{ run, version, state, trigger, startedAt, finishedAt },
    automation: { id: automation, name: stored?.name ?? automation },
    ...(failure && { failure: { ...failure } as JsonObject }),
  };
}
