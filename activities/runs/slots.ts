/** What the limiter and the runs under limits need of the world (workflows/limiter.ts, workflows/run-slots.ts). */
import { Context } from '@temporalio/activity';
import type { SlotRequest } from '../../contracts/limits.ts';
import { limiterIdOf, limiterWorkflow, slotSignals } from '../../contracts/limits.ts';
import { queues } from '../../contracts/run.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { statusOf } from '../records/workflow-truth.ts';
import { finalFailure } from '../step-failed.ts';

export interface SlotActivities {
  /** Asks for slots; the answer comes as a signal. Asking again changes nothing. */
  requestSlots(ask: { workspace: string; request: SlotRequest }): Promise<void>;
  /** Those of the workflows that have ended or are gone. */
  endedWorkflows(workflowIds: string[]): Promise<string[]>;
}

/** Workflows that are asked after at a time. */
const atOnce = 20;

export function createSlotActivities(deps: RunDeps | undefined): SlotActivities {
  const temporal = () => {
    if (!deps) throw finalFailure({ code: 'no-temporal', message: 'This worker has no client of Temporal.' });
    return deps.temporal;
  };
  return {
    async requestSlots({ workspace, request }) {
      await temporal().workflow.signalWithStart(limiterWorkflow, {
        workflowId: limiterIdOf(workspace),
        taskQueue: queues.automations,
        args: [{ workspace, sureOfHolders: true }],
        signal: slotSignals.request,
        signalArgs: [request],
        staticSummary: 'Concurrency limits of the workspace',
        priority: { priorityKey: 1, fairnessKey: workspace },
      });
    },

    async endedWorkflows(workflowIds) {
      const ended: string[] = [];
      for (let from = 0; from < workflowIds.length; from += atOnce) {
        Context.current().heartbeat();
        const some = workflowIds.slice(from, from + atOnce);
        const states = await Promise.all(some.map((id) => statusOf(temporal(), id)));
        ended.push(...some.filter((_, position) => states[position]!.kind !== 'open'));
      }
      return ended;
    },
  };
}
