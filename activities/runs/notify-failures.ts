/**
 * Tells people that runs have failed: whoever started one by hand, else who published the version that ran, else the owners. Who has not
 * read the last one of an automation yet gets no second line, but a higher number. Drafts are tried by somebody who looks, and of a run
 * that another one waits for that one tells.
 */
import type { Bus } from '../../contracts/bus.ts';
import { type Database, type FailedRunNews, threadOf } from '../../db/index.ts';
import { tellNotified } from '../../runs/tell-notified.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';

export function createFailureNotices({ db, bus }: { db: Database; bus: Bus }): EndedRunListener {
  return async (ended) => {
    const failed = ended.filter(({ state }) => state === 'failed').map(({ run }) => run);
    if (failed.length === 0) return;
    const news = await db.asSystem(({ endedRuns }) => endedRuns.failures(failed));
    const each = news.flatMap((one) => one.people.map((user) => ({ ...one, person: `user:${user}` })));
    const groups = Map.groupBy(each, ({ workspace, automation, person }) =>
      JSON.stringify([workspace, automation.id, person]),
    );
    for (const group of groups.values()) await tell(group);
  };

  /** One person of one automation, in the order of the ends. */
  async function tell(group: readonly (FailedRunNews & { person: string })[]): Promise<void> {
    const last = group.at(-1);
    if (!last) return;
    const { workspace, person, automation, run, message } = last;
    const told = await db.inWorkspace(workspace, ({ chat }) =>
      chat.notifications.tellAll([person], {
        marks: group.map(({ mark }) => mark),
        thread: threadOf('automation', automation.id),
        about: { kind: 'run-failed', run, automation, message },
      }),
    );
    tellNotified({ bus }, workspace, told);
  }
}
