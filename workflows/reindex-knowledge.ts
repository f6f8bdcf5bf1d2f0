/**
 * Makes the vectors of a knowledge base anew when it names another model: beside those that are searched, until each chunk has one,
 * and then in their place. It may take hours for a large base and survives every process; meanwhile everything is found as before.
 *
 * A model that can't be had stops nothing: it is asked again and again, and another choice (`look-again`) begins anew with that one.
 */
import { continueAsNew, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type ReindexInput, reindexSignal } from '../contracts/knowledge/reindex.ts';

type Work = Pick<Activities, 'buildIndex' | 'fillIndex' | 'activateIndex' | 'removeRetiredVectors'>;

const { buildIndex, fillIndex, activateIndex, removeRetiredVectors } = proxyActivities<Work>({
  startToCloseTimeout: '5m',
  heartbeatTimeout: '15s',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '5m', maximumAttempts: 12 },
});

export async function reindexKnowledge(given: ReindexInput): Promise<void> {
  let isAskedAgain = false;
  setHandler(defineSignal(reindexSignal), () => {
    isAskedAgain = true;
  });
  do {
    isAskedAgain = false;
    const index = await buildIndex(given);
    let isWhole = index === null;
    while (index && !isWhole && !isAskedAgain) {
      const isFilled = !(await fillIndex({ workspace: given.workspace, index }));
      if (isFilled) isWhole = await activateIndex({ workspace: given.workspace, index: index.id });
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof reindexKnowledge>(given);
    }
  } while (isAskedAgain);
  while (await removeRetiredVectors(given));
}
