/** How the bytes of an upload get into the store: in one request, or in parts of which some may be there already. */
import type { Sending, SignedParts } from '../../contracts/api/uploads.ts';
import { partBytes } from '../../contracts/files.ts';
import type { StoredFile } from '../../db/index.ts';
import { arrivingKey, type ObjectStore, type PartedUpload, uploadedKey } from '../../storage/index.ts';
import { unavailable } from '../files/file-reply.ts';
import { ApiProblem } from '../problems.ts';

/** A request that was signed may begin within so many seconds. */
export const linkSeconds = 3_600;

/** @returns undefined once the upload is past that. @throws ApiProblem `storage-unavailable` */
export async function howToSend(store: ObjectStore, file: StoredFile): Promise<Sending | undefined> {
  if (file.state !== 'uploading') return undefined;
  const parted = partedUpload(file);
  if (parted) {
    const arrived = await store.uploads.parts(parted).catch(unavailable);
    return {
      kind: 'parts',
      partBytes,
      parts: partCount(file),
      arrived: arrived.filter((each) => each.bytes === bytesOfPart(file, each.part)).map(({ part }) => part),
    };
  }
  const request = await store.uploads.sign(arrivingKey(file), {
    ...{ bytes: file.bytes, mimeType: file.type },
    expiresIn: linkSeconds,
  });
  return { kind: 'whole', request, expiresAt: linkEnd() };
}

/** @throws ApiProblem `upload-over` when it takes no parts, or not these */
export async function signParts(
  store: ObjectStore,
  file: StoredFile,
  parts: readonly number[],
): Promise<SignedParts> {
  const parted = partedUpload(file);
  if (file.state !== 'uploading' || !parted || parts.some((part) => part > partCount(file)))
    throw new ApiProblem('upload-over');
  const items = await Promise.all(
    parts.map(async (part) => {
      const bytes = bytesOfPart(file, part);
      const request = await store.uploads.signPart(parted, { part, bytes, expiresIn: linkSeconds });
      return { part, bytes, request };
    }),
  );
  return { items, expiresAt: linkEnd() };
}

export function partedUpload(file: StoredFile): PartedUpload | undefined {
  return file.upload === undefined ? undefined : { key: uploadedKey(file), upload: file.upload };
}

export function partCount({ bytes }: StoredFile): number {
  return Math.ceil(bytes / partBytes);
}

export function bytesOfPart(file: StoredFile, part: number): number {
  return part < partCount(file) ? partBytes : file.bytes - (partCount(file) - 1) * partBytes;
}

function linkEnd(): string {
  return new Date(Date.now() + linkSeconds * 1_000).toISOString();
}
