/** When Temporal gave a task up, as its worker was not heard of: on a machine with too much to do that needs no kill. */
import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';

/** Epoch ms of each: a workflow task that timed out, with the local activities in it, and an attempt of a remote activity after the first. */
export async function givenUp(client: Client, workflowId: string): Promise<number[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? [])
    .filter(
      ({ workflowTaskTimedOutEventAttributes: timedOut, activityTaskStartedEventAttributes: started }) =>
        timedOut || (started?.attempt ?? 1) > 1,
    )
    .map(({ eventTime }) => tsToMs(eventTime));
}
