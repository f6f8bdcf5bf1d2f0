/** Which step results Temporal holds, and since when: the truth that decides whether a step may run again after a crash. */
import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import type { EffectResult } from '../../contracts/effect.ts';

/**
 * When (epoch ms) the result of each step was recorded in the workflow's history, by the idempotency key that the stub put into its
 * answer. Remote activities record theirs one by one; results of local ones come with the workflow task that they ran in.
 */
export async function recordedResults(client: Client, workflowId: string): Promise<Map<string, number>> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const recorded = new Map<string, number>();
  for (const event of events ?? []) {
    const result =
      event.activityTaskCompletedEventAttributes?.result ??
      event.markerRecordedEventAttributes?.details?.result;
    if (!result) continue;
    const [decoded] = await decodeArrayFromPayloads(client.options.loadedDataConverter, result.payloads);
    const key = (decoded as Partial<EffectResult> | undefined)?.items?.[0]?.json.key;
    if (typeof key === 'string' && !recorded.has(key)) recorded.set(key, tsToMs(event.eventTime));
  }
  return recorded;
}
