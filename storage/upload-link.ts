/**
 * The token in a signed upload that our API takes (`PUT /api/v1/objects?upload=…`), where the store is a folder, or a bucket that
 * browsers can't reach. It says what may be written and until when, with an HMAC over both; a bucket in reach signs and checks by itself.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PartedUpload, PartRules, SignedRequest, UploadRules } from './object-uploads.ts';

export interface UploadLink {
  key: string;
  bytes: number;
  /** Of a whole object. */
  mimeType?: string | undefined;
  /** Of a part. */
  upload?: string | undefined;
  part?: number | undefined;
  /** Epoch seconds. */
  expires: number;
}

/** Where the API takes uploads. A path: whoever reached the API to ask for the upload reaches this too. */
const address = '/api/v1/objects?upload=';

export interface UploadLinks {
  sign(key: string, rules: UploadRules): SignedRequest;
  signPart(upload: PartedUpload, rules: PartRules): SignedRequest;
  /** Undefined for a token that is not ours, was changed, or has expired. */
  open(token: string): UploadLink | undefined;
}

/** @param secretOf the key of the HMAC, the same for every process that serves this store */
export function createUploadLinks(secretOf: () => Buffer): UploadLinks {
  const request = (link: Omit<UploadLink, 'expires'>, expiresIn: number): SignedRequest => {
    const expires = Math.floor(Date.now() / 1_000) + expiresIn;
    const body = Buffer.from(JSON.stringify({ ...link, expires })).toString('base64url');
    return {
      method: 'PUT',
      url: `${address}${body}.${mac(secretOf(), body).toString('base64url')}`,
      headers: link.mimeType === undefined ? {} : { 'content-type': link.mimeType },
    };
  };
  return {
    sign: (key, { bytes, mimeType, expiresIn }) => request({ key, bytes, mimeType }, expiresIn),
    signPart: ({ key, upload }, { part, bytes, expiresIn }) =>
      request({ key, upload, part, bytes }, expiresIn),
    open(token) {
      const [body = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const own = mac(secretOf(), body);
      if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
      const link = JSON.parse(Buffer.from(body, 'base64url').toString()) as UploadLink;
      return link.expires * 1_000 > Date.now() ? link : undefined;
    },
  };
}

function mac(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`hiviex upload link:${body}`).digest();
}
