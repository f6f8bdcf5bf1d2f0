import type { Client } from '@temporalio/client';
import {
  type ReindexInput,
  reindexSignal,
  reindexWorkflow,
  reindexWorkflowIdOf,
} from '../../contracts/knowledge/reindex.ts';
import { priorities, queues } from '../../contracts/run.ts';

/** The base names another model: its vectors are made by that one, beside those that are searched. One that is under way looks again. */
export async function startReindex(temporal: Client, of: ReindexInput): Promise<void> {
  await temporal.workflow.signalWithStart(reindexWorkflow, {
    ...{ taskQueue: queues.agents, workflowId: reindexWorkflowIdOf(of), args: [of] },
    priority: { priorityKey: priorities.batch, fairnessKey: of.workspace },
    signal: reindexSignal,
  });
}
