/** Word and Excel documents are ZIP files: what is in one is unpacked and thrown away before a parser, which holds all of it, may have it. */
import { Readable } from 'node:stream';
import { StepFailure } from '../../../contracts/effect.ts';
import { openEntry, type ZipFile, zipEntries } from '../../files/zip/read-zip.ts';
import { DocumentRefusal } from '../document-refusal.ts';
import { type DocumentKind, kindNames } from './document-kind.ts';

/** Bytes of all that is in it. */
const mostUnpacked = 200_000_000;

/** @throws DocumentRefusal `document-too-complex`, `document-unreadable` */
export async function checkArchive(file: Uint8Array, kind: DocumentKind, signal: AbortSignal): Promise<void> {
  const zip: ZipFile = {
    reference: { key: '', fileName: kind, mimeType: '', bytes: file.length },
    files: {
      maxBytes: mostUnpacked,
      open: async (_reference, { range } = {}) =>
        Readable.from([file.subarray(range?.start, range?.end === undefined ? undefined : range.end + 1)], {
          objectMode: false,
        }),
    },
    signal,
  };
  try {
    for (const entry of await zipEntries(zip)) {
      signal.throwIfAborted();
      // One that is larger than its directory claims fails here.
      for await (const _ of await openEntry(zip, entry));
    }
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    if (error.failure.code === 'archive-too-large') throw new DocumentRefusal('document-too-complex');
    throw new DocumentRefusal('document-unreadable', { kind: kindNames[kind] });
  }
}
