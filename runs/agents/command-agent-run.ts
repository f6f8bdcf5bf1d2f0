/** Says something to a run of an agent. Temporal keeps it before this returns, whether or not a worker is alive. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { type AgentCommand, agentCommandSignal } from '../../contracts/agents/run.ts';
import type { RunDeps } from '../run-deps.ts';

const patience = 5_000;

/** `ended`: it hears nothing any more. @throws ServiceError when Temporal can't be reached */
export async function commandAgentRun(
  { temporal }: Pick<RunDeps, 'temporal'>,
  workflowId: string,
  command: AgentCommand,
): Promise<'sent' | 'ended'> {
  try {
    await temporal.withDeadline(Date.now() + patience, () =>
      temporal.workflow.getHandle(workflowId).signal(agentCommandSignal, command),
    );
    return 'sent';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'ended';
    throw error;
  }
}
