/** How a workflow starts a run of its own, of an agent or of an automation, that ends with it. */
import type { ChildWorkflowOptions } from '@temporalio/workflow';
import { agentWorkflowIdOf } from '../contracts/agents/run.ts';
import { priorities, queues, type RunTrigger, workflowIdOf } from '../contracts/run.ts';

const endsWithParent: ChildWorkflowOptions = {
  parentClosePolicy: 'REQUEST_CANCEL',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  workflowIdReusePolicy: 'REJECT_DUPLICATE',
};

export function agentChild(
  of: { workspace: string; agent: string; run: string },
  priorityKey: number = priorities['sub-automation'],
): ChildWorkflowOptions {
  const { workspace, agent } = of;
  return {
    ...endsWithParent,
    ...{ workflowId: agentWorkflowIdOf(of), taskQueue: queues.agents },
    priority: { priorityKey, fairnessKey: workspace },
    searchAttributes: { Workspace: [workspace], Agent: [agent], RunKind: ['agent'] },
  };
}

export function automationChild(
  of: { workspace: string; automation: string; run: string },
  kind: Extract<RunTrigger, 'sub-automation' | 'chat'>,
  priorityKey: number = priorities[kind],
): ChildWorkflowOptions {
  const { workspace, automation } = of;
  return {
    ...endsWithParent,
    ...{ workflowId: workflowIdOf(of), taskQueue: queues.automations },
    priority: { priorityKey, fairnessKey: workspace },
    searchAttributes: { Workspace: [workspace], Automation: [automation], RunKind: [kind] },
  };
}
