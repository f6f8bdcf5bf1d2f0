/** Files of the item as attachments: streamed, not held. */
import type { Readable } from 'node:stream';
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { Files } from '../../storage/index.ts';
import { binaryOf } from '../files/binary-of.ts';

/** Bytes of all together. Mail servers refuse more, most of them less. */
const mostBytes = 50_000_000;

export interface Attachment {
  filename: string;
  contentType: string;
  content: Readable;
}

/** @param names separated by commas, or `*`. @throws StepFailure `no-file`, `attachments-too-large`; StorageError */
export async function attachmentsOf(
  item: Item | undefined,
  names: string,
  files: Files,
  signal: AbortSignal,
): Promise<Attachment[]> {
  const wanted =
    names.trim() === '*' ? Object.keys(item?.binary ?? {}) : names.split(',').map((name) => name.trim());
  const references = wanted.filter((name) => name !== '').map((name) => binaryOf(item, name));
  const bytes = references.reduce((sum, reference) => sum + reference.bytes, 0);
  if (bytes > mostBytes) throw tooLarge(bytes);
  return Promise.all(
    references.map(async (reference) => ({
      filename: reference.fileName,
      contentType: reference.mimeType,
      content: await files.open(reference, { signal }),
    })),
  );
}

function tooLarge(bytes: number): StepFailure {
  return new StepFailure({
    code: 'attachments-too-large',
    message: `The attachments have ${Math.round(bytes / 1_000_000)} MB; a mail takes at most ${mostBytes / 1_000_000} MB.`,
    hint: 'Put the file into a bucket and mail a link to it.',
  });
}
