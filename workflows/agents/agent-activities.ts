/** The activities of an agent's run, each named in the Temporal UI by what it does there. */
import { patched, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';
import { queues } from '../../contracts/run.ts';

/** A dead worker is noticed after this long without a heartbeat. */
const heartbeatTimeout = '10s';

/** As long as a model may take that reasons; the gateway's own patience is shorter. */
const modelTimeout = '15m';
const toolTimeout = '3m';

export function callsModel(summary: string): Pick<Activities, 'callModel'> {
  return proxyActivities({
    ...{ startToCloseTimeout: modelTimeout, heartbeatTimeout, summary },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    // The activity says which failure is the last; a worker that died uses no attempt up.
    retry: { initialInterval: '1s', maximumInterval: '30s' },
  });
}

/** Of those that don't wait for others' servers. */
const toolQueues: Readonly<Record<string, string>> = {
  code: queues.code,
  files: queues.agents,
  knowledge: queues.agents,
};

/** Tools run where their kind of work does, so that each scales alone. */
export function callsTool(kind: string, summary: string): Pick<Activities, 'callTool'> {
  const taskQueue = toolQueues[kind] ?? queues.http;
  return proxyActivities({
    ...{ taskQueue, startToCloseTimeout: toolTimeout, heartbeatTimeout, summary },
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: { initialInterval: '1s', maximumInterval: '30s' },
  });
}

const soon = { startToCloseTimeout: '30s' } as const;

export const { loadAgent } = proxyActivities<Pick<Activities, 'loadAgent'>>(soon);

type Ends = Pick<Activities, 'endAgentRun'>;
const remotely = proxyActivities<Ends>(soon);
const locally = proxyLocalActivities<Ends>(soon);

/** Patched: runs from before end by a normal activity, which takes a workflow task more. */
export const endAgentRun: Ends['endAgentRun'] = (end) =>
  (patched('end-agent-run-locally') ? locally : remotely).endAgentRun(end);

export const { announce } = proxyActivities<Pick<Activities, 'announce'>>({
  startToCloseTimeout: '60s',
  summary: 'Ask for approval',
});

export const { tellToolCall, tellAgentRun, readResult, resolveAutomation } = proxyLocalActivities<
  Pick<Activities, 'tellToolCall' | 'tellAgentRun' | 'readResult' | 'resolveAutomation'>
>({ startToCloseTimeout: '10s' });
