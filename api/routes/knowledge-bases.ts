/** Knowledge bases: list, make, read, change, delete. Their documents are `knowledge-documents.ts`. */
import { z } from 'zod';
import {
  createKnowledgeBase,
  knowledgeBasePage,
  knowledgeBaseShown,
  listKnowledgeBases,
  syncStarted,
  updateKnowledgeBase,
} from '../../contracts/api/knowledge.ts';
import type { KnowledgeBase } from '../../contracts/knowledge/knowledge-base.ts';
import { startReindex } from '../../runs/knowledge/start-reindex.ts';
import { visibleTo } from '../access/visible-to.ts';
import { syncDocuments } from '../knowledge/sync-documents.ts';
import { notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'knowledge';
const params = z.object({ id: z.string() });
const resource = sharedBy('knowledge', 'id');

export const list = defineRoute({
  method: 'get',
  path: '/knowledge-bases',
  summary: 'List knowledge bases, last changed first',
  description: 'Who may not see every one by their role is shown those that are shared with them.',
  tag,
  auth: 'knowledge.list',
  query: listKnowledgeBases,
  responses: { 200: knowledgeBasePage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ knowledge }) =>
      knowledge.bases.list({ ...query, visible: visibleTo(principal, 'knowledge.view') }),
    ),
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/knowledge-bases',
  summary: 'Create a knowledge base',
  tag,
  auth: 'knowledge.create',
  idempotent: true,
  body: createKnowledgeBase,
  responses: { 201: knowledgeBaseShown },
  handler: async ({ principal: { workspace, user }, body, note }, { db }) => {
    const created = await db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.bases.create({ ...body, by: user }),
    );
    note({
      resource: resourceOf(created),
      after: { embedding: created.embedding, language: created.language },
    });
    return { status: 201, body: created, headers: { location: `/api/v1/knowledge-bases/${created.id}` } };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/knowledge-bases/:id',
  summary: 'One knowledge base',
  tag,
  auth: 'knowledge.view',
  resource,
  params,
  responses: { 200: knowledgeBaseShown },
  handler: async ({ principal: { workspace, user }, params: { id } }, { db }) => {
    const [found, level] = await db.inWorkspace(workspace, async ({ knowledge, grants }) => [
      await knowledge.bases.get(id),
      user === undefined ? undefined : await grants.levelOf(user, { type: 'knowledge', id }),
    ]);
    if (!found) throw notFound('knowledge');
    return { status: 200, body: { ...found, ...(level && { level }) } };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/knowledge-bases/:id',
  summary: 'Change a knowledge base',
  description:
    'Other chunking or another language takes every document in anew; another embedding model makes every vector anew. What was searched before is found until that is whole.',
  tag,
  auth: 'knowledge.edit',
  resource,
  params,
  body: updateKnowledgeBase,
  responses: { 200: knowledgeBaseShown },
  handler: async ({ principal: { workspace }, params: { id }, body, note }, deps) => {
    const { before, after } = await deps.db.inWorkspace(workspace, async ({ knowledge: { bases } }) => ({
      before: await bases.settings(id),
      after: await bases.update(id, body),
    }));
    if (!before || !after) throw notFound('knowledge');
    if (before.embedding !== after.embedding) await startReindex(deps.temporal, { workspace, base: id });
    if (isCutOtherwise(before, after)) await syncDocuments(deps, { workspace, base: id });
    const { chunking, retrieval, ...facts } = body;
    note({
      resource: resourceOf(after),
      after: { ...facts, ...chunking, ...(retrieval && { topK: retrieval.topK }) },
    });
    return { status: 200, body: after };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/knowledge-bases/:id',
  summary: 'Delete a knowledge base',
  description: 'With its documents. Files that they were made of stay.',
  tag,
  auth: 'knowledge.delete',
  resource,
  params,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: { id }, note }, { db, bus }) => {
    const { former, removed } = await db.inWorkspace(workspace, async ({ knowledge: { bases } }) => ({
      former: await bases.settings(id),
      removed: await bases.remove(id),
    }));
    if (!removed) throw notFound('knowledge');
    note({ resource: { type: 'knowledge', id, name: former?.name } });
    bus.publish({ kind: 'access.changed', workspace });
    return { status: 204 };
  },
});

export const sync = defineRoute({
  method: 'post',
  path: '/knowledge-bases/:id/sync',
  summary: 'Look at the sources of all documents again',
  description: 'What has not changed is left as it is.',
  tag,
  auth: 'knowledge.edit',
  audit: 'knowledge.sync',
  resource,
  params,
  responses: { 202: syncStarted },
  handler: async ({ principal: { workspace }, params: { id }, note }, deps) => {
    const base = await deps.db.inWorkspace(workspace, ({ knowledge }) => knowledge.bases.settings(id));
    if (!base) throw notFound('knowledge');
    const documents = await syncDocuments(deps, { workspace, base: id });
    note({ resource: resourceOf(base), after: { documents } });
    return { status: 202, body: { documents } };
  },
});

function isCutOtherwise(before: KnowledgeBase, after: KnowledgeBase): boolean {
  const { size, overlap } = after.chunking;
  const isSame = before.chunking.size === size && before.chunking.overlap === overlap;
  return !isSame || before.language !== after.language;
}

function resourceOf({ id, name }: Pick<KnowledgeBase, 'id' | 'name'>) {
  return { type: 'knowledge', id, name };
}
