/** The S3 file node. Files go through as streams, in either direction. */
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type S3FileParameters, s3File } from '../../contracts/catalogue/s3-file.ts';
import type { S3Values } from '../../contracts/credentials/s3.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { Effect, EffectRun, EffectSettings } from '../effect.ts';
import { binaryOf } from '../files/binary-of.ts';
import { guardedS3 } from './guarded-s3.ts';
import { s3Failure } from './s3-failure.ts';

export function createS3FileEffect({
  guard,
  credentialValues,
}: Pick<EffectSettings, 'guard' | 'credentialValues'>): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const parameters = s3File.parameters.parse(input.parameters);
      const open = {
        context: input.context,
        id: parameters.credential,
        nodeType: s3File.type,
        secrets: run.secrets,
      };
      const values = (await credentialValues(open)) as unknown as S3Values;
      const bucket = parameters.bucket || values.bucket;
      const { hostname } = new URL(values.endpoint);
      const client = await guardedS3(values, guard).catch((error: unknown) => {
        throw s3Failure(error, { host: hostname, bucket, key: parameters.key });
      });
      try {
        return { items: await operate(client, bucket, parameters, input, run) };
      } catch (error) {
        throw s3Failure(error, { host: hostname, bucket, key: parameters.key });
      } finally {
        client.destroy();
      }
    },
  };
}

async function operate(
  client: S3Client,
  bucket: string,
  parameters: S3FileParameters,
  { items }: EffectInput,
  run: EffectRun,
): Promise<Item[]> {
  const { key } = parameters;
  if (parameters.operation !== 'list' && key === '') throw noPath();
  const at = { Bucket: bucket, Key: key };
  const abort = { abortSignal: run.signal };
  switch (parameters.operation) {
    case 'upload':
      return [await upload(client, at, binaryOf(items[0], parameters.file), items[0]?.binary, run)];
    case 'download':
      return [await download(client, at, parameters.file, run)];
    case 'list':
      return await list(client, bucket, parameters, run);
    case 'copy': {
      const CopySource = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
      await client.send(new CopyObjectCommand({ Bucket: bucket, Key: parameters.copyTo, CopySource }), abort);
      return [{ json: { bucket, key: parameters.copyTo, copiedFrom: key } }];
    }
    case 'delete':
      await client.send(new DeleteObjectCommand(at), abort);
      return [{ json: { bucket, key, deleted: true } }];
    case 'link': {
      const expiresIn = Math.round(Number(parameters.linkMinutes) * 60);
      const url = await getSignedUrl(client, new GetObjectCommand(at), { expiresIn });
      return [
        { json: { bucket, key, url, expiresAt: new Date(Date.now() + expiresIn * 1_000).toISOString() } },
      ];
    }
  }
}

async function upload(
  client: S3Client,
  at: { Bucket: string; Key: string },
  file: NonNullable<Item['binary']>[string],
  binary: Item['binary'],
  { signal, files }: EffectRun,
): Promise<Item> {
  const Body = await files.open(file, { signal });
  const params = { ...at, Body, ContentType: file.mimeType };
  const work = new Upload({ client, params, partSize: 8 * 1_024 * 1_024, queueSize: 2 });
  const stop = () => void work.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { ETag = '' } = await work.done();
    return {
      json: { bucket: at.Bucket, key: at.Key, bytes: file.bytes, etag: ETag.replaceAll('"', '') },
      ...(binary && { binary }),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    Body.destroy();
  }
}

async function download(
  client: S3Client,
  at: { Bucket: string; Key: string },
  name: string,
  { signal, files }: EffectRun,
): Promise<Item> {
  const {
    Body,
    ContentType,
    ETag = '',
  } = await client.send(new GetObjectCommand(at), { abortSignal: signal });
  if (!(Body instanceof Readable)) throw new Error('The answer has no body.');
  const fileName = at.Key.split('/').at(-1) ?? at.Key;
  const reference = await files.save(Body, {
    ...{ fileName, signal },
    mimeType: ContentType ?? 'application/octet-stream',
  });
  const json = { bucket: at.Bucket, key: at.Key, bytes: reference.bytes, etag: ETag.replaceAll('"', '') };
  return { json, binary: { [name]: reference } };
}

async function list(
  client: S3Client,
  bucket: string,
  { prefix, limit }: S3FileParameters,
  { signal }: EffectRun,
): Promise<Item[]> {
  const items: Item[] = [];
  const most = Number(limit);
  let next: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      ...{ Bucket: bucket, Prefix: prefix, ContinuationToken: next },
      MaxKeys: Math.min(1_000, most - items.length),
    });
    const page = await client.send(command, { abortSignal: signal });
    for (const { Key: key = '', Size: bytes = 0, LastModified, ETag = '' } of page.Contents ?? [])
      items.push({
        json: {
          bucket,
          key,
          bytes,
          modified: LastModified?.toISOString() ?? null,
          etag: ETag.replaceAll('"', ''),
        },
      });
    next = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (next !== undefined && items.length < most);
  return items;
}

function noPath(): StepFailure {
  return new StepFailure({
    code: 'no-path',
    message: 'The operation needs the path of a file, and it is empty.',
    hint: 'Look at the preview of the field: an expression may have come out empty.',
  });
}
