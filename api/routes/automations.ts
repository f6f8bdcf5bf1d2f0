/** Automations: list, make, read, save, delete. Publishing is `publishing.ts`. */
import { z } from 'zod';
import {
  type Automation,
  automation,
  automationPage,
  createAutomation,
  graphProblem,
  listAutomations,
  updateAutomation,
} from '../../contracts/api/automations.ts';
import { graph } from '../../contracts/graph.ts';
import { validateGraph } from '../../contracts/validate-graph.ts';
import type { StoredAutomation } from '../../db/index.ts';
import { visibleTo } from '../access/visible-to.ts';
import { checkCalls } from '../automations/check-calls.ts';
import { refuseKept } from '../automations/refuse-kept.ts';
import { removeAutomation } from '../automations/remove-automation.ts';
import { checkExpression } from '../check-expression.ts';
import { checkCredentialUse } from '../credentials/check-use.ts';
import { etagOf, revisionOf } from '../etag.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'automations';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/automations',
  summary: 'List automations, last saved first',
  description: 'Who may not see every automation by their role is shown those that are shared with them.',
  tag,
  auth: 'automation.list',
  query: listAutomations,
  responses: { 200: automationPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ automations }) =>
      automations.list({ ...query, visible: visibleTo(principal, 'automation.view') }),
    ),
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/automations',
  summary: 'Create an automation',
  tag,
  auth: 'automation.create',
  idempotent: true,
  body: createAutomation,
  responses: { 201: automation },
  handler: async ({ principal, body }, { db, bus }) => {
    if (body.draft) {
      await checkCredentialUse({ db }, principal, { before: undefined, after: body.draft });
      await checkCalls({ db }, principal, { before: undefined, after: body.draft });
    }
    const created = await db.inWorkspace(principal.workspace, ({ automations }) =>
      automations.create({ ...body, draft: body.draft ?? graph.parse({}) }),
    );
    bus.publish({ kind: 'automation.changed', workspace: principal.workspace, automation: created.id });
    return { status: 201, body: withProblems(created), headers: etagOf(created) };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/automations/:id',
  summary: 'One automation with its draft',
  description: 'The ETag is the revision: send it back as If-Match when you save.',
  tag,
  auth: 'automation.view',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 200: automation },
  handler: async ({ principal, params: { id } }, { db }) => {
    const { workspace, user } = principal;
    const [found, level] = await db.inWorkspace(workspace, async ({ automations, grants }) => [
      await automations.get(id),
      user === undefined ? undefined : await grants.levelOf(user, { type: 'automation', id }),
    ]);
    if (!found) throw notFound('automation');
    return { status: 200, body: { ...withProblems(found), ...(level && { level }) }, headers: etagOf(found) };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/automations/:id',
  summary: 'Save name, description or draft',
  description: 'The draft is saved even when it has problems; `problems` names them.',
  tag,
  auth: 'automation.edit',
  resource: sharedBy('automation', 'id'),
  headers: {
    'If-Match': 'The ETag you read. When somebody saved since, the answer is 412 and nothing is saved.',
  },
  params,
  body: updateAutomation,
  responses: { 200: automation },
  handler: async ({ principal, params: { id }, body, request, note }, { db, bus }) => {
    const revision = revisionOf(request.get('if-match'));
    await refuseKept({ db }, principal.workspace, id);
    if (body.draft) {
      const before = await db.inWorkspace(principal.workspace, ({ automations }) => automations.get(id));
      await checkCredentialUse({ db }, principal, { before: before?.draft, after: body.draft });
      await checkCalls({ db }, principal, { before: before?.draft, after: body.draft });
    }
    const result = await db.inWorkspace(principal.workspace, ({ automations }) =>
      automations.update(id, { ...body, revision }),
    );
    if (result.kind === 'not-found') throw notFound('automation');
    if (result.kind === 'changed-meanwhile')
      throw new ApiProblem('changed-meanwhile', {}, { headers: etagOf(result) });
    bus.publish({ kind: 'automation.changed', workspace: principal.workspace, automation: id });
    const { name, revision: saved, draft } = result.automation;
    // Not the draft itself: it is large, and the versions keep what was published.
    const { draft: _, ...facts } = body;
    const after = { ...facts, ...(body.draft && { nodes: draft.nodes.length }), revision: saved };
    note({ resource: { type: 'automation', id, name }, after });
    return { status: 200, body: withProblems(result.automation), headers: etagOf(result.automation) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/automations/:id',
  summary: 'Delete an automation',
  description: 'Its webhooks and schedules stop at once; its runs stay readable, those under way go on.',
  tag,
  auth: 'automation.delete',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, deps) => {
    const { workspace } = principal;
    await refuseKept(deps, workspace, id);
    const former = await deps.db.inWorkspace(workspace, ({ automations }) => automations.get(id));
    if (!(await removeAutomation(deps, { workspace, automation: id }))) throw notFound('automation');
    note({ resource: { type: 'automation', id, name: former?.name } });
    return { status: 204 };
  },
});

export const validate = defineRoute({
  method: 'post',
  path: '/automations/validate',
  summary: 'Check a graph without saving it',
  tag,
  auth: 'catalogue.view',
  limit: 'read',
  audit: false,
  body: z.object({ draft: graph }),
  responses: { 200: z.object({ problems: z.array(graphProblem) }) },
  handler: ({ body }) => ({
    status: 200,
    body: { problems: validateGraph(body.draft, { checkExpression }) },
  }),
});

export function withProblems(stored: StoredAutomation): Automation {
  return { ...stored, problems: validateGraph(stored.draft, { checkExpression }) };
}
