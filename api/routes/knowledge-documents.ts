/** Documents of a knowledge base: given, read, taken in again, deleted. */
import { ulid } from 'ulid';
import { z } from 'zod';
import {
  chunkList,
  createKnowledgeDocument,
  knowledgeDocument,
  knowledgeDocumentPage,
  listChunks,
  listKnowledgeDocuments,
  updateKnowledgeDocument,
} from '../../contracts/api/knowledge.ts';
import type { NewDocument, StoredDocument } from '../../db/index.ts';
import { startIngestion } from '../../runs/knowledge/start-ingestion.ts';
import { documentKey } from '../../storage/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { showDocument } from '../knowledge/show-document.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { openFile } from '../uploads/file-access.ts';

const tag = 'knowledge';
const path = '/knowledge-bases/:id/documents';
const params = z.object({ id: z.string() });
const ofDocument = params.extend({ document: z.string() });
const resource = sharedBy('knowledge', 'id');

export const list = defineRoute({
  method: 'get',
  path,
  summary: 'List documents, newest first',
  tag,
  auth: 'knowledge.view',
  resource,
  params,
  query: listKnowledgeDocuments,
  responses: { 200: knowledgeDocumentPage },
  handler: async ({ principal: { workspace }, params: { id }, query, request }, { db }) => {
    const language = languageOf(request.headers['accept-language']);
    const page = await db.inWorkspace(workspace, async ({ knowledge: { bases, documents } }) => {
      if (!(await bases.settings(id))) throw notFound('knowledge');
      return documents.list({ ...query, base: id });
    });
    return { status: 200, body: { ...page, items: page.items.map((one) => showDocument(one, language)) } };
  },
});

export const create = defineRoute({
  method: 'post',
  path,
  summary: 'Give a knowledge base a document',
  description:
    'A file that was uploaded, an address, or text. It is taken in behind the answer: its state, progress and problem say how far that is.',
  tag,
  auth: 'knowledge.edit',
  audit: 'knowledge.document.create',
  idempotent: true,
  resource,
  params,
  body: createKnowledgeDocument,
  responses: { 201: knowledgeDocument },
  handler: async ({ principal, params: { id: base }, body, request, note }, deps) => {
    const { workspace, user } = principal;
    const facts = await factsOf(deps, principal, body);
    const { metadata } = body;
    const document = await deps.db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.documents.create({ ...facts, base, metadata, by: user }),
    );
    if (!document) throw notFound('knowledge');
    if (body.kind === 'text') await writeText(deps, workspace, document.id, body.text);
    await startIngestion(deps, workspace, document);
    note({ resource: resourceOf(document), after: { base, kind: body.kind } });
    return { status: 201, body: showDocument(document, languageOf(request.headers['accept-language'])) };
  },
});

export const get = defineRoute({
  method: 'get',
  path: `${path}/:document`,
  summary: 'One document',
  tag,
  auth: 'knowledge.view',
  resource,
  params: ofDocument,
  responses: { 200: knowledgeDocument },
  handler: async ({ principal: { workspace }, params: of, request }, deps) => ({
    status: 200,
    body: showDocument(await found(deps, workspace, of), languageOf(request.headers['accept-language'])),
  }),
});

export const update = defineRoute({
  method: 'patch',
  path: `${path}/:document`,
  summary: 'Change name, metadata or text of a document',
  tag,
  auth: 'knowledge.edit',
  audit: 'knowledge.document.update',
  resource,
  params: ofDocument,
  body: updateKnowledgeDocument,
  responses: { 200: knowledgeDocument },
  handler: async ({ principal: { workspace }, params: of, body, request, note }, deps) => {
    const before = await found(deps, workspace, of);
    const { text, ...facts } = body;
    if (text !== undefined && before.source.kind !== 'text') throw new ApiProblem('document-not-of-text');
    const after = await deps.db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.documents.update(before.id, facts),
    );
    if (!after) throw notFound('document');
    if (text !== undefined) {
      await writeText(deps, workspace, after.id, text);
      await startIngestion(deps, workspace, after);
    }
    note({
      resource: resourceOf(after),
      after: { ...facts, ...(text !== undefined && { text: text.length }) },
    });
    return { status: 200, body: showDocument(after, languageOf(request.headers['accept-language'])) };
  },
});

export const sync = defineRoute({
  method: 'post',
  path: `${path}/:document/sync`,
  summary: 'Look at the source of a document again',
  description: 'When nothing has changed, nothing is written. A crawl goes through its pages again.',
  tag,
  auth: 'knowledge.edit',
  audit: 'knowledge.document.sync',
  resource,
  params: ofDocument,
  responses: { 202: knowledgeDocument },
  handler: async ({ principal: { workspace }, params: of, request, note }, deps) => {
    const document = await found(deps, workspace, of);
    await startIngestion(deps, workspace, document);
    note({ resource: resourceOf(document) });
    const shown = await found(deps, workspace, of);
    return { status: 202, body: showDocument(shown, languageOf(request.headers['accept-language'])) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: `${path}/:document`,
  summary: 'Delete a document',
  description: 'With its passages. The file that it was made of stays, and pages that its crawl found do.',
  tag,
  auth: 'knowledge.edit',
  audit: 'knowledge.document.delete',
  resource,
  params: ofDocument,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: of, note }, deps) => {
    const { id } = await found(deps, workspace, of);
    const removed = await deps.db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.remove(id));
    if (!removed) throw notFound('document');
    await deps.objects.store.delete(documentKey({ workspace, id }));
    note({ resource: resourceOf(removed), before: { base: removed.base } });
    return { status: 204 };
  },
});

export const chunks = defineRoute({
  method: 'get',
  path: `${path}/:document/chunks`,
  summary: 'The passages of a document, in order',
  tag,
  auth: 'knowledge.view',
  resource,
  params: ofDocument,
  query: listChunks,
  responses: { 200: chunkList },
  handler: async ({ principal: { workspace }, params: of, query }, deps) => {
    const { id: document } = await found(deps, workspace, of);
    const items = await deps.db.inWorkspace(workspace, ({ knowledge }) =>
      knowledge.chunks.list({ document }, query),
    );
    return { status: 200, body: { items } };
  },
});

/** @throws ApiProblem `not-found`, also for one of another base */
async function found(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  { id, document }: { id: string; document: string },
): Promise<StoredDocument> {
  const one = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.get(document));
  if (one?.base !== id) throw notFound('document');
  return one;
}

/** @throws ApiProblem `not-found` for a file that is not there, not ready or not the caller's to see */
async function factsOf(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  body: z.output<typeof createKnowledgeDocument>,
): Promise<Pick<NewDocument, 'id' | 'name' | 'source' | 'object'>> {
  if (body.kind === 'file') {
    const file = await openFile(deps, principal, body.file);
    return { name: body.name ?? file.name, source: { kind: 'file', file: file.id } };
  }
  if (body.kind === 'url')
    return { name: body.url, source: { kind: 'url', url: body.url, depth: body.depth } };
  const id = ulid();
  const object = documentKey({ workspace: principal.workspace, id });
  return { id, name: body.name, source: { kind: 'text' }, object };
}

async function writeText({ objects }: Pick<ApiDeps, 'objects'>, workspace: string, id: string, text: string) {
  const key = documentKey({ workspace, id });
  await objects.store.put(key, Buffer.from(text), { mimeType: 'text/markdown; charset=utf-8' });
}

function resourceOf({ id, name }: Pick<StoredDocument, 'id' | 'name'>) {
  return { type: 'knowledge-document', id, name };
}
