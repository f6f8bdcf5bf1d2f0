/**
 * A payload as Temporal gets to see it: AES-256-GCM over the whole of it (metadata too), with the key's id and the workspace beside
 * it in the clear. Both are authenticated: a payload that was moved to another workspace does not open there.
 *
 *   data = iv (12 bytes) · ciphertext · tag (16 bytes);   plain text = the payload as protobuf, compressed when `form` says so
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { PayloadError } from './payload-error.ts';
import type { PayloadKey, PayloadKeys } from './payload-keys.ts';

const { Payload: PayloadProto } = proto.temporal.api.common.v1;

export const sealedEncoding = 'binary/encrypted';
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Bytes. Below, compressing costs more than it saves; above `inBackground`, it would hold up everything else of the process. */
const compressFrom = 2_048;
const inBackground = 128 * 1024;
/** What a value may unpack to, at most: one that is larger did not come from us. */
const largestPlain = 1024 * 1024 * 1024;

const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const compressLater = promisify(zstdCompress);
const decompressLater = promisify(zstdDecompress);

type Form = 'raw' | 'zstd';

const text = new TextEncoder();
const label = (value: string) => text.encode(value);
const encodingLabel = label(sealedEncoding);
const formLabels = { raw: label('raw'), zstd: label('zstd') };

export function plainBytes(payload: Payload): Uint8Array {
  return PayloadProto.encode(payload).finish();
}

/** @param plain as `plainBytes` gives it */
export async function sealPayload(plain: Uint8Array, key: PayloadKey, workspace: string): Promise<Payload> {
  const packed = plain.length < compressFrom ? undefined : await compressed(plain);
  const form: Form = packed ? 'zstd' : 'raw';
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key.key, iv, { authTagLength: tagBytes });
  cipher.setAAD(belonging(key.id, workspace, form));
  const sealed = Buffer.concat([iv, cipher.update(packed ?? plain), cipher.final(), cipher.getAuthTag()]);
  return {
    metadata: {
      encoding: encodingLabel,
      'encryption-key-id': label(key.id),
      'hiviex-workspace': label(workspace),
      'hiviex-form': formLabels[form],
    },
    data: sealed,
  };
}

/** @throws PayloadError `unknown-key`, `not-authentic` */
export async function openPayload(payload: Payload, keys: PayloadKeys): Promise<Payload> {
  const key = keys.find(metadataOf(payload, 'encryption-key-id'));
  const form = metadataOf(payload, 'hiviex-form');
  const sealed = payload.data ?? new Uint8Array();
  let plain: Buffer;
  try {
    const decipher = createDecipheriv(algorithm, key.key, sealed.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(belonging(key.id, metadataOf(payload, 'hiviex-workspace'), form));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    plain = Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
  } catch {
    throw new PayloadError(
      'not-authentic',
      'A payload does not open: it was changed, cut, or moved from another workspace.',
    );
  }
  return PayloadProto.decode(form === 'zstd' ? await unpacked(plain) : plain);
}

/** '' when there is none. */
export function metadataOf(payload: Payload, name: string): string {
  const value = payload.metadata?.[name];
  return value ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString() : '';
}

/** Undefined when it saves less than a tenth. */
async function compressed(plain: Uint8Array): Promise<Buffer | undefined> {
  const packed =
    plain.length < inBackground
      ? zstdCompressSync(plain, zstdOptions)
      : await compressLater(plain, zstdOptions);
  return packed.length < plain.length * 0.9 ? packed : undefined;
}

async function unpacked(packed: Buffer): Promise<Buffer> {
  const limit = { maxOutputLength: largestPlain };
  return packed.length < inBackground
    ? zstdDecompressSync(packed, limit)
    : await decompressLater(packed, limit);
}

/** As JSON, so that no two lists of parts read the same. */
function belonging(keyId: string, workspace: string, form: string): Buffer {
  return Buffer.from(JSON.stringify(['hiviex payload', keyId, workspace, form]));
}
