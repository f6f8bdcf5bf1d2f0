/** Approvals: what runs ask people to decide. Shown from the records; a decision goes to the run, which counts it. */
import { z } from 'zod';
import {
  approval,
  approvalCount,
  approvalPage,
  decide as decideBody,
  listApprovals,
} from '../../contracts/api/approvals.ts';
import { mayDo } from '../access/authorize.ts';
import { visibleTo } from '../access/visible-to.ts';
import { decideApproval, hasDecided, isAsked } from '../approvals/decide-approval.ts';
import { type Decider, deciderOf } from '../approvals/decider.ts';
import { showApproval, showSummary } from '../approvals/show-approval.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';

const tag = 'approvals';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/approvals',
  summary: 'List approvals, last opened first',
  description:
    'Those that the asker may decide or has decided; with `of=all` those of every run that the asker may see.',
  tag,
  auth: 'approval.list',
  query: listApprovals,
  responses: { 200: approvalPage },
  handler: async ({ principal, query: { cursor, limit, state, of, run } }, deps) => {
    await writeWhatIsKnown(deps.writer);
    const viewer = await deciderOf(principal, deps);
    const whose = of === 'mine' ? { keys: viewer.keys } : { visible: visibleTo(principal, 'run.view') };
    const page = await deps.db.inWorkspace(principal.workspace, ({ approvals }) =>
      approvals.list({ state, run, ...whose }, { cursor, limit }),
    );
    return { status: 200, body: { ...page, items: page.items.map((one) => showSummary(one, viewer)) } };
  },
});

export const count = defineRoute({
  method: 'get',
  path: '/approvals/count',
  summary: 'How many open approvals wait for the asker',
  tag,
  auth: 'approval.list',
  responses: { 200: approvalCount },
  handler: async ({ principal }, deps) => {
    const { keys, approver } = await deciderOf(principal, deps);
    const open = approver
      ? await deps.db.inWorkspace(principal.workspace, ({ approvals }) => approvals.countOpen(keys))
      : 0;
    return { status: 200, body: { open } };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/approvals/:id',
  summary: 'One approval with its form, what it is about, and who decided what',
  tag,
  auth: 'approval.view',
  params,
  responses: { 200: approval },
  handler: async ({ principal, params: { id } }, deps) => {
    const { found, viewer } = await find(principal, id, deps);
    return { status: 200, body: showApproval(found, viewer) };
  },
});

export const decide = defineRoute({
  method: 'post',
  path: '/approvals/:id/decision',
  summary: 'Approve or reject',
  description:
    'For people: by a session, or by a personal API key. 202: the run has it and counts it; the approval shows it a moment later.',
  tag,
  auth: 'approval.decide',
  limit: 'run',
  params,
  body: decideBody,
  responses: { 202: approval },
  handler: async ({ principal, params: { id }, body, note }, deps) => {
    const { found, viewer } = await find(principal, id, deps);
    await decideApproval(deps, principal.workspace, found, viewer, body);
    note({ after: { approval: id, run: found.run, decision: body.decision } });
    return { status: 202, body: { ...showApproval(found, viewer), mine: body.decision, decidable: false } };
  },
});

/** @throws ApiProblem `not-found` for one that neither asks the asker nor belongs to a run they may see */
async function find(principal: WorkspacePrincipal, id: string, deps: ApiDeps) {
  await writeWhatIsKnown(deps.writer);
  const { workspace } = principal;
  const [found, viewer] = await Promise.all([
    deps.db.inWorkspace(workspace, ({ approvals }) => approvals.get(id)),
    deciderOf(principal, deps),
  ]);
  if (!found) throw notFound('approval');
  const concerns = (decider: Decider) => isAsked(found, decider) || hasDecided(found, decider);
  const automation = () => ({ type: 'automation' as const, id: found.automation.id });
  if (!concerns(viewer) && !(await mayDo(principal, 'run.view', automation, deps)))
    throw notFound('approval');
  return { found, viewer };
}
