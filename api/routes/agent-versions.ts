/** Publishing an agent: its draft becomes an immutable version, which runs are pinned to. */
import { z } from 'zod';
import { agent, agentVersion, agentVersionPage, publishedAgent } from '../../contracts/api/agents.ts';
import { publishDraft, updateVersion } from '../../contracts/api/automations.ts';
import { pageQuery } from '../../contracts/api/page.ts';
import { checkStarts } from '../agents/check-starts.ts';
import { checkTools } from '../agents/check-tools.ts';
import { stopStarts, syncStarts } from '../agents/sync-starts.ts';
import { etagOf } from '../etag.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { toReference } from '../version-reference.ts';
import { resourceOf, withProblems } from './agents.ts';

const tag = 'agents';
const params = z.object({ id: z.string() });
const reference = params.extend({
  version: z.string().describe("The version's id, or its number."),
});

export const publish = defineRoute({
  method: 'post',
  path: '/agents/:id/publish',
  summary: 'Publish the draft of an agent',
  description:
    'Makes a version of the draft, which conversations get from their next turn on; its schedules tick and its events are heard from now on. Runs under way keep theirs. Publishing an unchanged draft makes no new version.',
  tag,
  auth: 'agent.publish',
  resource: sharedBy('agent', 'id'),
  params,
  body: publishDraft.optional(),
  responses: { 200: publishedAgent },
  handler: async ({ principal, params: { id }, body, request, note }, deps) => {
    const { workspace, user } = principal;
    const stored = await deps.db.inWorkspace(workspace, ({ agents }) => agents.get(id));
    if (!stored) throw notFound('agent');
    const { problems } = await withProblems(deps, workspace, stored);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0)
      throw new ApiProblem(
        'invalid-agent',
        {},
        {
          errors: errors.map(({ code, message, field }) => ({ code, message, field: `draft.${field}` })),
        },
      );
    const version = await deps.db.inWorkspace(workspace, ({ agents }) =>
      agents.publish(id, { definition: stored.draft, by: user, note: body?.note }),
    );
    if (!version) throw notFound('agent');
    await syncStarts(deps, { principal, request, agent: stored, starts: stored.draft.starts ?? [] });
    note({ resource: resourceOf(stored), after: { version: version.number } });
    return { status: 200, body: { version } };
  },
});

export const unpublish = defineRoute({
  method: 'post',
  path: '/agents/:id/unpublish',
  summary: 'Let nobody start an agent any more',
  description: 'Runs under way go on. Nothing is deleted: publish again when you like.',
  tag,
  auth: 'agent.publish',
  audit: 'agent.unpublish',
  resource: sharedBy('agent', 'id'),
  params,
  responses: { 200: agent },
  handler: async ({ principal: { workspace }, params: { id } }, deps) => {
    await stopStarts(deps, workspace, id);
    const after = await deps.db.inWorkspace(workspace, async ({ agents }) =>
      (await agents.unpublish(id)) ? agents.get(id) : undefined,
    );
    if (!after) throw notFound('agent');
    return { status: 200, body: await withProblems(deps, workspace, after), headers: etagOf(after) };
  },
});

export const list = defineRoute({
  method: 'get',
  path: '/agents/:id/versions',
  summary: 'List versions of an agent, newest first',
  tag,
  auth: 'agent.view',
  resource: sharedBy('agent', 'id'),
  params,
  query: pageQuery,
  responses: { 200: agentVersionPage },
  handler: async ({ principal, params: { id }, query }, { db }) =>
    db.inWorkspace(principal.workspace, async ({ agents, agentVersions }) => {
      if (!(await agents.get(id))) throw notFound('agent');
      return { status: 200 as const, body: await agentVersions.list(id, query) };
    }),
});

export const get = defineRoute({
  method: 'get',
  path: '/agents/:id/versions/:version',
  summary: 'One version of an agent',
  tag,
  auth: 'agent.view',
  resource: sharedBy('agent', 'id'),
  params: reference,
  responses: { 200: agentVersion },
  handler: async ({ principal, params }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ agentVersions }) =>
      agentVersions.get(params.id, toReference(params.version)),
    );
    if (!found) throw notFound('version');
    return { status: 200, body: found };
  },
});

export const restore = defineRoute({
  method: 'post',
  path: '/agents/:id/versions/:version/restore',
  summary: 'Make a version of an agent the draft again',
  description: 'What is published does not change; publish to put it live.',
  tag,
  auth: 'agent.edit',
  audit: 'agent.restore',
  resource: sharedBy('agent', 'id'),
  params: reference,
  responses: { 200: agent },
  handler: async ({ principal, params, note }, deps) => {
    const { workspace } = principal;
    const { found, before } = await deps.db.inWorkspace(workspace, async ({ agents, agentVersions }) => ({
      found: await agentVersions.get(params.id, toReference(params.version)),
      before: await agents.get(params.id),
    }));
    if (!found || !before) throw notFound('version');
    const drafts = { before: before.draft, after: found.definition };
    await checkTools(deps, principal, drafts);
    checkStarts(principal, drafts);
    const result = await deps.db.inWorkspace(workspace, ({ agents }) =>
      agents.update(params.id, { draft: found.definition }),
    );
    if (result.kind !== 'saved') throw notFound('agent');
    const { agent: saved } = result;
    note({ resource: resourceOf(saved), after: { version: found.number, revision: saved.revision } });
    return { status: 200, body: await withProblems(deps, workspace, saved), headers: etagOf(saved) };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/agents/:id/versions/:version',
  summary: 'Say what a version of an agent is about',
  description: 'The version itself never changes.',
  tag,
  auth: 'agent.publish',
  audit: 'version.note',
  resource: sharedBy('agent', 'id'),
  params: reference,
  body: updateVersion,
  responses: { 200: agentVersion },
  handler: async ({ principal, params, body, note }, { db }) => {
    const wanted = toReference(params.version);
    const found = await db.inWorkspace(principal.workspace, async ({ agentVersions }) => {
      await agentVersions.note(params.id, wanted, body.note);
      return agentVersions.get(params.id, wanted);
    });
    if (!found) throw notFound('version');
    note({ after: { version: found.number, note: body.note } });
    return { status: 200, body: found };
  },
});
