/** Workspaces: made, entered, renamed, handed over, left, deleted and restored. */
import { z } from 'zod';
import { account } from '../../contracts/api/account.ts';
import {
  createWorkspace,
  deletedWorkspaces,
  deleteWorkspace as deleteWorkspaceBody,
  enterWorkspace,
  member,
  transferWorkspace,
  updateWorkspace,
  workspace,
} from '../../contracts/api/workspaces.ts';
import { audit } from '../audit/audit.ts';
import { removeMember } from '../members/remove-member.ts';
import { notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { deleteWorkspace, restoreWorkspace } from '../workspaces/delete-workspace.ts';
import { personOf } from './account.ts';

const tag = 'workspaces';
const params = z.object({ id: z.string() });

export const create = defineRoute({
  method: 'post',
  path: '/workspaces',
  summary: 'Make a workspace',
  description: 'Whoever makes it owns it, and is in it from here on.',
  tag,
  // Not idempotent: keys are kept in the active workspace, which is another one once this is done, and may be none before.
  auth: 'user',
  body: createWorkspace,
  responses: { 201: workspace },
  handler: async ({ principal, body, request }, deps) => {
    const { db } = deps;
    const made = await db.asSystem(async ({ workspaces, sessions }) => {
      const created = await workspaces.create({ name: body.name, owner: principal.user });
      await sessions.enter(principal.session, created.id);
      return created;
    });
    await audit(
      deps,
      { principal, request },
      {
        action: 'workspace.create',
        workspace: made.id,
        resource: { type: 'workspace', id: made.id, name: made.name },
      },
    );
    return { status: 201, body: made };
  },
});

export const enter = defineRoute({
  method: 'post',
  path: '/account/workspace',
  summary: 'Change the active workspace of this session',
  tag,
  auth: 'user',
  audit: false,
  body: enterWorkspace,
  responses: { 200: account },
  handler: async ({ principal, body }, deps) => {
    const { db } = deps;
    const mine = await db.asSystem(({ accounts }) => accounts.workspacesOf(principal.user));
    const entered = mine.find(({ id }) => id === body.workspace);
    if (!entered) throw notFound('workspace');
    await db.asSystem(({ sessions }) => sessions.enter(principal.session, entered.id));
    return { status: 200, body: await personOf(deps, { ...principal, workspace: entered.id }) };
  },
});

export const leave = defineRoute({
  method: 'delete',
  path: '/account/workspaces/:id',
  summary: 'Leave a workspace',
  description: 'Your API keys, groups and shares there end. Its last owner hands it over first.',
  tag,
  auth: 'user',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, request }, deps) => {
    const mine = await deps.db.asSystem(({ accounts }) => accounts.workspacesOf(principal.user));
    const left = mine.find((entry) => entry.id === id);
    if (!left) throw notFound('workspace');
    await removeMember(deps, { principal, request }, { workspace: id, user: principal.user, by: left.role });
    return { status: 204 };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/workspace',
  summary: 'The workspace',
  tag,
  auth: 'workspace.view',
  responses: { 200: workspace },
  handler: async ({ principal }, { db }) => {
    const found = await db.asSystem(({ workspaces }) => workspaces.find(principal.workspace));
    if (!found) throw notFound('workspace');
    return { status: 200, body: found };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/workspace',
  summary: 'Rename the workspace',
  tag,
  auth: 'workspace.edit',
  body: updateWorkspace,
  responses: { 200: workspace },
  handler: async ({ principal, body, note }, { db }) => {
    const { former, renamed } = await db.asSystem(async ({ workspaces }) => ({
      former: await workspaces.rename(principal.workspace, body.name),
      renamed: await workspaces.find(principal.workspace),
    }));
    if (former === undefined || !renamed) throw notFound('workspace');
    note({ before: { name: former }, after: { name: renamed.name } });
    return { status: 200, body: renamed };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/workspace',
  summary: 'Delete the workspace',
  description:
    'Its name has to be given again. At once nobody can enter it, its API keys, webhooks and schedules stop; runs under way go on. Its owner can restore it for 30 days, then it is purged.',
  tag,
  auth: 'workspace.delete',
  body: deleteWorkspaceBody,
  responses: { 200: workspace },
  handler: async ({ principal, body, note }, deps) => {
    const deleted = await deleteWorkspace(deps, principal.workspace, body.name);
    note({ resource: { type: 'workspace', id: deleted.id, name: deleted.name } });
    return { status: 200, body: deleted };
  },
});

export const listDeleted = defineRoute({
  method: 'get',
  path: '/workspaces/deleted',
  summary: 'Deleted workspaces that you can restore',
  tag,
  auth: 'user',
  responses: { 200: deletedWorkspaces },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.asSystem(({ workspaces }) => workspaces.deletedOf(principal.user)) },
  }),
});

export const restore = defineRoute({
  method: 'post',
  path: '/workspaces/:id/restore',
  summary: 'Restore a deleted workspace',
  description: 'For its owner, within 30 days: everything is as it was, webhooks and schedules included.',
  tag,
  auth: 'user',
  params,
  responses: { 200: workspace },
  handler: async ({ principal, params: { id }, request }, deps) => {
    const restored = await restoreWorkspace(deps, { id, owner: principal.user });
    await audit(
      deps,
      { principal, request },
      {
        action: 'workspace.restore',
        workspace: id,
        resource: { type: 'workspace', id, name: restored.name },
      },
    );
    return { status: 200, body: restored };
  },
});

export const transfer = defineRoute({
  method: 'post',
  path: '/workspace/transfer',
  summary: 'Make another member the owner',
  description: 'The owner until now becomes an admin.',
  tag,
  auth: 'workspace.transfer',
  body: transferWorkspace,
  responses: { 200: member },
  handler: async ({ principal: { workspace: id }, body, note }, { db, bus }) => {
    const result = await db.asSystem(({ members }) => members.transfer(id, body.user));
    if (result.kind === 'not-found') throw notFound('member');
    note({
      resource: { type: 'member', id: body.user, name: result.member.name },
      before: { owners: result.former },
      after: { owners: [body.user] },
    });
    for (const user of [...result.former, body.user])
      bus.publish({ kind: 'access.changed', workspace: id, user });
    return { status: 200, body: result.member };
  },
});
