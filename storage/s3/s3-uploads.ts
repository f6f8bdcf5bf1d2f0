/**
 * Uploads that go straight to the bucket. Length and type are signed headers: what differs in one of them has another signature, and
 * the store refuses it (R2 takes no POST policies, so there are none).
 */
import { buffer } from 'node:stream/consumers';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type Part,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assertKey } from '../object-keys.ts';
import type { ObjectUploads, PartedUpload } from '../object-uploads.ts';
import { notFound, unavailable } from '../storage-error.ts';
import type { UploadLinks } from '../upload-link.ts';

export interface S3UploadsOptions {
  client: S3Client;
  bucket: string;
  /** Signs for the address at which browsers reach the bucket; or links of our API, where they don't. */
  signer: { kind: 'bucket'; client: S3Client } | { kind: 'api'; links: UploadLinks };
}

export function createS3Uploads({ client, bucket, signer }: S3UploadsOptions): ObjectUploads {
  const at = (key: string) => {
    assertKey(key);
    return { Bucket: bucket, Key: key };
  };
  const of = ({ key, upload }: PartedUpload) => ({ ...at(key), UploadId: upload });

  async function allParts(upload: PartedUpload): Promise<Part[]> {
    const parts: Part[] = [];
    let next: string | undefined;
    do {
      const page = await client
        .send(new ListPartsCommand({ ...of(upload), ...(next !== undefined && { PartNumberMarker: next }) }))
        .catch(failed);
      parts.push(...(page.Parts ?? []));
      next = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (next !== undefined);
    return parts.sort((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0));
  }

  async function* begun(prefix?: string) {
    let marker: { key: string; upload: string } | undefined;
    do {
      const page = await client
        .send(
          new ListMultipartUploadsCommand({
            Bucket: bucket,
            ...(prefix !== undefined && { Prefix: prefix }),
            ...(marker && { KeyMarker: marker.key, UploadIdMarker: marker.upload }),
          }),
        )
        .catch(failed);
      for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
        if (Key && UploadId) yield { key: Key, upload: UploadId, at: Initiated };
      const { NextKeyMarker: key, NextUploadIdMarker: upload } = page;
      marker = page.IsTruncated && key && upload ? { key, upload } : undefined;
    } while (marker);
  }

  const abortOne = (upload: PartedUpload) =>
    client.send(new AbortMultipartUploadCommand(of(upload))).catch((error: unknown) => {
      if (!isOver(error)) failed(error);
    });

  return {
    async sign(key, rules) {
      const object = at(key);
      if (signer.kind === 'api') return signer.links.sign(key, rules);
      const { bytes: ContentLength, mimeType, expiresIn } = rules;
      const command = new PutObjectCommand({ ...object, ContentLength, ContentType: mimeType });
      const signableHeaders = new Set(['content-length', 'content-type']);
      const url = await getSignedUrl(signer.client, command, { expiresIn, signableHeaders });
      return { method: 'PUT', url, headers: { 'content-type': mimeType } };
    },

    async begin(key, { mimeType }) {
      const { UploadId } = await client
        .send(new CreateMultipartUploadCommand({ ...at(key), ContentType: mimeType }))
        .catch(failed);
      if (!UploadId) throw unavailable(new Error('the upload has no id'));
      return UploadId;
    },

    async signPart(upload, rules) {
      const object = of(upload);
      if (signer.kind === 'api') return signer.links.signPart(upload, rules);
      const command = new UploadPartCommand({
        ...object,
        PartNumber: rules.part,
        ContentLength: rules.bytes,
      });
      const url = await getSignedUrl(signer.client, command, {
        expiresIn: rules.expiresIn,
        signableHeaders: new Set(['content-length']),
      });
      return { method: 'PUT', url, headers: {} };
    },

    async putPart(upload, part, body) {
      // A part is small, and known whole before it goes: a store that refuses a stream in its middle breaks the connection.
      const Body = await buffer(body);
      await client.send(new UploadPartCommand({ ...of(upload), PartNumber: part, Body })).catch(failed);
    },

    async parts(upload) {
      const parts = await allParts(upload);
      return parts.map(({ PartNumber = 0, Size = 0 }) => ({ part: PartNumber, bytes: Size }));
    },

    async finish(upload) {
      const parts = await allParts(upload);
      const Parts = parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
      await client
        .send(new CompleteMultipartUploadCommand({ ...of(upload), MultipartUpload: { Parts } }))
        .catch(failed);
    },

    async abort(key) {
      assertKey(key);
      for await (const upload of begun(key)) if (upload.key === key) await abortOne(upload);
    },

    async abortOld(before) {
      let aborted = 0;
      for await (const upload of begun()) {
        if (!upload.at || upload.at >= before) continue;
        await abortOne(upload);
        aborted += 1;
      }
      return aborted;
    },
  };
}

function isOver(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchUpload';
}

function failed(error: unknown): never {
  throw isOver(error) ? notFound() : unavailable(error);
}
