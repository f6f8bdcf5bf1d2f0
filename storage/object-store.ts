/**
 * Where bytes live that are too large for a history or a row: files of runs and large values. One interface, two drivers: a folder
 * (`folder/`) and S3 (`s3/`). `object-store.test.ts` holds both to the same behaviour.
 *
 * Keys are paths, `w/<workspace>/…` (`object-keys.ts`). Sizes are bytes. Everything that goes wrong is a `StorageError`.
 */
import type { Readable } from 'node:stream';
import type { ObjectUploads } from './object-uploads.ts';

export interface ObjectInfo {
  key: string;
  bytes: number;
  /** When it was put last, epoch milliseconds; S3 tells whole seconds. */
  putAt: number;
}

/** First and last byte, both included, as in HTTP. Without `end`: to the end. */
export interface ByteRange {
  start: number;
  end?: number | undefined;
}

export interface PutOptions {
  mimeType?: string | undefined;
  /** For a bucket that a CDN or a browser reads by itself. */
  cacheControl?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface GetOptions {
  range?: ByteRange | undefined;
  signal?: AbortSignal | undefined;
}

export interface LinkOptions {
  /** Seconds for which the link opens. */
  expiresIn: number;
  /** What a browser saves it as, and what it takes it for. */
  fileName: string;
  mimeType: string;
}

export interface ObjectStore {
  /**
   * Writes all of it or nothing: a stream that breaks leaves what was there before. What is there already is replaced.
   * @throws StorageError `bad-key`, `unavailable`; the stream's own error as it is
   */
  put(key: string, body: Uint8Array | Readable, options?: PutOptions): Promise<{ bytes: number }>;
  /** @throws StorageError `not-found`, `bad-key`, `unavailable`, before there is a stream */
  get(key: string, options?: GetOptions): Promise<Readable>;
  /** Undefined when there is none. */
  head(key: string): Promise<ObjectInfo | undefined>;
  /** Does nothing when there is none. */
  delete(key: string): Promise<void>;
  /** Every object whose key begins with `prefix` (which ends with `/`), in no order to rely on. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** @throws StorageError `not-found` too */
  copy(from: string, to: string): Promise<void>;
  /** An address that gives the object to whoever has it (GET only), until it expires. */
  signedUrl(key: string, options: LinkOptions): Promise<string>;
  /** Objects that others write by themselves. */
  readonly uploads: ObjectUploads;
  close(): Promise<void>;
}
