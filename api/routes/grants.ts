/** Sharing one resource with a member, a group or everybody of the workspace: the same three routes for every kind of resource. */
import { z } from 'zod';
import type { Action } from '../../contracts/access/actions.ts';
import type { ResourceType } from '../../contracts/access/roles.ts';
import { grant, grantList, putGrant } from '../../contracts/api/workspaces.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Grantee, GrantsRepository, StoredGrant } from '../../db/index.ts';
import { notifyGrantees } from '../access/notify-grantees.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import { defineRoute, type Route, sharedBy } from '../route.ts';

export const automationGrants = grantRoutes('automation', '/automations', 'automation.share');
export const agentGrants = grantRoutes('agent', '/agents', 'agent.share');
export const knowledgeGrants = grantRoutes('knowledge', '/knowledge-bases', 'knowledge.share', 'knowledge');
export const credentialGrants = grantRoutes('credential', '/credentials', 'credential.share');

function grantRoutes(
  type: ResourceType,
  collection: string,
  auth: Extract<Action, `${ResourceType}.share`>,
  tag = collection.slice(1),
): Record<'list' | 'put' | 'remove', Route> {
  const resource = sharedBy(type, 'id');
  const params = z.object({ id: z.string() });
  const common = { tag, auth, resource } as const;

  /** @throws ApiProblem `not-found` */
  async function onResource<T>(
    { db }: Pick<ApiDeps, 'db'>,
    { workspace, id }: { workspace: string; id: string },
    work: (grants: GrantsRepository, name: string) => Promise<T>,
  ): Promise<T> {
    return db.inWorkspace(workspace, async ({ grants }) => {
      const name = await grants.nameOf({ type, id });
      if (name === undefined) throw notFound(type);
      return work(grants, name);
    });
  }

  const list = defineRoute({
    ...common,
    method: 'get',
    path: `${collection}/:id/grants`,
    summary: `Whom the ${nameOf(type)} is shared with`,
    params,
    responses: { 200: grantList },
    handler: async ({ principal: { workspace }, params: { id } }, deps) => ({
      status: 200,
      body: { items: await onResource(deps, { workspace, id }, (grants) => grants.list({ type, id })) },
    }),
  });

  const put = defineRoute({
    ...common,
    method: 'put',
    path: `${collection}/:id/grants`,
    summary: `Share the ${nameOf(type)}`,
    description: 'A member, a group or everyone has one level on it: the last one given.',
    params,
    body: putGrant,
    responses: { 200: grant },
    handler: async ({ principal, params: { id }, body, note }, deps) => {
      const { workspace, user } = principal;
      let called = '';
      const stored = await onResource(deps, { workspace, id }, async (grants, name) => {
        called = name;
        note({ resource: { type, id, name }, after: { level: body.level, grantee: rowOf(body.grantee) } });
        return grants.put({ resource: { type, id }, createdBy: user, ...body });
      });
      if (!stored) throw notFound(body.grantee.type === 'group' ? 'group' : 'member');
      tell(deps, workspace, stored);
      await notifyGrantees(deps, principal, stored, called);
      return { status: 200, body: stored };
    },
  });

  const remove = defineRoute({
    ...common,
    method: 'delete',
    path: `${collection}/:id/grants/:grant`,
    summary: `Stop sharing the ${nameOf(type)}`,
    params: params.extend({ grant: z.string() }),
    responses: { 204: null },
    handler: async ({ principal: { workspace }, params: { id, grant: grantId }, note }, deps) => {
      const removed = await onResource(deps, { workspace, id }, async (grants, name) => {
        const found = await grants.remove({ type, id }, grantId);
        if (!found) throw notFound('grant');
        note({
          resource: { type, id, name },
          before: { level: found.level, grantee: rowOf(found.grantee) },
        });
        return found;
      });
      tell(deps, workspace, removed);
      return { status: 204 };
    },
  });

  return { list, put, remove };
}

/** Whoever's rights may have changed. */
function tell({ bus }: Pick<ApiDeps, 'bus'>, workspace: string, { grantee }: StoredGrant): void {
  const user = grantee.type === 'user' ? grantee.id : undefined;
  bus.publish({ kind: 'access.changed', workspace, user });
}

function rowOf(grantee: Grantee): JsonObject {
  return grantee.type === 'everyone' ? { type: grantee.type } : { type: grantee.type, id: grantee.id };
}

function nameOf(type: ResourceType): string {
  return type === 'knowledge' ? 'knowledge base' : type;
}
