/**
 * How somebody who holds no key of ours writes one object: by a signed request that says how many bytes of which type, and that the
 * store refuses for anything else. Large ones come in parts, in any order and as often as it takes, and are put together at the end.
 * `object-uploads.test.ts` holds both drivers to the same behaviour.
 */
import type { Readable } from 'node:stream';

/** What to send, as it stands: another length, type or address is refused with 403. */
export interface SignedRequest {
  method: 'PUT';
  /** Of the store; or a path on our API, where the store is not for browsers to reach (`upload-link.ts`). */
  url: string;
  headers: Record<string, string>;
}

export interface UploadRules {
  /** Exactly so many. */
  bytes: number;
  mimeType: string;
  /** Seconds in which the request has to begin. */
  expiresIn: number;
}

export interface PartRules {
  /** From 1. All but the last have the same size: 5 MiB or more, 10,000 of them at most. */
  part: number;
  bytes: number;
  expiresIn: number;
}

export interface StoredPart {
  part: number;
  bytes: number;
}

/** An upload in parts: the object that comes of it, and the store's name for what is there until then. */
export interface PartedUpload {
  key: string;
  upload: string;
}

export interface ObjectUploads {
  /** @throws StorageError `bad-key`, as everything here */
  sign(key: string, rules: UploadRules): Promise<SignedRequest>;
  /** Begins an upload in parts. @returns the name of it. @throws StorageError `unavailable` */
  begin(key: string, options: { mimeType: string }): Promise<string>;
  signPart(upload: PartedUpload, rules: PartRules): Promise<SignedRequest>;
  /** One part, by ourselves. @throws StorageError `not-found` when the upload is over, `unavailable`; the stream's own error */
  putPart(upload: PartedUpload, part: number, body: Readable): Promise<void>;
  /** What has arrived, by number. @throws StorageError `not-found` when the upload is over, `unavailable` */
  parts(upload: PartedUpload): Promise<StoredPart[]>;
  /** Makes one object of all parts that arrived. @throws StorageError `not-found` when the upload is over, `unavailable` */
  finish(upload: PartedUpload): Promise<void>;
  /** Takes away the parts of whatever was begun at this key and not finished. */
  abort(key: string): Promise<void>;
  /** Takes away what was begun before then and never finished: by people, and by processes of ours that died. @returns how many */
  abortOld(before: Date): Promise<number>;
}
