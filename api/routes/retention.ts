/** How long records are kept, and what is kept whatever the days say. */
import { z } from 'zod';
import {
  automationRetention,
  updateAutomationRetention,
  updateRetention,
  workspaceRetention,
} from '../../contracts/api/retention.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'retention';
const params = z.object({ id: z.string() });

export const getWorkspace = defineRoute({
  method: 'get',
  path: '/workspace/retention',
  summary: 'How long runs of the workspace are kept',
  tag,
  auth: 'workspace.view',
  responses: { 200: workspaceRetention },
  handler: async ({ principal }, deps) => ({
    status: 200,
    body: await keptOf(deps, principal.workspace),
  }),
});

export const updateWorkspace = defineRoute({
  method: 'patch',
  path: '/workspace/retention',
  summary: 'Change how long runs of the workspace are kept',
  description: 'Applied within the hour. What was deleted does not come back.',
  tag,
  auth: 'workspace.edit',
  audit: 'workspace.retention',
  body: updateRetention,
  responses: { 200: workspaceRetention },
  handler: async ({ principal, body, note }, deps) => {
    const before = await keptOf(deps, principal.workspace);
    await deps.db.asSystem(({ workspaces }) => workspaces.keep(principal.workspace, body));
    const after = await keptOf(deps, principal.workspace);
    note({ before: daysOf(before), after: daysOf(after) });
    return { status: 200, body: after };
  },
});

export const getAutomation = defineRoute({
  method: 'get',
  path: '/automations/:id/retention',
  summary: 'How long runs of an automation are kept',
  tag,
  auth: 'automation.view',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 200: automationRetention },
  handler: async ({ principal, params: { id } }, { db }) => {
    const kept = await db.inWorkspace(principal.workspace, ({ automations }) => automations.kept(id));
    if (!kept) throw notFound('automation');
    return { status: 200, body: kept };
  },
});

export const updateAutomation = defineRoute({
  method: 'patch',
  path: '/automations/:id/retention',
  summary: 'Change how long runs of an automation are kept, or hold them all',
  tag,
  auth: 'automation.delete',
  audit: 'automation.retention',
  resource: sharedBy('automation', 'id'),
  params,
  body: updateAutomationRetention,
  responses: { 200: automationRetention },
  handler: async ({ principal, params: { id }, body, note }, { db }) => {
    const changed = await db.inWorkspace(principal.workspace, async ({ automations }) => {
      const before = await automations.kept(id);
      if (!before) return undefined;
      await automations.keep(id, body);
      return { before, after: { ...before, ...defined(body) } };
    });
    if (!changed) throw notFound('automation');
    note({ before: { ...changed.before }, after: { ...changed.after } });
    return { status: 200, body: changed.after };
  },
});

export const holdRun = defineRoute({
  method: 'put',
  path: '/runs/:id/hold',
  summary: 'Keep a run whatever the retention says, or no longer',
  tag,
  auth: 'run.cancel',
  audit: 'run.hold',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params,
  body: z.object({ hold: z.boolean() }),
  responses: { 200: z.object({ id: z.string(), hold: z.boolean() }) },
  handler: async ({ principal, params: { id }, body, note }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ runs }) => runs.hold(id, body.hold));
    if (!found) throw notFound('run');
    note({ after: { hold: body.hold } });
    return { status: 200, body: { id, hold: body.hold } };
  },
});

async function keptOf({ db, config }: Pick<ApiDeps, 'db' | 'config'>, workspace: string) {
  const kept = await db.asSystem(({ workspaces }) => workspaces.kept(workspace));
  if (!kept) throw notFound('workspace');
  return { ...kept, defaults: { bodyDays: config.HIVIEX_BODY_DAYS, runDays: config.HIVIEX_RUN_DAYS } };
}

function daysOf({ bodyDays, runDays }: { bodyDays: number | null; runDays: number | null }) {
  return { bodyDays, runDays };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
