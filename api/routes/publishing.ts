/** Publishing: the draft becomes an immutable version, and the world may start it. */
import { z } from 'zod';
import { automation, publishDraft, published } from '../../contracts/api/automations.ts';
import { removeSchedules, syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import { notFound } from '../problems.ts';
import { publishGraph } from '../publishing/publish-graph.ts';
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
