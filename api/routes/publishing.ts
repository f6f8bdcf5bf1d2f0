/** Publishing: the draft becomes an immutable version, and the world may start it. */
import { z } from 'zod';
import { automation, published } from '../../contracts/api/automations.ts';
import { validateForPublish } from '../../contracts/validate-graph.ts';
import { clockedNodes } from '../../runs/schedules/clock-of.ts';
import { removeSchedules, syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import { checkExpression } from '../check-expression.ts';
import { checkCredentialUse } from '../credentials/check-use.ts';
import { webhooksOf } from '../hooks/webhooks-of.ts';
import { ApiProblem, invalidGraph, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { withProblems } from './automations.ts';

const tag = 'automations';
const params = z.object({ id: z.string() });

export const publish = defineRoute({
  method: 'post',
  path: '/automations/:id/publish',
  summary: 'Publish the draft',
  description:
    'Makes a version of the draft; its webhooks answer and its schedules tick from now on. Runs under way keep their version. Publishing an unchanged draft makes no new version.',
  tag,
  auth: 'automation.publish',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 200: published },
  handler: async ({ principal, params: { id }, request, note }, { db, bus, temporal, config }) => {
    const { workspace } = principal;
    const [draft, former] = await db.inWorkspace(workspace, ({ automations }) =>
      Promise.all([automations.get(id), automations.published(id)]),
    );
    if (!draft) throw notFound('automation');
    const graph = draft.draft;
    const { webhooks, problems } = webhooksOf(graph);
    const found = [...validateForPublish(graph, { checkExpression }), ...problems];
    if (found.some(({ severity }) => severity === 'error')) throw invalidGraph(found);
    await checkCredentialUse({ db }, principal, { before: former?.graph, after: graph, approved: true });

    const result = await db.inWorkspace(workspace, ({ automations }) =>
      automations.publish(id, {
        graph,
        webhooks,
        by: principal.by === 'session' ? principal.user : undefined,
      }),
    );
    if (result.kind === 'not-found') throw notFound('automation');
    if (result.kind === 'path-taken')
      throw new ApiProblem('path-taken', { method: result.method, path: `/hooks/${result.path}` });
    if (result.kind === 'address-taken') throw new ApiProblem('address-taken', { address: result.address });

    const { version } = result;
    // Before the schedules, which may fail: webhooks answer by the new version from here on.
    bus.publish({ kind: 'automation.changed', workspace, automation: id });
    await syncSchedules(
      { db, temporal },
      { workspace, automation: id, former: former && clockedNodes(former.graph).map(({ id: node }) => node) },
    );
    note({
      resource: { type: 'automation', id, name: draft.name },
      after: { version: version.number, webhooks: webhooks.map(({ method, path }) => `${method} ${path}`) },
    });
    const base = publicUrl(config, request);
    const addresses = webhooks.map(({ node, method, path }) => ({
      node,
      method,
      url: `${base}/hooks/${path}`,
    }));
    return { status: 200, body: { version, webhooks: addresses } };
  },
});

export const unpublish = defineRoute({
  method: 'post',
  path: '/automations/:id/unpublish',
  summary: 'Stop answering webhooks and schedules',
  description: 'Runs under way go on. Nothing is deleted: publish again when you like.',
  tag,
  auth: 'automation.publish',
  resource: sharedBy('automation', 'id'),
  audit: 'automation.unpublish',
  params,
  responses: { 200: automation },
  handler: async ({ principal, params: { id } }, { db, bus, temporal }) => {
    const { workspace } = principal;
    // Schedules first: when Temporal can't be reached nothing has changed, rather than half of it.
    const former = await removeSchedules({ db, temporal }, { workspace, automation: id });
    const after = await db.inWorkspace(workspace, async ({ automations }) =>
      (await automations.unpublish(id)) ? automations.get(id) : undefined,
    );
    if (!after) throw notFound('automation');
    // Somebody may have published in between.
    await syncSchedules({ db, temporal }, { workspace, automation: id, former });
    bus.publish({ kind: 'automation.changed', workspace, automation: id });
    return { status: 200, body: withProblems(after) };
  },
});
