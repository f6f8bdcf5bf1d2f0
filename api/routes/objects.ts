/** What stands for the store where people can't reach it: signed uploads that we take. */
import { z } from 'zod';
import { StorageError } from '../../storage/index.ts';
import { unavailable } from '../files/file-reply.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'files';

export const put = defineRoute({
  method: 'put',
  path: '/objects',
  summary: 'Upload by a signed link',
  description:
    'The link is the permission, until it expires, for the size and type it was made for. Only where the store is not for browsers to reach: `POST /files/uploads` says where to send a file.',
  tag,
  auth: 'none',
  limit: 'none',
  audit: false,
  query: z.object({ upload: z.string().max(4_000).default('') }),
  responses: { 204: null },
  headers: { 'Content-Length': 'As it was signed.', 'Content-Type': 'As it was signed.' },
  handler: async ({ query, request }, { objects: { store } }) => {
    const link = store.openUpload(query.upload);
    if (!link) throw new ApiProblem('upload-link-over');
    const { 'content-length': length, 'content-type': type } = request.headers;
    const agreed = Number(length) === link.bytes && (link.mimeType === undefined || type === link.mimeType);
    // Node itself cuts off what is longer than its header says, and breaks what is shorter.
    if (!agreed) throw new ApiProblem('upload-not-as-agreed', { bytes: link.bytes });
    const { key, upload, part, mimeType } = link;
    try {
      if (upload === undefined || part === undefined) await store.put(key, request, { mimeType });
      else await store.uploads.putPart({ key, upload }, part, request);
    } catch (error) {
      if (error instanceof StorageError && error.code === 'not-found') throw new ApiProblem('upload-over');
      unavailable(error);
    }
    return { status: 204 };
  },
});
