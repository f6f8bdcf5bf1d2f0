/** Compares what was accepted with what became of it: in the records, in Temporal and at the stub. */
import type { Client } from '@temporalio/client';
import type { Run } from '../../contracts/api/runs.ts';
import { automationWorkflow, idempotencyKeyOf } from '../../contracts/run.ts';
import type { State } from '../../contracts/states.ts';
import type { StubRequest } from '../support/stub-server.ts';
import { recordedResults } from './recorded-results.ts';

/** A run that was answered with 202, and the nodes it goes through. */
export interface Accepted {
  run: string;
  nodes: readonly string[];
  /** Those of the nodes that call the stub, one after the other. */
  calls: readonly string[];
  /** Calls that do harm when made twice (POST). */
  harmful: boolean;
}

/** `run node: why` for each step that is not there, did not succeed or has no output. */
export function missingSteps({ nodes }: Accepted, { id, steps }: Run): string[] {
  return nodes.flatMap((node) => {
    const found = steps.filter((step) => step.node === node);
    const [step] = found;
    if (found.length !== 1 || !step) return [`${id} ${node}: ${found.length} records`];
    if (step.state !== 'succeeded') return [`${id} ${node}: ${step.state}`];
    return step.outputs.main?.length === 1 ? [] : [`${id} ${node}: no output`];
  });
}

export interface Repeats {
  /** Expected requests that never came. */
  never: string[];
  /** Requests with a key of no step. */
  unknown: string[];
  inFlight: string[];
  /** Repeated though nothing had been lost. */
  wrongly: string[];
}

/**
 * A step is *in flight* from its request until its result is in Temporal's history: an answer that arrived but was not reported
 * yet died with the process. So a request may come twice only if
 *
 * - the first came before the kill, and one (with the same key) after the new start, and
 * - no result of the step was recorded before the kill, and
 * - where repeating does harm, the next step had not begun: its begin says that the result was safe.
 *
 * The history decides that, not a tolerance in milliseconds. Steps that may be repeated (GET) are local activities: their results
 * are recorded with the workflow task that they ran in, at the latest after ten of them, so several may come again.
 */
export async function judgeRepeats(options: {
  client: Client;
  accepted: readonly Accepted[];
  /** By run; a lost one has none. */
  workflowIds: ReadonlyMap<string, string>;
  requests: readonly StubRequest[];
  /** Epoch ms of the kill and of the new start. */
  killedAt: number;
  startedAgainAt: number;
}): Promise<Repeats> {
  const { client, accepted, workflowIds, killedAt, startedAgainAt } = options;
  const byKey = Map.groupBy(options.requests, ({ key }) => key ?? '');
  const repeats: Repeats = { never: [], unknown: [], inFlight: [], wrongly: [] };
  for (const { run, calls, harmful } of accepted) {
    const keys = calls.map((node) => idempotencyKeyOf(run, node, 0, 0));
    if (keys.every((key) => byKey.get(key)?.length === 1)) {
      for (const key of keys) byKey.delete(key);
      continue;
    }
    const workflowId = workflowIds.get(run);
    const recorded = workflowId ? await recordedResults(client, workflowId) : new Map<string, number>();
    const begun = keys.findLast((key) =>
      byKey.get(key)?.some(({ receivedAt }) => receivedAt < startedAgainAt),
    );
    for (const key of keys) {
      const requests = byKey.get(key) ?? [];
      byKey.delete(key);
      if (requests.length === 0) repeats.never.push(key);
      if (requests.length < 2) continue;
      const after = requests.filter(({ receivedAt }) => receivedAt >= startedAgainAt).length;
      const recordedAt = recorded.get(key) ?? 0;
      const wasOpen = recordedAt >= killedAt && (!harmful || key === begun);
      if (wasOpen && requests.length === 2 && after === 1) repeats.inFlight.push(key);
      else repeats.wrongly.push(JSON.stringify({ key, killedAt, startedAgainAt, recordedAt, requests }));
    }
  }
  repeats.unknown = [...byKey.keys()];
  return repeats;
}

const states: Record<string, State> = {
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  TERMINATED: 'failed',
  TIMED_OUT: 'failed',
};

/** A status in Temporal's words as a state in ours. */
export function stateOf(status: string): State {
  return states[status] ?? 'running';
}

/** Every automation's workflow that Temporal knows: its state, by its id. */
export async function statesInTemporal(client: Client): Promise<Map<string, State>> {
  const found = new Map<string, State>();
  const query = `WorkflowType = '${automationWorkflow}'`;
  for await (const { workflowId, status } of client.workflow.list({ query }))
    found.set(workflowId, stateOf(status.name));
  return found;
}
