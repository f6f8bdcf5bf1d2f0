/**
 * Small secrets that we have to read again (TOTP), sealed with AES-256-GCM. The key is derived from the auth secret for this one
 * purpose, and `context` says whose secret it is: a sealed value that is copied to another row does not open there.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** @returns base64url of IV, tag and ciphertext */
export function seal(secret: string, { key, context }: { key: string; context: string }): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, derive(key), iv).setAAD(Buffer.from(context));
  const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url');
}

/** @throws Error when key or context are not those it was sealed with, or it was changed */
export function unseal(sealed: string, { key, context }: { key: string; context: string }): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv(algorithm, derive(key), iv, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  );
}

function derive(key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'hiviex: sealed values', 32));
}
