/**
 * The format of a sealed text: `v1.<key version>.<iv>.<ciphertext and tag>`, AES-256-GCM, base64url. What it belongs to (tenant,
 * purpose, id) is authenticated and not stored: a text that was moved to another row or workspace does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { VaultError } from './vault-error.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** What a sealed text belongs to, from the outside in. */
export type Belonging = readonly string[];

export function sealText(key: Buffer, version: number, plaintext: string, belonging: Belonging): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(
    aad(version, belonging),
  );
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${version}.${iv.toString('base64url')}.${sealed.toString('base64url')}`;
}

/** @throws VaultError `not-authentic` */
export function openText(key: Buffer, sealed: string, belonging: Belonging): string {
  const { version, iv, body } = parse(sealed);
  try {
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes })
      .setAAD(aad(version, belonging))
      .setAuthTag(body.subarray(-tagBytes));
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    throw notAuthentic();
  }
}

/** The version of the key that sealed it. @throws VaultError `not-authentic` */
export function keyVersionOf(sealed: string): number {
  return parse(sealed).version;
}

/** For SQL's LIKE: what was sealed by this version. */
export function sealedByPattern(version: number): string {
  return `v1.${version}.%`;
}

function parse(sealed: string): { version: number; iv: Buffer; body: Buffer } {
  const [, version, iv, body] = /^v1\.(\d{1,9})\.([\w-]{16})\.([\w-]{22,})$/.exec(sealed) ?? [];
  if (version === undefined || iv === undefined || body === undefined) throw notAuthentic();
  return { version: Number(version), iv: Buffer.from(iv, 'base64url'), body: Buffer.from(body, 'base64url') };
}

/** As JSON, so that no two lists of parts read the same. */
function aad(version: number, belonging: Belonging): Buffer {
  return Buffer.from(JSON.stringify(['hiviex', version, ...belonging]));
}

function notAuthentic(): VaultError {
  return new VaultError(
    'not-authentic',
    'A sealed value does not open: it was changed, cut, or moved from another place in the database.',
  );
}
