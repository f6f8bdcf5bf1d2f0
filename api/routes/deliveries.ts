/** What came in at the webhooks of an automation, and starting a run with it again. */
import { ulid } from 'ulid';
import { z } from 'zod';
import { delivery, deliveryPage } from '../../contracts/api/deliveries.ts';
import { pageQuery } from '../../contracts/api/page.ts';
import { runStarted } from '../../contracts/api/runs.ts';
import { startPublished } from '../../runs/start-published.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'deliveries';
const params = z.object({ id: z.string() });
const ofDelivery = z.object({ id: z.string(), delivery: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/automations/:id/deliveries',
  summary: 'What came in at the webhooks of an automation, newest first',
  description: 'Of webhooks that keep a log of deliveries; for 7 days, refused ones too.',
  tag,
  auth: 'run.view',
  resource: sharedBy('automation', 'id'),
  params,
  query: pageQuery,
  responses: { 200: deliveryPage },
  handler: async ({ principal, params: { id }, query }, { db }) =>
    db.inWorkspace(principal.workspace, async ({ automations, webhookDeliveries }) => {
      if (!(await automations.get(id))) throw notFound('automation');
      return { status: 200, body: await webhookDeliveries.list(id, query) };
    }),
});

export const get = defineRoute({
  method: 'get',
  path: '/automations/:id/deliveries/:delivery',
  summary: 'One delivery',
  tag,
  auth: 'run.view',
  resource: sharedBy('automation', 'id'),
  params: ofDelivery,
  responses: { 200: delivery },
  handler: async ({ principal, params }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ webhookDeliveries }) =>
      webhookDeliveries.get(params.id, params.delivery),
    );
    if (!found) throw notFound('delivery');
    return { status: 200, body: found };
  },
});

export const replay = defineRoute({
  method: 'post',
  path: '/automations/:id/deliveries/:delivery/replay',
  summary: 'Start a run with a delivery again',
  description:
    'Of what is published now, with what came in then. Headers that were masked in the log stay masked; nobody is answered.',
  tag,
  auth: 'automation.run',
  resource: sharedBy('automation', 'id'),
  limit: 'run',
  audit: 'delivery.replay',
  idempotent: true,
  params: ofDelivery,
  responses: { 201: runStarted },
  handler: async (
    { principal: { workspace }, params: { id, delivery: which }, idempotencyKey, note },
    deps,
  ) => {
    const { found, stored, published } = await deps.db.inWorkspace(
      workspace,
      async ({ automations, webhookDeliveries }) => ({
        found: await webhookDeliveries.get(id, which),
        stored: await automations.get(id),
        published: await automations.published(id),
      }),
    );
    if (!found || !stored) throw notFound('delivery');
    if (!found.item) throw new ApiProblem('delivery-not-kept');
    if (!published) throw new ApiProblem('not-published');
    const started = await startPublished(
      deps,
      versionGraphsOf(deps.db),
      {
        ...{ workspace, automation: { id, name: stored.name }, node: found.node },
        version: { id: published.version.id, number: published.version.number },
      },
      {
        kind: 'webhook',
        items: [{ json: found.item }],
        run: idempotencyKey && runIdOf('replay', workspace, id, which, idempotencyKey),
      },
    );
    if (!started) throw notFound('node');
    await deps.db.inWorkspace(workspace, ({ webhookDeliveries }) =>
      webhookDeliveries.add({
        ...{ id: ulid(), automation: id, node: found.node, method: found.method, path: found.path },
        ...{ status: 201, run: started.run, repeated: started.replayed, item: found.item, replayOf: which },
      }),
    );
    note({
      resource: { type: 'automation', id, name: stored.name },
      after: { delivery: which, run: started.run },
    });
    return {
      status: 201,
      body: { id: started.run, workflowId: started.workflowId },
      headers: { location: `/api/v1/runs/${started.run}` },
    };
  },
});
