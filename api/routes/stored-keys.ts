/** What automations remember by a key, and the history of Remove seen before. */
import { z } from 'zod';
import {
  clearedHistory,
  clearKeyHistory,
  clearNodeHistory,
  keyName,
  keyValue,
  keyValuePage,
  listKeyValues,
  putKeyValue,
} from '../../contracts/api/tables.ts';
import { keyScope, nodeScope } from '../../db/index.ts';
import { notFound, refusable } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'stored keys';
const params = z.object({ key: keyName });

export const list = defineRoute({
  method: 'get',
  path: '/stored-keys',
  summary: 'Keys that automations keep, by name',
  tag,
  auth: 'table.view',
  query: listKeyValues,
  responses: { 200: keyValuePage },
  handler: async ({ principal, query: { prefix, cursor, limit } }, { db }) => {
    const after = cursor && Buffer.from(cursor, 'base64url').toString();
    const found = await db.inWorkspace(principal.workspace, ({ keyValues }) =>
      keyValues.list({ ...(prefix && { prefix }), after, limit: limit + 1 }),
    );
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      status: 200,
      body: { items, ...(last && { nextCursor: Buffer.from(last.key).toString('base64url') }) },
    };
  },
});

export const put = defineRoute({
  method: 'put',
  path: '/stored-keys/:key',
  summary: 'Set the value of a key',
  tag,
  auth: 'table.edit',
  audit: 'stored-key.set',
  params,
  body: putKeyValue,
  responses: { 200: keyValue },
  handler: async ({ principal, params: { key }, body: { value, ttl }, note }, { db }) => {
    const now = await refusable(
      db.inWorkspace(principal.workspace, async ({ keyValues }) => {
        await keyValues.set({ key, value, ttlSeconds: ttl });
        return await keyValues.get(key);
      }),
    );
    // It may have lived for a moment only.
    if (!now) throw notFound('storedKey');
    note({ resource: resourceOf(key) });
    return { status: 200, body: now };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/stored-keys/:key',
  summary: 'Delete a key',
  tag,
  auth: 'table.edit',
  audit: 'stored-key.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { key }, note }, { db }) => {
    if (!(await db.inWorkspace(principal.workspace, ({ keyValues }) => keyValues.remove(key))))
      throw notFound('storedKey');
    note({ resource: resourceOf(key) });
    return { status: 204 };
  },
});

export const clearOfNode = defineRoute({
  method: 'delete',
  path: '/automations/:id/seen-values',
  summary: 'Clear the history of a Remove seen before node',
  description: 'Its next run takes every item for new.',
  tag,
  auth: 'automation.edit',
  audit: 'history.clear',
  params: z.object({ id: z.string() }),
  resource: sharedBy('automation', 'id'),
  query: clearNodeHistory,
  responses: { 200: clearedHistory },
  handler: async ({ principal, params: { id }, query: { node }, note }, { db }) => {
    const forgotten = await db.inWorkspace(principal.workspace, async ({ automations, seenValues }) => {
      if (!(await automations.get(id))) throw notFound('automation');
      return await seenValues.forget(nodeScope(id, node));
    });
    note({ resource: { type: 'automation', id }, before: { node, forgotten } });
    return { status: 200, body: { forgotten } };
  },
});

export const clearOfKey = defineRoute({
  method: 'delete',
  path: '/seen-values',
  summary: 'Clear a history that nodes share by a key',
  tag,
  auth: 'table.edit',
  audit: 'history.clear',
  query: clearKeyHistory,
  responses: { 200: clearedHistory },
  handler: async ({ principal, query: { key }, note }, { db }) => {
    const forgotten = await db.inWorkspace(principal.workspace, ({ seenValues }) =>
      seenValues.forget(keyScope(key)),
    );
    note({ resource: { type: 'history', id: key, name: key }, before: { forgotten } });
    return { status: 200, body: { forgotten } };
  },
});

function resourceOf(key: string) {
  return { type: 'stored-key', id: key, name: key };
}
