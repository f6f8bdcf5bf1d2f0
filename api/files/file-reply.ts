/**
 * A stored object as an answer: whole, or the one range that was asked for (RFC 9110 §14), so that a download goes on where it broke
 * off and a video can be sought in. It came from who knows where: it is saved rather than shown unless its type is harmless, and
 * even then as a page of its own that may do nothing.
 */
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import { isShown } from '../../contracts/api/files.ts';
import { contentDisposition, type ObjectStore, StorageError } from '../../storage/index.ts';
import { ApiProblem, notFound } from '../problems.ts';

interface Served {
  key: string;
  fileName: string;
  mimeType: string;
  /** Show it, where its type allows. */
  inline: boolean;
}

export interface FileReply {
  status: 200 | 206;
  body: Readable;
  headers: Record<string, string>;
}

/** @throws ApiProblem `not-found`, `bad-range`, `storage-unavailable` */
export async function fileReply(store: ObjectStore, file: Served, request: Request): Promise<FileReply> {
  const found = await store.head(file.key).catch(unavailable);
  if (!found) throw notFound('file');
  const range = rangeOf(request.headers.range, found.bytes);
  if (range === 'none')
    throw new ApiProblem('bad-range', {}, { headers: { 'content-range': `bytes */${found.bytes}` } });
  const body = await store.get(file.key, { range }).catch(unavailable);
  const inline = file.inline && isShown(file.mimeType);
  const length = range ? range.end - range.start + 1 : found.bytes;
  return {
    status: range ? 206 : 200,
    body,
    headers: {
      'content-type': isText(file.mimeType) && inline ? 'text/plain; charset=utf-8' : file.mimeType,
      'content-length': String(length),
      'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', file.fileName),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=300',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${found.bytes}` }),
    },
  };
}

/** Undefined: the whole of it, also for what is not understood and for several ranges. `none`: nothing of the file is in it. */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { start: number; end: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start > end ? 'none' : { start, end };
}

function isText(mimeType: string): boolean {
  return mimeType.startsWith('text/');
}

/** @throws ApiProblem, or the error itself when it is a fault of ours */
export function unavailable(error: unknown): never {
  if (!(error instanceof StorageError)) throw error;
  throw error.code === 'unavailable' ? new ApiProblem('storage-unavailable') : notFound('file');
}
