/** Files that were uploaded: seen, opened, deleted. */
import { z } from 'zod';
import { can } from '../../contracts/access/can.ts';
import { file as fileBody, fileLink, filePage, listFiles, storageUse } from '../../contracts/api/uploads.ts';
import { fileReply, unavailable } from '../files/file-reply.ts';
import { languageOf, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { dropUpload } from '../uploads/drop-upload.ts';
import { maySee, openFile, ownFile, uploaderOf } from '../uploads/file-access.ts';
import { showFile } from '../uploads/show-file.ts';

const tag = 'files';
const params = z.object({ id: z.string() });
const streamed = 'application/octet-stream';
/** Seconds for which a signed link opens a private file. */
const linkSeconds = 300;

export const list = defineRoute({
  method: 'get',
  path: '/files',
  summary: 'List uploaded files, newest first',
  description: 'Those of the workspace, or one’s own where the role shows no others.',
  tag,
  auth: 'file.view',
  query: listFiles,
  responses: { 200: filePage },
  handler: async ({ principal, query, request }, { db, config }) => {
    const { purpose = 'file', ...rest } = query;
    const all = (purpose === 'file' || purpose === 'export') && can(principal, 'file.view-all');
    const by = all ? undefined : uploaderOf(principal);
    const language = languageOf(request.headers['accept-language']);
    const page = await db.inWorkspace(principal.workspace, ({ files }) =>
      files.list({ ...rest, purpose, by }),
    );
    return {
      status: 200,
      body: { ...page, items: page.items.map((file) => showFile(file, config, language)) },
    };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/files/:id',
  summary: 'One uploaded file',
  tag,
  auth: 'file.view',
  params,
  responses: { 200: fileBody },
  handler: async ({ principal, params: { id }, request }, { db, config }) => {
    const file = await db.inWorkspace(principal.workspace, ({ files }) => files.get(id));
    if (!file || file.refusal?.code === 'upload-cancelled' || !(await maySee({ db }, principal, file)))
      throw notFound('file');
    return { status: 200, body: showFile(file, config, languageOf(request.headers['accept-language'])) };
  },
});

export const content = defineRoute({
  method: 'get',
  path: '/files/:id/content',
  summary: 'Open an uploaded file',
  description:
    'With `?inline=true` pictures and plain text are shown; everything else is saved. `?thumbnail=true`: a small picture of a picture.',
  tag,
  auth: 'file.view',
  params,
  query: z.object({ inline: z.stringbool().default(false), thumbnail: z.stringbool().default(false) }),
  responses: { 200: streamed, 206: streamed },
  headers: { Range: 'One range of bytes, as in `bytes=0-1023`.' },
  handler: async ({ principal, params: { id }, query, request }, deps) => {
    const { object, thumbnail, name, type } = await openFile(deps, principal, id);
    const { store } = deps.objects;
    if (!query.thumbnail)
      return fileReply(store, { key: object, fileName: name, mimeType: type, inline: query.inline }, request);
    if (thumbnail === undefined) throw notFound('file');
    return fileReply(
      store,
      { key: thumbnail, fileName: `${name}.webp`, mimeType: 'image/webp', inline: true },
      request,
    );
  },
});

export const link = defineRoute({
  method: 'get',
  path: '/files/:id/link',
  summary: 'An address that opens an uploaded file',
  description: 'For five minutes, and for whoever has it.',
  tag,
  auth: 'file.view',
  params,
  responses: { 200: fileLink },
  handler: async ({ principal, params: { id } }, deps) => {
    const { object, name, type } = await openFile(deps, principal, id);
    const expiresAt = new Date(Date.now() + linkSeconds * 1_000).toISOString();
    const url = await deps.objects.store
      .signedUrl(object, { expiresIn: linkSeconds, fileName: name, mimeType: type })
      .catch(unavailable);
    return { status: 200, body: { url, expiresAt } };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/files/:id',
  summary: 'Delete an uploaded file',
  description:
    'Wherever it was used, it is missing then. Whoever uploaded a file takes it back by `DELETE /files/uploads/<id>`.',
  tag,
  auth: 'file.delete',
  audit: 'file.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, deps) => {
    const file = await ownFile(deps, principal, id);
    await dropUpload(deps, file);
    note({ resource: { type: 'file', id, name: file.name } });
    return { status: 204 };
  },
});

export const use = defineRoute({
  method: 'get',
  path: '/storage',
  summary: 'What uploaded files take',
  description: 'With those on their way. The same bytes are counted once.',
  tag,
  auth: 'file.view',
  responses: { 200: storageUse },
  handler: async ({ principal }, { db, config: { HIVIEX_STORAGE_BYTES: limit } }) => {
    const used = await db.inWorkspace(principal.workspace, ({ files }) => files.use());
    return { status: 200, body: { ...used, ...(limit > 0 && { limit }) } };
  },
});
