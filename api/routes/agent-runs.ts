/** Runs of agents: start, list, read, and what is said to them. */
import { ulid } from 'ulid';
import { z } from 'zod';
import { type AgentCommand, agentRunState } from '../../contracts/agents/run.ts';
import {
  agentRun,
  agentRunPage,
  agentRunStarted,
  listAgentRuns,
  startAgentRun as startBody,
  steerAgentRun,
} from '../../contracts/api/agents.ts';
import type { StoredAgentRun } from '../../db/index.ts';
import { commandAgentRun } from '../../runs/agents/command-agent-run.ts';
import { startAgentRun } from '../../runs/agents/start-agent-run.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { agentOfRun } from '../access/agent-of-run.ts';
import { mayDo } from '../access/authorize.ts';
import { visibleTo } from '../access/visible-to.ts';
import { messagesOf } from '../agents/messages-of.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, type Route, sharedBy } from '../route.ts';
import { temporalUrlOf } from '../runs/temporal-url.ts';

const tag = 'agent-runs';
const params = z.object({ id: z.string() });
/** Steps that come with a run. */
const firstSteps = 500;

export const start = defineRoute({
  method: 'post',
  path: '/agents/:id/runs',
  summary: 'Start a run of an agent',
  description:
    'Of what is published, or of the draft for who may edit it. The answer comes when Temporal has accepted the run: from then on it reaches an end, whatever happens to our processes. Who starts it is asked when a tool needs a decision.',
  tag,
  auth: 'agent.use',
  resource: sharedBy('agent', 'id'),
  limit: 'run',
  audit: 'by-minute',
  idempotent: true,
  params,
  body: startBody,
  responses: { 201: agentRunStarted },
  handler: async ({ principal, params: { id }, body, idempotencyKey, note }, deps) => {
    const { workspace, user } = principal;
    const { variables, draft } = body;
    if (draft && !(await mayDo(principal, 'agent.try-draft', () => ({ type: 'agent', id }), deps)))
      throw new ApiProblem('forbidden');
    const { stored, published } = await deps.db.inWorkspace(workspace, async ({ agents }) => ({
      stored: await agents.get(id),
      published: await agents.published(id),
    }));
    if (!stored) throw notFound('agent');
    if (!draft && !published) throw new ApiProblem('agent-not-published');
    const messages = await messagesOf(body, principal, deps);
    const { run, workflowId } = await startAgentRun(deps, {
      ...{ workspace, agent: { id, name: stored.name }, variables, startedBy: user },
      ...(draft || !published
        ? { version: { id: '', number: 0 }, definition: stored.draft, trigger: 'playground' }
        : { version: published.version, trigger: 'api' }),
      messages,
      run: idempotencyKey === undefined ? undefined : runIdOf(workspace, 'agent', id, idempotencyKey),
    });
    note({ after: { run } });
    return {
      status: 201,
      body: { id: run, workflowId },
      headers: { location: `/api/v1/agent-runs/${run}` },
    };
  },
});

export const list = defineRoute({
  method: 'get',
  path: '/agent-runs',
  summary: 'List runs of agents, last started first',
  description:
    'Of agents that one may see by role or by a grant. Those of conversations of others take more: the role of an operator, or managing the agent.',
  tag,
  auth: 'agent-run.list',
  query: listAgentRuns,
  responses: { 200: agentRunPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ agentRuns }) =>
      agentRuns.list({
        ...query,
        visible: visibleTo(principal, 'agent-run.view'),
        chats: visibleTo(principal, 'agent-run.view-all'),
        startedBy: principal.user,
      }),
    ),
  }),
});

export const get = defineRoute({
  method: 'get',
  path: '/agent-runs/:id',
  summary: 'One run of an agent with its first 500 steps',
  tag,
  auth: 'agent-run.view',
  resource: ({ id = '' }, context) => agentOfRun(id, context),
  params,
  responses: { 200: agentRun },
  handler: async ({ principal, params: { id } }, deps) => {
    const { workflowId, ...found } = await find(principal, id, deps);
    const stepList = await deps.db.inWorkspace(principal.workspace, ({ agentRuns }) =>
      agentRuns.steps(id, firstSteps),
    );
    const temporalUrl = temporalUrlOf(deps.temporalUiUrl, deps.config.TEMPORAL_NAMESPACE, workflowId);
    return { status: 200, body: { ...found, ...(temporalUrl && { temporalUrl }), stepList } };
  },
});

export const pause = command(
  'pause',
  'Pause a run of an agent',
  'What is under way ends; nothing new begins.',
);
export const resume = command('resume', 'Let a paused run of an agent go on');
export const stop = command(
  'stop',
  'Stop a run of an agent',
  'It ends with what has come. What is under way is cancelled, runs that it started included.',
);

export const steer = defineRoute({
  method: 'post',
  path: '/agent-runs/:id/steer',
  summary: 'Say something to a run of an agent',
  description: 'The agent has it before it asks its model the next time.',
  tag,
  auth: 'agent-run.steer',
  resource: ({ id = '' }, context) => agentOfRun(id, context),
  audit: 'agent-run.steer',
  limit: 'run',
  params,
  body: steerAgentRun,
  responses: { 202: z.object({ id: z.string(), state: agentRunState }) },
  handler: async ({ principal, params: { id }, body }, deps) => ({
    status: 202,
    body: await tell(principal, id, { kind: 'steer', id: ulid(), text: body.text }, deps),
  }),
});

function command(kind: 'pause' | 'resume' | 'stop', summary: string, description?: string): Route {
  return defineRoute({
    method: 'post',
    path: `/agent-runs/:id/${kind}`,
    summary,
    ...(description !== undefined && { description }),
    tag,
    auth: 'agent-run.steer',
    resource: ({ id = '' }, context) => agentOfRun(id, context),
    audit: `agent-run.${kind}`,
    limit: 'run',
    params,
    responses: { 202: z.object({ id: z.string(), state: agentRunState }) },
    handler: async ({ principal, params: { id } }, deps) => ({
      status: 202,
      body: await tell(principal, id, { kind }, deps),
    }),
  });
}

/** @throws ApiProblem `agent-run-over` */
async function tell(principal: WorkspacePrincipal, id: string, command: AgentCommand, deps: ApiDeps) {
  const { workflowId, state, finishedAt } = await find(principal, id, deps);
  const sent = finishedAt === undefined ? await commandAgentRun(deps, workflowId, command) : 'ended';
  if (sent === 'ended') throw new ApiProblem('agent-run-over', {}, { run: id });
  return { id, state };
}

/** @throws ApiProblem `not-found`, also for a run of somebody else's conversation that is not for the asker */
async function find(principal: WorkspacePrincipal, id: string, deps: ApiDeps): Promise<StoredAgentRun> {
  const found = await deps.db.inWorkspace(principal.workspace, ({ agentRuns }) => agentRuns.get(id));
  if (!found) throw notFound('run');
  const isOwn = principal.user !== undefined && found.startedBy === principal.user;
  if (found.conversation === undefined || isOwn) return found;
  const agent = () => ({ type: 'agent' as const, id: found.agent.id });
  if (!(await mayDo(principal, 'agent-run.view-all', agent, deps))) throw notFound('run');
  return found;
}
