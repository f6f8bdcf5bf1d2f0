/** Hands a delivery to its gate, and starts the gate when there is none. When this returns, Temporal has it. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import {
  type GateCall,
  type GatePlace,
  type GateVerdict,
  gateSignal,
  gateUpdate,
  gateWorkflow,
} from '../../contracts/gates.ts';
import { priorities, queues } from '../../contracts/run.ts';
import type { RunDeps } from '../run-deps.ts';
import { summaryOf } from '../start-run.ts';
import { gateIdOf } from './gate-id.ts';

/** Milliseconds after which Temporal counts as out of reach; its client tries again until then. */
const patience = 5_000;

export interface GatePass {
  place: GatePlace;
  /** What the Temporal UI shows. */
  names: { automation: string; trigger: string };
  key: string;
  call: GateCall;
}

/** @throws ServiceError when Temporal can't be reached; whether it has the delivery is not known then, and passing again does no harm */
export async function passGate({ temporal }: Pick<RunDeps, 'temporal'>, pass: GatePass): Promise<void> {
  await temporal.withDeadline(Date.now() + patience, () =>
    temporal.workflow.signalWithStart(gateWorkflow, {
      ...startOf(pass),
      signal: gateSignal,
      signalArgs: [pass.call],
    }),
  );
}

/** The same, and waits for what the gate says. It takes a worker. @throws as `passGate`, or WorkflowUpdateRPCTimeoutOrCancelledError */
export async function passGateAndHear(
  { temporal }: Pick<RunDeps, 'temporal'>,
  pass: GatePass,
): Promise<GateVerdict> {
  const startWorkflowOperation = new WithStartWorkflowOperation(gateWorkflow, {
    ...startOf(pass),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return await temporal.withDeadline(Date.now() + patience, () =>
    temporal.workflow.executeUpdateWithStart<Workflow, GateVerdict, [GateCall]>(gateUpdate, {
      startWorkflowOperation,
      args: [pass.call],
    }),
  );
}

function startOf({ place, names, key }: GatePass) {
  return {
    workflowId: gateIdOf(place, key),
    taskQueue: queues.automations,
    args: [{ place }],
    staticSummary: summaryOf(names.automation, `${names.trigger} (gate)`),
    priority: { priorityKey: priorities[place.kind], fairnessKey: place.workspace },
  };
}
