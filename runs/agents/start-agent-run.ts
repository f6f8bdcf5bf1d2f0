/**
 * Starts a run of an agent in Temporal. Whoever answers a caller does so after this: an accepted run is one that Temporal has. A start
 * that is repeated under the same id finds the first one.
 */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { type AgentRunInput, agentRunWorkflow, agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import { priorities, queues } from '../../contracts/run.ts';
import { newRunId } from '../new-run-id.ts';
import type { RunDeps } from '../run-deps.ts';
import { agentSearchAttributesOf } from '../search-attributes.ts';

/** Milliseconds after which Temporal counts as out of reach. */
const patience = 5_000;

export type AgentRunStart = Omit<AgentRunInput, 'run' | 'resume'> & {
  /** Left out: a new id. */
  run?: string | undefined;
};

export interface StartedAgentRun {
  run: string;
  workflowId: string;
  /** It was there already. */
  replayed: boolean;
}

/** @throws ServiceError when Temporal can't be reached; nothing was started then */
export async function startAgentRun(
  { db, temporal, publicUrl }: Pick<RunDeps, 'db' | 'temporal' | 'publicUrl'>,
  { run = newRunId(), ...start }: AgentRunStart,
): Promise<StartedAgentRun> {
  const { workspace, agent, version, trigger, startedBy, target, parent } = start;
  const workflowId = agentWorkflowIdOf({ workspace, agent: agent.id, run });
  const input: AgentRunInput = { run, ...start };
  try {
    await temporal.withDeadline(Date.now() + patience, () =>
      temporal.workflow.start(agentRunWorkflow, {
        args: [input],
        workflowId,
        taskQueue: queues.agents,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        priority: {
          priorityKey: trigger === 'chat' ? priorities.chat : priorities.manual,
          fairnessKey: workspace,
        },
        typedSearchAttributes: agentSearchAttributesOf({ workspace, agent: agent.id }),
        staticSummary: `${agent.name.slice(0, 60)} · ${trigger}`,
        ...(publicUrl !== undefined && {
          staticDetails: `[This agent in Hiviex](${publicUrl}/agents/${agent.id})`,
        }),
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { run, workflowId, replayed: true };
  }
  // The run itself does the same; this way it is there when the caller asks.
  await db.inWorkspace(workspace, ({ agentRuns }) =>
    agentRuns.begin({
      ...{ run, agent, version, trigger, workflowId, startedBy, conversation: target?.conversation },
      parent: parent && `${parent.kind}:${parent.run}`,
    }),
  );
  return { run, workflowId, replayed: false };
}
