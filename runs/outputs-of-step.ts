import type { Client } from '@temporalio/client';
import type { Item } from '../contracts/item.ts';
import { stepOutputsQuery } from '../contracts/run.ts';

/** Milliseconds one question may take: a long run is replayed for it. */
const deadlineMs = 30_000;

/**
 * What a step gave, in full, as its workflow tells it. A run that continued as new has several executions, and each knows its own
 * steps. Undefined when none can tell: Temporal has forgotten the run.
 */
export async function outputsOfStep(
  client: Client,
  workflowId: string,
  { node, index }: { node: string; index: number },
): Promise<Record<string, Item[]> | undefined> {
  const executions = client.workflow.list({ query: `WorkflowId = '${workflowId}'` });
  for await (const { runId } of executions) {
    const outputs = await client
      .withDeadline(Date.now() + deadlineMs, () =>
        client.workflow
          .getHandle(workflowId, runId)
          .query<Record<string, Item[]> | null, [string, number]>(stepOutputsQuery, node, index),
      )
      // An execution of a former release does not know the question; one whose history is gone can't answer.
      .catch(() => null);
    if (outputs) return outputs;
  }
  return undefined;
}
