/** Members of the workspace and their roles. How they come in is `invitations.ts`. */
import { z } from 'zod';
import { mayAssign } from '../../contracts/access/may-assign.ts';
import { member, memberList, updateMember } from '../../contracts/api/workspaces.ts';
import { removeMember } from '../members/remove-member.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'members';
const params = z.object({ user: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/members',
  summary: 'Members of the workspace',
  tag,
  auth: 'member.view',
  responses: { 200: memberList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.asSystem(({ members }) => members.list(principal.workspace)) },
  }),
});

export const update = defineRoute({
  method: 'patch',
  path: '/members/:user',
  summary: 'Give a member another role',
  description: 'Only an owner changes an owner, and never the last one: hand the workspace over instead.',
  tag,
  auth: 'member.manage',
  audit: 'member.update',
  params,
  body: updateMember,
  responses: { 200: member },
  handler: async ({ principal, params: { user }, body: { role }, note }, { db, bus }) => {
    const { workspace, role: by } = principal;
    if (!mayAssign(by, role)) throw new ApiProblem('forbidden');
    const result = await db.asSystem(({ members }) => members.setRole({ workspace, user, role, by }));
    if (result.kind === 'not-found') throw notFound('member');
    if (result.kind !== 'changed') throw new ApiProblem(result.kind);
    note({
      resource: { type: 'member', id: user, name: result.member.name },
      before: { role: result.before },
      after: { role },
    });
    bus.publish({ kind: 'access.changed', workspace, user });
    return { status: 200, body: result.member };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/members/:user',
  summary: 'Remove a member',
  description:
    'Their API keys, groups and shares of this workspace end at once; what they made stays. Anybody leaves by DELETE /account/workspaces/{id}.',
  tag,
  auth: 'member.manage',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { user }, request }, deps) => {
    const { workspace, role: by } = principal;
    await removeMember(deps, { principal, request }, { workspace, user, by });
    return { status: 204 };
  },
});
