/**
 * Cancels or retries every run that a filter finds, page by page: can be paused, resumed and cancelled, survives every process, and
 * touches each run once. A page is an activity that may run twice: what it did to a run is known by the run.
 */
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type BulkInput, bulkPauseSignal } from '../contracts/bulk.ts';

const { bulkPage } = proxyActivities<Pick<Activities, 'bulkPage'>>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '10s',
  summary: 'A page of runs',
});
const { bulkState } = proxyActivities<Pick<Activities, 'bulkState'>>({ startToCloseTimeout: '30s' });

export async function bulk(given: BulkInput): Promise<void> {
  const { workspace, job } = given;
  let { cursor, counts, paused } = given;
  setHandler(defineSignal<[boolean]>(bulkPauseSignal), (pause) => {
    paused = pause;
  });
  try {
    for (;;) {
      if (paused) {
        await bulkState({ workspace, job, state: 'paused' });
        await condition(() => !paused);
        await bulkState({ workspace, job, state: 'running' });
      }
      const page = await bulkPage({ workspace, job, cursor, counts });
      counts = page.counts;
      if (page.next === undefined) break;
      cursor = page.next;
      if (workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof bulk>({ workspace, job, cursor, counts, paused });
    }
    await bulkState({ workspace, job, state: 'finished' });
  } catch (error) {
    if (isCancellation(error))
      await CancellationScope.nonCancellable(() => bulkState({ workspace, job, state: 'cancelled' }));
    throw error;
  }
}
