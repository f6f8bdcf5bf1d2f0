/**
 * The token in a link to an object of the folder driver: what it opens and until when, and an HMAC over both. The API serves it
 * (`GET /api/v1/objects?link=…`) to whoever has it; S3 makes and serves such links by itself.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Link {
  key: string;
  fileName: string;
  mimeType: string;
  /** Epoch seconds. */
  expires: number;
}

export function signLink(secret: Buffer, link: Link): string {
  const body = Buffer.from(JSON.stringify([link.key, link.fileName, link.mimeType, link.expires])).toString(
    'base64url',
  );
  return `${body}.${mac(secret, body).toString('base64url')}`;
}

/** @returns undefined for a token that is not ours, was changed, or has expired */
export function openLink(secret: Buffer, token: string, now = Date.now()): Link | undefined {
  const [body = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const own = mac(secret, body);
  if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  const [key, fileName, mimeType, expires] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
    string,
    string,
    string,
    number,
  ];
  return expires * 1_000 > now ? { key, fileName, mimeType, expires } : undefined;
}

function mac(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`hiviex object link:${body}`).digest();
}
