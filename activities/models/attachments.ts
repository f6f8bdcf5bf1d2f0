/**
 * Files of messages, read when a model is asked: histories and requests hold their ids only. Whoever wrote the message was asked then
 * whether they may see them; here they are those of the workspace.
 *
 * A model is shown the newest ones, as many as providers take; what is older, gone or broken is told to it by name.
 */
import { buffer } from 'node:stream/consumers';
import {
  isShownToModels,
  isTextType,
  nameOfAttachment,
  pdfType,
} from '../../contracts/models/attachments.ts';
import { betweenTags } from '../../contracts/models/between-tags.ts';
import type { ChatMessage, ContentPart, FileContent } from '../../contracts/models/chat.ts';
import type { Database } from '../../db/index.ts';
import { StorageError } from '../../storage/index.ts';
import type { FileSettings } from '../files/files-of-step.ts';
import { pictureForModel } from './picture-for-model.ts';

/** Of one request. */
const most = { files: 20, bytes: 18_000_000 };
/** Bytes of what is kept for the next call: a run asks again and again about the same picture. */
const mostKept = 48_000_000;

type Shown = Exclude<ContentPart, { type: 'file' }>;

/** @throws StorageError `unavailable`, and what the database throws */
export type ShowAttachments = (workspace: string, messages: readonly ChatMessage[]) => Promise<ChatMessage[]>;

export function createShowAttachments({
  db,
  files: settings,
}: {
  db: Database;
  files: FileSettings | undefined;
}): ShowAttachments {
  const kept = new Map<string, Shown>();
  let keptBytes = 0;

  function keep(key: string, part: Shown): void {
    if (kept.has(key)) return;
    kept.set(key, part);
    keptBytes += lengthOf(part);
    for (const [oldest, other] of kept) {
      if (keptBytes <= mostKept) break;
      kept.delete(oldest);
      keptBytes -= lengthOf(other);
    }
  }

  /** @returns why it is not shown, in place of it */
  async function read(workspace: string, part: FileContent): Promise<Shown | string> {
    if (!settings || !isShownToModels(part)) return '';
    const file = await db.inWorkspace(workspace, ({ files }) => files.get(part.file));
    if (file?.state !== 'ready' || file.object === undefined) return 'It is not there any more.';
    // The same bytes under another name are the same object.
    const key = `${file.object} ${part.name}`;
    const known = kept.get(key);
    if (known) return known;
    const bytes = await settings.store.get(file.object).then(buffer, (error: unknown) => {
      if (error instanceof StorageError && error.code !== 'unavailable') return undefined;
      throw error;
    });
    if (!bytes) return 'It is not there any more.';
    const made = await shownOf(part, bytes);
    if (!made) return 'It is broken, or too large to be opened.';
    keep(key, made);
    return made;
  }

  return async (workspace, messages) => {
    let left = { ...most };
    async function shown(part: ContentPart): Promise<ContentPart> {
      if (part.type !== 'file') return part;
      const told = (why: string): ContentPart => ({
        type: 'text',
        text: `${nameOfAttachment(part)}${why && ` ${why}`}`,
      });
      if (left.files === 0) return told('Newer ones are shown in place of it.');
      const found = await read(workspace, part);
      if (typeof found === 'string') return told(found);
      if (lengthOf(found) > left.bytes) return told('It is too large to be shown beside the others.');
      left = { files: left.files - 1, bytes: left.bytes - lengthOf(found) };
      return found;
    }
    async function allOf(parts: readonly ContentPart[]): Promise<ContentPart[]> {
      const made: ContentPart[] = [];
      for (const part of parts) made.push(await shown(part));
      return made;
    }
    const made: ChatMessage[] = [];
    // The newest first: they are what is asked about.
    for (const message of messages.toReversed()) {
      if (message.role === 'user' && typeof message.content !== 'string')
        made.push({ ...message, content: await allOf(message.content) });
      else if (message.role === 'tool' && message.shows)
        made.push({ ...message, shows: await allOf(message.shows) });
      else made.push(message);
    }
    return made.toReversed();
  };
}

async function shownOf(part: FileContent, bytes: Buffer): Promise<Shown | undefined> {
  const { mimeType, name } = part;
  if (mimeType === pdfType) return { type: 'document', name, data: bytes.toString('base64') };
  if (isTextType(mimeType))
    return { type: 'text', text: `${nameOfAttachment(part)}\n${betweenTags('file', bytes.toString())}` };
  const picture = await pictureForModel(bytes);
  return (
    picture && { type: 'image', name, mimeType: picture.mimeType, data: picture.bytes.toString('base64') }
  );
}

function lengthOf(part: Shown): number {
  return part.type === 'text' ? part.text.length : part.data.length;
}
