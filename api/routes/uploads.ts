/** Uploads: begun here, sent to the store, completed here. What became of them: uploaded-files.ts. */
import { z } from 'zod';
import {
  createUpload,
  file as fileBody,
  signedParts,
  signParts as signPartsBody,
  upload,
} from '../../contracts/api/uploads.ts';
import type { FileRefusalCode } from '../../contracts/problems/files.ts';
import { ApiProblem, languageOf } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { beginUpload, uploadSeconds } from '../uploads/begin-upload.ts';
import { completeUpload } from '../uploads/complete-upload.ts';
import { dropUpload } from '../uploads/drop-upload.ts';
import { uploadOf } from '../uploads/file-access.ts';
import { howToSend, signParts } from '../uploads/how-to-send.ts';
import { showFile } from '../uploads/show-file.ts';

const tag = 'files';
const params = z.object({ id: z.string() });

export const create = defineRoute({
  method: 'post',
  path: '/files/uploads',
  summary: 'Begin an upload',
  description:
    'Answers how to send the bytes: one signed request, or, above 16 MiB, parts that are signed as they are needed. The store takes just the size and type that were announced. Complete the upload when all is sent; one that is not completed within 24 hours is taken away.',
  tag,
  auth: 'file.upload',
  audit: false,
  idempotent: true,
  body: createUpload,
  responses: { 201: upload },
  handler: async ({ principal, body, request }, deps) => {
    const file = await beginUpload(deps, principal, body);
    const sending = await howToSend(deps.objects.store, file);
    return {
      status: 201,
      body: { file: showFile(file, deps.config, languageOf(request.headers['accept-language'])), sending },
      headers: { location: `/api/v1/files/uploads/${file.id}` },
    };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/files/uploads/:id',
  summary: 'How far an upload is, and how to go on',
  tag,
  auth: 'file.upload',
  params,
  responses: { 200: upload },
  handler: async ({ principal, params: { id }, request }, deps) => {
    const file = await uploadOf(deps, principal, id);
    const sending = await howToSend(deps.objects.store, file);
    const shown = showFile(file, deps.config, languageOf(request.headers['accept-language']));
    return { status: 200, body: { file: shown, ...(sending && { sending }) } };
  },
});

export const sign = defineRoute({
  method: 'post',
  path: '/files/uploads/:id/parts',
  summary: 'Sign parts of an upload',
  description: 'Requests for up to 100 parts, each to be begun within an hour. A part may be sent again.',
  tag,
  auth: 'file.upload',
  audit: false,
  params,
  body: signPartsBody,
  responses: { 200: signedParts },
  handler: async ({ principal, params: { id }, body: { parts } }, deps) => {
    const file = await uploadOf(deps, principal, id);
    const body = await signParts(deps.objects.store, file, parts);
    await deps.db.inWorkspace(principal.workspace, ({ files }) => files.swept(id, uploadSeconds));
    return { status: 200, body };
  },
});

export const complete = defineRoute({
  method: 'post',
  path: '/files/uploads/:id/complete',
  summary: 'Complete an upload',
  description:
    'Everything was sent: it is checked, and ready (200) or refused (422, with nothing kept). 202: the check of a large file goes on; ask again. Asking again never does harm.',
  tag,
  auth: 'file.upload',
  audit: 'file.upload',
  params,
  responses: { 200: fileBody, 202: fileBody },
  handler: async ({ principal, params: { id }, request, note }, deps) => {
    const file = await completeUpload(deps, await uploadOf(deps, principal, id));
    const { refusal, name, bytes, purpose } = file;
    note({ resource: { type: 'file', id, name }, after: { bytes, purpose } });
    if (refusal) throw new ApiProblem(refusal.code as FileRefusalCode, refusal.values);
    const body = showFile(file, deps.config, languageOf(request.headers['accept-language']));
    return { status: file.state === 'ready' ? 200 : 202, body };
  },
});

export const cancel = defineRoute({
  method: 'delete',
  path: '/files/uploads/:id',
  summary: 'Give up an upload',
  description: 'Of one that was completed nothing changes: delete the file.',
  tag,
  auth: 'file.upload',
  audit: false,
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id } }, deps) => {
    await dropUpload(deps, await uploadOf(deps, principal, id));
    return { status: 204 };
  },
});
