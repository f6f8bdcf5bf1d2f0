/**
 * Whether the Temporal server keeps to priority and fairness keys. A server where they are switched off (the default up to 1.29) takes
 * both without a word and ignores them: one workspace can then starve all others. No call tells, so it is tried: four tasks wait in a
 * queue of their own, and the order in which they come out says it. Nothing stays behind.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';

export interface Fairness {
  /** An urgent task overtakes those that came before it. */
  priority: boolean;
  /** Of two keys with tasks, neither waits until all of the other's are done. */
  fairness: boolean;
}

/** Seconds that the server may take for each of the calls. */
const patience = 10;

/** In the order in which they are started. */
const tasks = [
  { name: 'a1', priorityKey: 3, fairnessKey: 'a' },
  { name: 'a2', priorityKey: 3, fairnessKey: 'a' },
  { name: 'b1', priorityKey: 3, fairnessKey: 'b' },
  { name: 'urgent', priorityKey: 1, fairnessKey: 'a' },
];

/**
 * @param settleMs until the server's queue has all tasks that were accepted; taken sooner, the order is that of their coming
 * @throws what the client throws; also when the server gives no task in time
 */
export async function probeFairness(client: Client, settleMs = 250): Promise<Fairness> {
  const { workflowService } = client;
  const { namespace } = client.options;
  const probe = `hiviex-probe-${randomUUID()}`;
  const taskQueue = { name: probe };
  const executionOf = (name: string) => ({ workflowId: `${probe}:${name}` });
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + patience * 1_000, call);
  try {
    for (const { name, ...priority } of tasks)
      await within(() =>
        workflowService.startWorkflowExecution({
          ...{ namespace, taskQueue, priority, requestId: randomUUID(), ...executionOf(name) },
          workflowType: { name: 'probe' },
          workflowExecutionTimeout: { seconds: 60 as never },
        }),
      );
    await setTimeout(settleMs);
    const order: string[] = [];
    for (const _ of tasks) {
      const task = await within(() =>
        workflowService.pollWorkflowTaskQueue({ namespace, taskQueue, identity: probe }),
      );
      order.push(task.workflowExecution?.workflowId?.slice(probe.length + 1) ?? '');
    }
    const before = (first: string, second: string) => order.indexOf(first) < order.indexOf(second);
    return { priority: before('urgent', 'a1'), fairness: before('b1', 'a2') };
  } finally {
    await Promise.all(
      tasks.map(({ name }) =>
        within(() =>
          workflowService.deleteWorkflowExecution({ namespace, workflowExecution: executionOf(name) }),
        ).catch(() => undefined),
      ),
    );
  }
}

/** For the start of a worker: says loudly what the server ignores. Never rejects; a probe that fails is of no consequence. */
export async function warnOfUnfairness(client: Client, log: Logger): Promise<void> {
  try {
    const { priority, fairness } = await bestOf([250, 1_000, 4_000], client);
    if (priority && fairness) return;
    log.error(
      { priority, fairness },
      'Temporal IGNORES priority or fairness keys: one workspace can hold up all others. Set matching.useNewMatcher and matching.enableFairness (scripts/stack/dynamic-config.yaml has them)',
    );
  } catch (err) {
    log.info({ err }, 'Whether Temporal keeps to priority and fairness keys could not be found out');
  }
}

/** A busy server may take longer to queue what it accepted; one that ignores the keys never keeps to both. */
async function bestOf([settleMs, ...longer]: number[], client: Client): Promise<Fairness> {
  const found = await probeFairness(client, settleMs);
  return (found.priority && found.fairness) || longer.length === 0 ? found : bestOf(longer, client);
}
