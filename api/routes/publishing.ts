/** Publishing: the draft becomes an immutable version, and the world may start it. */
import { z } from 'zod';
import { automation, publishDraft, published } from '../../contracts/api/automations.ts';
import { refuseKept } from '../automations/refuse-kept.ts';
import { notFound } from '../problems.ts';
import { publishGraph } from '../publishing/publish-graph.ts';
import { unpublishGraph } from '../publishing/unpublish-graph.ts';
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
  body: publishDraft.optional(),
  handler: async ({ principal, params: { id }, body, request, note }, deps) => {
    await refuseKept(deps, principal.workspace, id);
    const draft = await deps.db.inWorkspace(principal.workspace, ({ automations }) => automations.get(id));
    if (!draft) throw notFound('automation');
    const { published: made, details } = await publishGraph(deps, {
      principal,
      request,
      automation: { id, name: draft.name },
      graph: draft.draft,
      note: body?.note,
    });
    note(details);
    return { status: 200, body: made };
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
  handler: async ({ principal: { workspace }, params: { id } }, deps) => {
    await refuseKept(deps, workspace, id);
    await unpublishGraph(deps, { workspace, automation: id });
    const after = await deps.db.inWorkspace(workspace, ({ automations }) => automations.get(id));
    if (!after) throw notFound('automation');
    return { status: 200, body: withProblems(after) };
  },
});
