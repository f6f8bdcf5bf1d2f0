/** An upload is asked for: what is refused is refused before a byte comes. */
import type { z } from 'zod';
import type { createUpload } from '../../contracts/api/uploads.ts';
import { partsAbove, pictureTypes, purposeRules } from '../../contracts/files.ts';
import type { StoredFile } from '../../db/index.ts';
import { uploadedKey } from '../../storage/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { unavailable } from '../files/file-reply.ts';
import { ApiProblem } from '../problems.ts';
import { uploaderOf } from './file-access.ts';
import { sizeText } from './size-text.ts';

/** An upload that nobody completed is swept after so long, in seconds; asking for more parts begins the time anew. */
export const uploadSeconds = 24 * 3_600;

/** @throws ApiProblem `upload-too-large`, `upload-type-refused`, `storage-full`, `storage-unavailable` */
export async function beginUpload(
  { db, config, objects: { store } }: ApiDeps,
  principal: WorkspacePrincipal,
  { name, type, bytes, purpose, visibility: wanted }: z.output<typeof createUpload>,
): Promise<StoredFile> {
  const rule = purposeRules[purpose];
  const visibility = wanted ?? rule.visibility;
  const types = visibility === 'public' ? pictureTypes : rule.types;
  if (types && !types.includes(type as never))
    throw new ApiProblem('upload-type-refused', { type, types: types.join(', ') });
  // A public picture is made anew, in memory.
  const most = Math.min(
    rule.maxBytes,
    config.HIVIEX_MAX_UPLOAD_BYTES,
    visibility === 'public' ? purposeRules.avatar.maxBytes : rule.maxBytes,
  );
  if (bytes > most) throw new ApiProblem('upload-too-large', { limit: sizeText(most) });
  const limit = config.HIVIEX_STORAGE_BYTES;
  const file = await db.inWorkspace(principal.workspace, ({ files }) =>
    files.create({
      ...{ name, type, bytes, purpose, visibility, limit },
      createdBy: uploaderOf(principal),
      sweepIn: uploadSeconds,
    }),
  );
  if (!file) throw new ApiProblem('storage-full', { limit: sizeText(limit) });
  if (bytes <= partsAbove) return file;
  const upload = await store.uploads.begin(uploadedKey(file), { mimeType: type }).catch(unavailable);
  await db.inWorkspace(principal.workspace, ({ files }) => files.setUpload(file.id, upload));
  return { ...file, upload };
}
