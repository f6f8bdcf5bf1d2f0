/** What a run was started with, from the first event of its workflow: the truth about it, as long as Temporal keeps it. */
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { RunInput } from '../contracts/run.ts';

export interface KnownInput {
  input: RunInput;
  /** Epoch ms of this execution. */
  startedAt: number;
  firstRunId: string;
  /** The execution that continued as this one. */
  continuedFrom?: string | undefined;
}

/**
 * Undefined when Temporal does not know the run (any more). @throws ServiceError when it can't be reached
 *
 * @param execution left out: the last of its chain
 */
export async function runInputOf(
  client: Client,
  workflowId: string,
  execution?: string,
): Promise<KnownInput | undefined> {
  try {
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, ...(execution !== undefined && { runId: execution }) },
      maximumPageSize: 1,
    });
    const event = history?.events?.[0];
    const started = event?.workflowExecutionStartedEventAttributes;
    const payloads = started?.input?.payloads;
    const [input] = (await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads)) as [
      RunInput?,
    ];
    if (!input?.run || !input.workspace || !input.automation || !input.version || !input.trigger)
      return undefined;
    return {
      input,
      startedAt: Number(event?.eventTime?.seconds ?? 0) * 1_000,
      firstRunId: started?.firstExecutionRunId ?? '',
      continuedFrom: started?.continuedExecutionRunId || undefined,
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The raw service answers with gRPC's NOT_FOUND. */
function isNotFound(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 5;
}
