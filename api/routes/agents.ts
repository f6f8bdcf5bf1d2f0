/** Agents: list, make, read, save, delete. Publishing is `agent-versions.ts`, running them `agent-runs.ts`. */
import { z } from 'zod';
import { agentDefinition } from '../../contracts/agents/agent.ts';
import {
  type Agent,
  agent,
  agentPage,
  createAgent,
  listAgents,
  updateAgent,
} from '../../contracts/api/agents.ts';
import type { StoredAgent } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import { visibleTo } from '../access/visible-to.ts';
import { checkStarts } from '../agents/check-starts.ts';
import { checkTools } from '../agents/check-tools.ts';
import { createExampleAgent } from '../agents/example-agent.ts';
import { problemsOf } from '../agents/problems-of.ts';
import { removeStarts } from '../agents/sync-starts.ts';
import type { ApiDeps } from '../deps.ts';
import { etagOf, revisionOf } from '../etag.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'agents';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/agents',
  summary: 'List agents, last saved first',
  description:
    'Who may not see every agent by their role is shown those that are shared with them or with all.',
  tag,
  auth: 'agent.list',
  query: listAgents,
  responses: { 200: agentPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ agents }) =>
      agents.list({ ...query, visible: visibleTo(principal, 'agent.view') }),
    ),
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/agents',
  summary: 'Create an agent',
  tag,
  auth: 'agent.create',
  idempotent: true,
  body: createAgent,
  responses: { 201: agent },
  handler: async ({ principal, body, note }, deps) => {
    const { workspace, user } = principal;
    const draft = body.draft ?? agentDefinition.parse({});
    await checkTools(deps, principal, { before: undefined, after: draft });
    checkStarts(principal, { before: undefined, after: draft });
    const created = await deps.db.inWorkspace(workspace, ({ agents }) =>
      agents.create({ ...body, draft, by: user }),
    );
    note({ resource: resourceOf(created), after: { visibility: created.visibility } });
    return { status: 201, body: await withProblems(deps, workspace, created), headers: etagOf(created) };
  },
});

export const createExample = defineRoute({
  method: 'post',
  path: '/agents/example',
  summary: 'Make an agent to try things with',
  description:
    'Published, with one automation of the workspace as its tool, for each call of which it asks. It works without a provider of models: the sandbox answers, which is no AI.',
  tag,
  auth: 'agent.create',
  audit: 'agent.create',
  responses: { 201: agent },
  handler: async ({ principal, request, note }, deps) => {
    const created = await createExampleAgent(deps, principal, request);
    note({ resource: resourceOf(created), after: { example: true } });
    return {
      status: 201,
      body: await withProblems(deps, principal.workspace, created),
      headers: etagOf(created),
    };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/agents/:id',
  summary: 'One agent with its draft',
  description: 'The ETag is the revision: send it back as If-Match when you save.',
  tag,
  auth: 'agent.view',
  resource: sharedBy('agent', 'id'),
  params,
  responses: { 200: agent },
  handler: async ({ principal, params: { id } }, deps) => {
    const { workspace, user } = principal;
    const [found, level] = await deps.db.inWorkspace(workspace, async ({ agents, grants }) => [
      await agents.get(id),
      user === undefined ? undefined : await grants.levelOf(user, { type: 'agent', id }),
    ]);
    if (!found) throw notFound('agent');
    const body = { ...(await withProblems(deps, workspace, found)), ...(level && { level }) };
    return { status: 200, body, headers: etagOf(found) };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/agents/:id',
  summary: 'Save name, description, visibility, avatar or draft',
  description: 'The draft is saved even when it has problems; `problems` names them.',
  tag,
  auth: 'agent.edit',
  resource: sharedBy('agent', 'id'),
  headers: {
    'If-Match': 'The ETag you read. When somebody saved since, the answer is 412 and nothing is saved.',
  },
  params,
  body: updateAgent,
  responses: { 200: agent },
  handler: async ({ principal, params: { id }, body, request, note }, deps) => {
    const { workspace } = principal;
    const { db, bus } = deps;
    const before = await db.inWorkspace(workspace, ({ agents }) => agents.get(id));
    if (!before) throw notFound('agent');
    if (body.draft) {
      const drafts = { before: before.draft, after: body.draft };
      await checkTools(deps, principal, drafts);
      checkStarts(principal, drafts);
    }
    // Who may only edit it can't open it to everybody.
    const isShown = body.visibility !== undefined && body.visibility !== before.visibility;
    if (isShown && !(await mayDo(principal, 'agent.share', () => ({ type: 'agent', id }), deps)))
      throw new ApiProblem('forbidden');
    const result = await db.inWorkspace(workspace, ({ agents }) =>
      agents.update(id, { ...body, revision: revisionOf(request.get('if-match')) }),
    );
    if (result.kind === 'not-found') throw notFound('agent');
    if (result.kind === 'changed-meanwhile')
      throw new ApiProblem('changed-meanwhile', {}, { headers: etagOf(result) });
    const { agent: saved } = result;
    // Not the draft itself: it is large, and the versions keep what was published.
    const { draft, ...facts } = body;
    const after = { ...facts, ...(draft && { tools: draft.tools.length }), revision: saved.revision };
    note({ resource: resourceOf(saved), after });
    if (isShown) bus.publish({ kind: 'access.changed', workspace });
    return { status: 200, body: await withProblems(deps, workspace, saved), headers: etagOf(saved) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/agents/:id',
  summary: 'Delete an agent',
  description:
    'Nobody can start it any more, nor does it by itself; its runs stay readable, those under way go on.',
  tag,
  auth: 'agent.delete',
  resource: sharedBy('agent', 'id'),
  params,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: { id }, note }, deps) => {
    const { db, bus } = deps;
    // First: when Temporal can't be reached nothing has changed.
    await removeStarts(deps, workspace, id);
    const { former, removed } = await db.inWorkspace(workspace, async ({ agents }) => ({
      former: await agents.get(id),
      removed: await agents.remove(id),
    }));
    if (!removed) throw notFound('agent');
    note({ resource: { type: 'agent', id, name: former?.name } });
    bus.publish({ kind: 'access.changed', workspace });
    return { status: 204 };
  },
});

export async function withProblems(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  stored: StoredAgent,
): Promise<Agent> {
  const problems = await db.inWorkspace(workspace, (repositories) =>
    problemsOf(stored.draft, stored.id, repositories),
  );
  return { ...stored, problems };
}

export function resourceOf({ id, name }: Pick<StoredAgent, 'id' | 'name'>) {
  return { type: 'agent', id, name };
}
