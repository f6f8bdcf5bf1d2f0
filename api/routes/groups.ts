/** Groups of members, which things are shared with together. */
import { z } from 'zod';
import { type Group, group, groupList, saveGroup } from '../../contracts/api/workspaces.ts';
import { text } from '../../contracts/text.ts';
import type { SaveGroupResult } from '../../db/index.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'groups';
const params = z.object({ id: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/groups',
  summary: 'Groups of members',
  tag,
  auth: 'group.view',
  responses: { 200: groupList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ groups }) => groups.list()) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/groups',
  summary: 'Make a group',
  tag,
  auth: 'group.manage',
  audit: 'group.create',
  idempotent: true,
  body: saveGroup,
  responses: { 201: group },
  handler: async ({ principal, body, note }, { db }) => {
    const made = saved(
      await db.inWorkspace(principal.workspace, ({ groups }) => groups.create(body)),
      body.members,
    );
    note({ resource: resourceOf(made.group), after: rowOf(made.group) });
    return { status: 201, body: made.group };
  },
});

export const update = defineRoute({
  method: 'put',
  path: '/groups/:id',
  summary: 'Set name and members of a group',
  tag,
  auth: 'group.manage',
  audit: 'group.update',
  params,
  body: saveGroup,
  responses: { 200: group },
  handler: async ({ principal: { workspace }, params: { id }, body, note }, { db, bus }) => {
    const { group: after, before } = saved(
      await db.inWorkspace(workspace, ({ groups }) => groups.save(id, body)),
      body.members,
    );
    note({ resource: resourceOf(after), before: before && rowOf(before), after: rowOf(after) });
    const users = [...after.members, ...(before?.members ?? [])].map(({ user }) => user);
    for (const user of new Set(users)) bus.publish({ kind: 'access.changed', workspace, user });
    return { status: 200, body: after };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/groups/:id',
  summary: 'Delete a group',
  description: 'What was shared with it is shared with its members no more.',
  tag,
  auth: 'group.manage',
  audit: 'group.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: { id }, note }, { db, bus }) => {
    const removed = await db.inWorkspace(workspace, ({ groups }) => groups.remove(id));
    if (!removed) throw notFound('group');
    note({ resource: resourceOf(removed), before: rowOf(removed) });
    for (const { user } of removed.members) bus.publish({ kind: 'access.changed', workspace, user });
    return { status: 204 };
  },
});

function saved(
  result: SaveGroupResult,
  asked: readonly string[],
): Extract<SaveGroupResult, { kind: 'saved' }> {
  if (result.kind === 'not-found') throw notFound('group');
  if (result.kind === 'name-taken') throw new ApiProblem('group-name-taken');
  if (result.kind === 'saved') return result;
  const message = text('There is no such member.', 'Não existe este membro.');
  const errors = result.users.map((user) => ({
    ...{ field: `members.${asked.indexOf(user)}`, code: 'not-member', message },
  }));
  throw new ApiProblem('invalid-request', {}, { errors });
}

function resourceOf({ id, name }: Group) {
  return { type: 'group', id, name };
}

function rowOf({ name, members }: Group) {
  return { name, members: members.map(({ user }) => user) };
}
