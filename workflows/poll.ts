/**
 * One tick of a polling trigger, started by its schedule. All there is to remember is in the database (activities/polls/poll.ts), so a
 * poll is short, and one that is late is left out by the schedule's overlap policy.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { PollResult } from '../activities/polls/poll.ts';
import type { PollInput } from '../contracts/polls.ts';
import { queues } from '../contracts/run.ts';

/** What goes wrong at the other side is no failure of the activity; what is left is ours: the database, or a worker that died. */
const { askForNew } = proxyActivities<Pick<Activities, 'askForNew'>>({
  taskQueue: queues.http,
  startToCloseTimeout: '3 minutes',
  scheduleToCloseTimeout: '1 hour',
});

export async function poll(input: PollInput): Promise<PollResult> {
  return await askForNew(input);
}
