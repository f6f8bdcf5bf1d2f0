/** Published versions of an automation. */
import { z } from 'zod';
import {
  automation,
  published,
  updateVersion,
  version,
  versionPage,
} from '../../contracts/api/automations.ts';
import { pageQuery } from '../../contracts/api/page.ts';
import { checkCalls } from '../automations/check-calls.ts';
import { refuseKept } from '../automations/refuse-kept.ts';
import { checkCredentialUse } from '../credentials/check-use.ts';
import { notFound } from '../problems.ts';
import { publishGraph } from '../publishing/publish-graph.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { toReference } from '../version-reference.ts';
import { withProblems } from './automations.ts';

const tag = 'versions';
const reference = z.object({
  id: z.string(),
  version: z.string().describe("The version's id, or its number."),
});

export const list = defineRoute({
  method: 'get',
  path: '/automations/:id/versions',
  summary: 'List versions, newest first',
  tag,
  auth: 'automation.view',
  resource: sharedBy('automation', 'id'),
  params: z.object({ id: z.string() }),
  query: pageQuery,
  responses: { 200: versionPage },
  handler: async ({ principal, params: { id }, query }, { db }) =>
    db.inWorkspace(principal.workspace, async ({ automations, versions }) => {
      if (!(await automations.get(id))) throw notFound('automation');
      return { status: 200 as const, body: await versions.list(id, query) };
    }),
});

export const get = defineRoute({
  method: 'get',
  path: '/automations/:id/versions/:version',
  summary: 'One version with its graph',
  tag,
  auth: 'automation.view',
  resource: sharedBy('automation', 'id'),
  params: reference,
  responses: { 200: version },
  handler: async ({ principal, params }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ versions }) =>
      versions.get(params.id, toReference(params.version)),
    );
    if (!found) throw notFound('version');
    const { automation: _, ...body } = found;
    return { status: 200, body };
  },
});

export const restore = defineRoute({
  method: 'post',
  path: '/automations/:id/versions/:version/restore',
  summary: 'Make a version the draft again',
  description: 'What is published does not change; publish to put it live.',
  tag,
  auth: 'automation.edit',
  audit: 'automation.restore',
  resource: sharedBy('automation', 'id'),
  params: reference,
  responses: { 200: automation },
  handler: async ({ principal, params, note }, { db, bus }) => {
    await refuseKept({ db }, principal.workspace, params.id);
    const result = await db.inWorkspace(principal.workspace, async ({ automations, versions }) => {
      const found = await versions.get(params.id, toReference(params.version));
      if (!found) throw notFound('version');
      const before = await automations.get(params.id);
      await checkCredentialUse({ db }, principal, { before: before?.draft, after: found.graph });
      await checkCalls({ db }, principal, { before: before?.draft, after: found.graph });
      return automations.update(params.id, { draft: found.graph });
    });
    if (result.kind !== 'saved') throw notFound('automation');
    note({ after: { version: params.version, revision: result.automation.revision } });
    bus.publish({ kind: 'automation.changed', workspace: principal.workspace, automation: params.id });
    return { status: 200, body: withProblems(result.automation) };
  },
});

export const publish = defineRoute({
  method: 'post',
  path: '/automations/:id/versions/:version/publish',
  summary: 'Publish an old version again',
  description:
    'What it holds is live from now on, as a version of a new number unless it is the newest; the draft stays as it is, and runs under way keep their version.',
  tag,
  auth: 'automation.publish',
  audit: 'automation.publish',
  resource: sharedBy('automation', 'id'),
  params: reference,
  responses: { 200: published },
  handler: async ({ principal, params, request, note }, deps) => {
    await refuseKept(deps, principal.workspace, params.id);
    const { stored, found } = await deps.db.inWorkspace(
      principal.workspace,
      async ({ automations, versions }) => ({
        stored: await automations.get(params.id),
        found: await versions.get(params.id, toReference(params.version)),
      }),
    );
    if (!stored || !found) throw notFound('version');
    const { published: made, details } = await publishGraph(deps, {
      principal,
      request,
      automation: { id: params.id, name: stored.name },
      graph: found.graph,
    });
    note(details);
    return { status: 200, body: made };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/automations/:id/versions/:version',
  summary: 'Say what a version is about',
  description: 'The version itself never changes.',
  tag,
  auth: 'automation.publish',
  audit: 'version.note',
  resource: sharedBy('automation', 'id'),
  params: reference,
  body: updateVersion,
  responses: { 200: version },
  handler: async ({ principal, params, body, note }, { db }) => {
    const reference = toReference(params.version);
    const found = await db.inWorkspace(principal.workspace, async ({ versions }) => {
      await versions.note(params.id, reference, body.note);
      return versions.get(params.id, reference);
    });
    if (!found) throw notFound('version');
    note({ after: { version: found.number, note: body.note } });
    const { automation: _, ...shown } = found;
    return { status: 200, body: shown };
  },
});
