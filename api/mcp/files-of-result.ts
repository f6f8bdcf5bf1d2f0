/**
 * Files that a run gives back, for a client that has no way to fetch them: pictures and sounds as what they are, others as resources
 * with all that is in them. What does not fit is told by its name.
 */
import { buffer } from 'node:stream/consumers';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { isPicture } from '../../contracts/files.ts';
import type { BinaryReference, Item } from '../../contracts/item.ts';
import { isTextType, nameOfAttachment } from '../../contracts/models/attachments.ts';
import { assertFileOf, type ObjectStore, StorageError } from '../../storage/index.ts';

type Content = CallToolResult['content'][number];

/** Bytes of all files of a result: they are held in memory, and grow by a third on their way. */
const mostBytes = 5_000_000;
const mostFiles = 20;

export async function filesOfResult(
  items: readonly Item[],
  { workspace, run }: { workspace: string; run: string },
  store: ObjectStore,
): Promise<Content[]> {
  const files = items.flatMap(({ binary = {} }) => Object.values(binary));
  const content: Content[] = [];
  let left = mostBytes;
  for (const [position, file] of files.entries()) {
    const fits = position < mostFiles && file.bytes <= left;
    const data = fits ? await read(file, workspace, store) : undefined;
    if (data) left -= data.length;
    content.push(data ? contentOf(file, data, run) : { type: 'text', text: leftOut(file) });
  }
  return content;
}

/** Undefined: it is gone, or never was one of the workspace's: items are written by people and programs. */
async function read(
  { key, bytes }: BinaryReference,
  workspace: string,
  store: ObjectStore,
): Promise<Buffer | undefined> {
  try {
    assertFileOf(workspace, key);
    if (bytes === 0) return Buffer.alloc(0);
    // As many as the item says, and counted: it may say less than there is.
    return await buffer(await store.get(key, { range: { start: 0, end: bytes - 1 } }));
  } catch (error) {
    if (error instanceof StorageError && error.code !== 'unavailable') return undefined;
    throw error;
  }
}

function contentOf({ fileName, mimeType }: BinaryReference, data: Buffer, run: string): Content {
  if (isPicture(mimeType)) return { type: 'image', mimeType, data: data.toString('base64') };
  if (mimeType.startsWith('audio/')) return { type: 'audio', mimeType, data: data.toString('base64') };
  const uri = `hiviex://runs/${run}/files/${encodeURIComponent(fileName)}`;
  const resource = isTextType(mimeType)
    ? { uri, mimeType, text: data.toString('utf8') }
    : { uri, mimeType, blob: data.toString('base64') };
  return { type: 'resource', resource };
}

function leftOut({ fileName, mimeType, bytes }: BinaryReference): string {
  return `${nameOfAttachment({ name: fileName, mimeType, bytes })} It is not given here; it is kept with the run in Hiviex.`;
}
