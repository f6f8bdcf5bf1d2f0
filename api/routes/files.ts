/** Files of runs: what its steps took in or made. And links to objects, where the store is a folder of ours. */
import { z } from 'zod';
import { runFileList } from '../../contracts/api/files.ts';
import { fileOfObject, filesPrefix, type ObjectStore } from '../../storage/index.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import type { ApiDeps } from '../deps.ts';
import { fileReply, unavailable } from '../files/file-reply.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'runs';
const streamed = 'application/octet-stream';
const ranges = { Range: 'One range of bytes, as in `bytes=0-1023`.' };

export const list = defineRoute({
  method: 'get',
  path: '/runs/:id/files',
  summary: 'The files of a run',
  description: 'What its steps and its trigger took in or made. Files go when the data of the run goes.',
  tag,
  auth: 'run.view',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params: z.object({ id: z.string() }),
  responses: { 200: runFileList },
  handler: async ({ principal: { workspace }, params: { id: run } }, { db, objects }) => {
    await mustExist(db, workspace, run);
    const prefix = filesPrefix({ workspace, run });
    return { status: 200, body: { items: await filesAt(objects.store, prefix) } };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/runs/:id/files/:file',
  summary: 'Download a file of a run',
  description: 'With `?inline=true` pictures and plain text are shown; everything else is saved.',
  tag,
  auth: 'run.view',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params: z.object({ id: z.string(), file: z.string().regex(/^[\w-]{1,64}$/) }),
  query: z.object({ inline: z.stringbool().default(false) }),
  responses: { 200: streamed, 206: streamed },
  headers: ranges,
  handler: async ({ principal: { workspace }, params, query, request }, { db, objects: { store } }) => {
    await mustExist(db, workspace, params.id);
    const prefix = `${filesPrefix({ workspace, run: params.id })}${params.file}/`;
    const [file] = await filesAt(store, prefix);
    if (!file) throw notFound('file');
    return fileReply(store, { ...file, inline: query.inline }, request);
  },
});

export const open = defineRoute({
  method: 'get',
  path: '/objects',
  summary: 'Download by a signed link',
  description:
    'The link is the permission, until it expires. Only where objects are kept in a folder: S3 serves its own.',
  tag,
  auth: 'none',
  query: z.object({ link: z.string().max(4_000).default('') }),
  responses: { 200: streamed, 206: streamed },
  headers: ranges,
  handler: async ({ query, request }, { objects }) => {
    const link = objects.kind === 'folder' ? objects.store.openLink(query.link) : undefined;
    if (!link) throw new ApiProblem('file-link-over');
    return fileReply(objects.store, { ...link, inline: false }, request);
  },
});

async function mustExist(db: ApiDeps['db'], workspace: string, run: string): Promise<void> {
  const found = await db.inWorkspace(workspace, ({ runs }) => runs.get(run));
  if (!found) throw notFound('run');
}

async function filesAt(store: ObjectStore, prefix: string) {
  const files = [];
  try {
    for await (const object of store.list(prefix)) files.push(fileOfObject(object) ?? []);
  } catch (error) {
    unavailable(error);
  }
  return files.flat();
}
