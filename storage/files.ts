/**
 * The files of one run, as its steps see them: what comes in is saved and travels as a `BinaryReference` in `Item.binary`.
 *
 *   const reference = await files.save(response.body, { fileName: 'report.pdf', mimeType: 'application/pdf' });
 *   const stream = await files.open(item.binary.data);
 *
 * Both stream: memory stays flat whatever the size.
 */
import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BinaryReference } from '../contracts/item.ts';
import { assertFileOf, fileKeyOf, type RunName } from './file-keys.ts';
import { limitBytes } from './limit-bytes.ts';
import type { ByteRange, ObjectStore } from './object-store.ts';

export interface SaveOptions {
  /** What a person saves it as; folders in it are left out. */
  fileName: string;
  mimeType: string;
  /** Bytes; never more than the instance allows, which is the default. */
  maxBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Files {
  /** The largest file, in bytes. */
  readonly maxBytes: number;
  /** @throws StorageError `not-found` (it went with the run it came from), `bad-key`, `unavailable` */
  open(
    reference: Pick<BinaryReference, 'key'>,
    options?: { range?: ByteRange | undefined; signal?: AbortSignal | undefined },
  ): Promise<Readable>;
  /** @throws StorageError `too-large`, `unavailable`; the stream's own error as it is. Nothing is kept then. */
  save(body: Uint8Array | Readable, options: SaveOptions): Promise<BinaryReference>;
}

export interface FilesOptions extends RunName {
  store: ObjectStore;
  maxBytes: number;
  /**
   * Names the file that is saved as the nth (from 0), so that a step that is tried again replaces what it saved before. `stepFileIds`
   * for steps.
   */
  idOf(position: number): string;
}

export function createFiles({ store, maxBytes: most, idOf, ...run }: FilesOptions): Files {
  let saved = 0;
  return {
    maxBytes: most,
    async open(reference, options) {
      assertFileOf(run.workspace, reference.key);
      return store.get(reference.key, options);
    },
    async save(body, { fileName, mimeType, maxBytes = most, signal }) {
      const file = { fileName: plainName(fileName), mimeType: plainType(mimeType) };
      const key = fileKeyOf(run, idOf(saved++), file);
      const { bytes } = await putLimited(store, key, body, {
        mimeType: file.mimeType,
        maxBytes: Math.min(maxBytes, most),
        signal,
      });
      return { key, ...file, bytes };
    },
  };
}

/** Ids that follow from the step's idempotency key, and that nobody guesses who does not know it. */
export function stepFileIds(idempotencyKey: string): (position: number) => string {
  return (position) =>
    createHash('sha256').update(`${idempotencyKey}:${position}`).digest('hex').slice(0, 32);
}

async function putLimited(
  store: ObjectStore,
  key: string,
  body: Uint8Array | Readable,
  { maxBytes, ...options }: { maxBytes: number; mimeType: string; signal: AbortSignal | undefined },
): Promise<{ bytes: number }> {
  const source = body instanceof Readable ? body : Readable.from([body], { objectMode: false });
  const limited = limitBytes(maxBytes);
  const target = new PassThrough();
  // The store reads `target`; what breaks before it arrives there as the stream's own error.
  const piped = pipeline(source, limited, target).then(
    () => undefined,
    (error: unknown) => void target.destroy(error as Error),
  );
  try {
    return await store.put(key, target, options);
  } finally {
    target.destroy();
    await piped;
  }
}

function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 255) || 'file';
}

/** A media type as it may stand in a header; anything else is bytes. */
function plainType(type: string): string {
  const trimmed = type.trim().toLowerCase();
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *; *[\w-]+=("[^"\r\n]*"|[\w.+-]+))*$/.test(trimmed)
    ? trimmed.slice(0, 200)
    : 'application/octet-stream';
}
