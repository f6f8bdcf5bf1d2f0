/**
 * What has arrived is looked at before anybody can open it: its size, its first bytes, the operator's scanner. Each step may be done
 * again from its beginning, since the process may die in the middle of it.
 */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { isPicture } from '../../contracts/files.ts';
import type { FileRefusalCode } from '../../contracts/problems/files.ts';
import type { CheckedFile, StoredFile } from '../../db/index.ts';
import { mediaKey, type ObjectStore, thumbnailKey, uploadedKey } from '../../storage/index.ts';
import type { ApiDeps } from '../deps.ts';
import { readPicture, strippedPicture } from './pictures.ts';
import { readFacts } from './read-facts.ts';
import { scanFile } from './scan-file.ts';
import { agreedType } from './type-agrees.ts';

export type Checked =
  | { kind: 'ready'; found: CheckedFile }
  | { kind: 'refused'; code: FileRefusalCode; values: Record<string, string | number> };

/** Larger pictures have no thumbnail: they would have to be in memory. */
const largestPicture = 50_000_000;
/** The address of a public picture never holds anything else. */
const forEver = 'public, max-age=31536000, immutable';

/** @param file whose bytes are at `uploadedKey` @throws StorageError; ApiProblem `scanner-unavailable` */
export async function checkFile(deps: ApiDeps, file: StoredFile): Promise<Checked> {
  const { store } = deps.objects;
  const key = uploadedKey(file);
  const facts = await readFacts(await store.get(key));
  if (facts.bytes !== file.bytes)
    return refused('file-size-differs', { declared: file.bytes, found: facts.bytes });
  const type = agreedType(file.type, facts.type);
  if (type === undefined) {
    const found = facts.type ?? 'text/plain';
    return refused('file-type-differs', { declared: file.type, found });
  }
  const scanner = deps.config.HIVIEX_SCANNER_URL;
  if (scanner !== undefined) {
    const { clean, reason } = await scanFile(scanner, deps, file, await store.get(key));
    if (!clean) return refused('file-refused', { reason });
  }
  const found = { type, sha256: facts.sha256, object: key };
  if (file.visibility === 'public') return publish(store, file, found);
  if (!isPicture(type) || file.bytes > largestPicture) return { kind: 'ready', found };
  const picture = await readPicture(await buffer(await store.get(key)));
  if (!picture) return { kind: 'ready', found };
  const thumbnail = thumbnailKey(file);
  await store.put(thumbnail, picture.thumbnail, { mimeType: 'image/webp' });
  return { kind: 'ready', found: { ...found, thumbnail, width: picture.width, height: picture.height } };
}

/** A public picture is made anew, without what is not pixels, and named by its hash. */
async function publish(store: ObjectStore, file: StoredFile, found: CheckedFile): Promise<Checked> {
  const original = await buffer(await store.get(found.object));
  const [picture, stripped] = [await readPicture(original), await strippedPicture(original)];
  if (!picture || !stripped) return refused('picture-unreadable', {});
  const hash = createHash('sha256').update(stripped.bytes).digest('hex');
  const object = mediaKey(file.workspace, `${hash}.${stripped.format}`);
  const thumbnail = mediaKey(file.workspace, `${hash}-small.webp`);
  await store.put(object, stripped.bytes, { mimeType: found.type, cacheControl: forEver });
  await store.put(thumbnail, picture.thumbnail, { mimeType: 'image/webp', cacheControl: forEver });
  await store.delete(found.object);
  const { width, height } = picture;
  return { kind: 'ready', found: { ...found, object, thumbnail, width, height } };
}

function refused(code: FileRefusalCode, values: Record<string, string | number>): Checked {
  return { kind: 'refused', code, values };
}
