/** What a run of an agent begins with: its version, and its tools as the model is told of them. The run is written down with it. */
import { startKindOf } from '../../contracts/agents/graph-of-starts.ts';
import type { LoadedAgent } from '../../contracts/agents/loaded-agent.ts';
import { type AgentRunTrigger, agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import type { LoadAgentInput } from '../../contracts/agents/work.ts';
import type { PublishedAgent, Repositories } from '../../db/index.ts';
import { stepFailed } from '../step-failed.ts';
import type { AgentDeps } from './agent-deps.ts';
import { createOfferedTools } from './offered-tools.ts';

/** @throws ApplicationFailure `agent-missing`, `agent-not-published`. What the database throws is Temporal's to retry. */
export type LoadAgent = (input: LoadAgentInput) => Promise<LoadedAgent>;

export function createLoadAgent({ db }: Pick<AgentDeps, 'db'>): LoadAgent {
  const offeredTools = createOfferedTools(db);
  return async (input) => {
    const { workspace, run } = input;
    const { agent, version, definition } = await find(db, input);
    if (run)
      await db.inWorkspace(workspace, async ({ agentRuns, automations }) =>
        agentRuns.begin({
          ...{ run: run.run, agent, version, startedBy: run.startedBy },
          trigger: await triggerOf(run, agent.id, automations),
          workflowId: agentWorkflowIdOf({ workspace, agent: input.agent.id, run: run.run }),
          conversation: run.target?.conversation,
          parent: run.parent && `${run.parent.kind}:${run.parent.run}`,
          state: 'running',
        }),
      );
    return { agent, version, ...(await offeredTools(workspace, definition)) };
  };
}

/** What calls it may be the automation that holds the agent's own starts: then it is the clock or the event that started it. */
async function triggerOf(
  { trigger, parent, automations = [] }: NonNullable<LoadAgentInput['run']>,
  agent: string,
  repository: Repositories['automations'],
): Promise<AgentRunTrigger> {
  const caller = automations.at(-1);
  const kind = parent?.kind === 'automation' ? startKindOf(parent.step) : undefined;
  if (kind === undefined || caller === undefined) return trigger;
  return (await repository.thatStarts(agent)) === caller ? kind : trigger;
}

async function find(
  db: AgentDeps['db'],
  { workspace, agent, version, definition }: LoadAgentInput,
): Promise<PublishedAgent> {
  if (definition) return { agent, version, definition };
  const { published, pinned, stored } = await db.inWorkspace(
    workspace,
    async ({ agents, agentVersions }) => ({
      published: version.id === '' ? await agents.published(agent.id) : undefined,
      pinned: version.id === '' ? undefined : await agentVersions.get(agent.id, version.id),
      stored: await agents.names([agent.id]),
    }),
  );
  if (published) return published;
  if (pinned)
    return { agent, version: { id: pinned.id, number: pinned.number }, definition: pinned.definition };
  if (stored.has(agent.id))
    throw stepFailed(
      'agent-not-published',
      `The agent "${stored.get(agent.id)}" is not published.`,
      'Open it and publish it, then try again.',
    );
  throw stepFailed(
    'agent-missing',
    `There is no agent "${agent.name || agent.id}" in this workspace any more.`,
    'Choose another one.',
  );
}
