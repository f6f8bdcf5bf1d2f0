/**
 * Pictures that hang on a conversation which is shared by a link. Strangers get them made anew, without what a camera wrote into them, by addresses
 * that are good for minutes; other files they do not get.
 */
import { buffer } from 'node:stream/consumers';
import type { Message } from '../../contracts/api/conversations.ts';
import { isPicture, sharedPictureKey } from '../../contracts/files.ts';
import type { StoredFile } from '../../db/index.ts';
import { signAttachmentLink } from '../../runs/links/attachment-link.ts';
import type { ApiDeps } from '../deps.ts';
import { unavailable } from '../files/file-reply.ts';
import { notFound } from '../problems.ts';
import { sharedPicture } from '../uploads/pictures.ts';

export interface SharedAttachment {
  name: string;
  url: string;
  width?: number;
  height?: number;
}

const address = '/api/v1/shared/attachments?link=';

/** Those of one message; what can't be shown is left out. */
export async function sharedAttachments(
  { db }: Pick<ApiDeps, 'db'>,
  { workspace, share }: { workspace: string; share: string },
  parts: Message['parts'],
): Promise<SharedAttachment[]> {
  const ids = parts.flatMap((part) => (part.type === 'file' && isPicture(part.mimeType) ? [part.file] : []));
  if (ids.length === 0) return [];
  const found = await db.inWorkspace(workspace, ({ files }) => Promise.all(ids.map((id) => files.get(id))));
  return Promise.all(
    found.filter(isShown).map(async ({ id, name, width, height }) => ({
      ...{ name, url: address + (await signAttachmentLink(db, { workspace, file: id, share })) },
      ...(width !== undefined && height !== undefined && { width, height }),
    })),
  );
}

/** @returns its key in the store; made when it is first asked for. @throws ApiProblem `not-found`, `storage-unavailable` */
export async function shownAttachment(
  { db, objects: { store } }: Pick<ApiDeps, 'db' | 'objects'>,
  { workspace, file: id }: { workspace: string; file: string },
): Promise<{ key: string; name: string }> {
  const file = await db.inWorkspace(workspace, ({ files }) => files.get(id));
  if (!isShown(file)) throw notFound('file');
  const key = sharedPictureKey(file.thumbnail);
  try {
    if (await store.head(key)) return { key, name: file.name };
    const picture = await sharedPicture(await buffer(await store.get(file.object)));
    if (!picture) throw notFound('file');
    await store.put(key, picture, { mimeType: 'image/webp' });
    return { key, name: file.name };
  } catch (error) {
    return unavailable(error);
  }
}

/** One with a thumbnail is a picture that can be read. */
function isShown(file: StoredFile | undefined): file is StoredFile & { object: string; thumbnail: string } {
  return file?.state === 'ready' && file.object !== undefined && file.thumbnail !== undefined;
}
