/**
 * Objects in a bucket of S3 or of what speaks it (R2, versitygw). Streams go up in parts, two at a time, so memory stays flat
 * whatever their size; a stream that breaks leaves no object, and its parts are taken back.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { contentDisposition } from '../content-disposition.ts';
import { assertKey, assertPrefix } from '../object-keys.ts';
import type { ByteRange, ObjectInfo, ObjectStore } from '../object-store.ts';
import { notFound, StorageError, unavailable } from '../storage-error.ts';
import { createUploadLinks, type UploadLink } from '../upload-link.ts';
import { createS3Uploads } from './s3-uploads.ts';

export interface S3StoreOptions {
  endpoint: string;
  bucket: string;
  region: string;
  /** Both, or neither: then the SDK looks for some. */
  accessKeyId: string | undefined;
  secretAccessKey: string | undefined;
  /**
   * Where browsers reach the bucket: links and uploads are signed for that address. Left out, uploads go through our API, and links
   * name `endpoint`.
   */
  publicEndpoint?: string | undefined;
}

export interface S3Store extends ObjectStore {
  /** What a token of an upload through our API lets its holder write; undefined for none. */
  openUpload(token: string): UploadLink | undefined;
}

/** Bytes of a part of an upload; S3 takes 10,000 parts, so this is enough for 80 GB. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;

export function createS3Store({ bucket, ...options }: S3StoreOptions): S3Store {
  const client = clientOf(options);
  const signing = clientOf({ ...options, endpoint: options.publicEndpoint ?? options.endpoint });
  const { secretAccessKey } = options;
  // Without a secret of ours to sign with, the SDK has found a role: a bucket of AWS, which browsers reach.
  const links =
    options.publicEndpoint === undefined && secretAccessKey !== undefined
      ? createUploadLinks(() => createHash('sha256').update(`hiviex uploads:${secretAccessKey}`).digest())
      : undefined;
  const at = (key: string) => {
    assertKey(key);
    return { Bucket: bucket, Key: key };
  };

  return {
    uploads: createS3Uploads({
      ...{ client, bucket },
      signer: links ? { kind: 'api', links } : { kind: 'bucket', client: signing },
    }),
    openUpload: (token) => links?.open(token),

    async put(key, body, { mimeType, cacheControl, signal } = {}) {
      const params = {
        ...at(key),
        ...(mimeType && { ContentType: mimeType }),
        ...(cacheControl && { CacheControl: cacheControl }),
      };
      if (!(body instanceof Readable)) {
        await client
          .send(new PutObjectCommand({ ...params, Body: body }), { ...(signal && { abortSignal: signal }) })
          .catch(failed);
        return { bytes: body.length };
      }
      return { bytes: await upload(client, { ...params, Body: body }, signal) };
    },

    async get(key, { range, signal } = {}) {
      const command = new GetObjectCommand({ ...at(key), ...(range && { Range: rangeHeader(range) }) });
      const { Body } = await client.send(command, { ...(signal && { abortSignal: signal }) }).catch(failed);
      if (!(Body instanceof Readable)) throw unavailable(new Error('the answer has no body'));
      return Body;
    },

    async head(key) {
      try {
        const { ContentLength = 0, LastModified } = await client.send(new HeadObjectCommand(at(key)));
        return { key, bytes: ContentLength, putAt: momentOf(LastModified) };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw asStorageError(error);
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key))).catch((error: unknown) => {
        if (!isMissing(error)) failed(error);
      });
    },

    async *list(prefix): AsyncGenerator<ObjectInfo> {
      assertPrefix(prefix);
      let next: string | undefined;
      do {
        const page = await client
          .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next }))
          .catch(failed);
        for (const { Key, Size = 0, LastModified } of page.Contents ?? [])
          if (Key) yield { key: Key, bytes: Size, putAt: momentOf(LastModified) };
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (next !== undefined);
    },

    async copy(from, to) {
      assertKey(from);
      const source = `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
      await client.send(new CopyObjectCommand({ ...at(to), CopySource: source })).catch(failed);
    },

    signedUrl: (key, { expiresIn, fileName, mimeType }) =>
      getSignedUrl(
        signing,
        new GetObjectCommand({
          ...at(key),
          ResponseContentDisposition: contentDisposition('attachment', fileName),
          ResponseContentType: mimeType,
        }),
        { expiresIn },
      ),

    async close() {
      client.destroy();
      signing.destroy();
    },
  };
}

function clientOf({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
}: Omit<S3StoreOptions, 'bucket'>): S3Client {
  return new S3Client({
    endpoint,
    region,
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    forcePathStyle: true,
    // Not every service that speaks S3 knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** @returns the bytes that went up */
async function upload(
  client: S3Client,
  params: { Bucket: string; Key: string; Body: Readable },
  signal: AbortSignal | undefined,
): Promise<number> {
  let bytes = 0;
  let broken: unknown;
  const source = params.Body;
  source.once('error', (error) => {
    broken = error;
  });
  async function* counted() {
    for await (const chunk of source) {
      bytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  const work = new Upload({
    client,
    params: { ...params, Body: Readable.from(counted(), { objectMode: false }) },
    partSize: partBytes,
    queueSize: partsAtOnce,
  });
  const stop = () => void work.abort();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    await work.done();
    return bytes;
  } catch (error) {
    source.destroy();
    throw signal?.aborted ? signal.reason : (broken ?? asStorageError(error));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Of a service that does not say: now, so that nothing is taken for old. */
function momentOf(modified: Date | undefined): number {
  return modified?.getTime() ?? Date.now();
}

function rangeHeader({ start, end }: ByteRange): string {
  return `bytes=${start}-${end ?? ''}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
}

function asStorageError(error: unknown): unknown {
  if (error instanceof StorageError || (error as Error).name === 'AbortError') return error;
  return isMissing(error) ? notFound() : unavailable(error);
}

function failed(error: unknown): never {
  throw asStorageError(error);
}
