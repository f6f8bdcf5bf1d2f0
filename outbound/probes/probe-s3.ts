/** Lists one object of a bucket, signed by hand (AWS Signature Version 4): one GET is all that is needed of the protocol here. */
import { createHash, createHmac } from 'node:crypto';
import type { S3Values } from '../../contracts/credentials/s3.ts';
import type { Guard } from '../guard/index.ts';
import { answered, limits, type ProbeOutcome } from './outcome.ts';

export async function probeS3(guard: Pick<Guard, 'fetch'>, values: S3Values): Promise<ProbeOutcome> {
  const url = new URL(values.endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(values.bucket)}`;
  url.search = '?list-type=2&max-keys=1';
  const init: RequestInit = { headers: signedHeaders(url, values, new Date()), redirect: 'manual' };
  const response = await guard.fetch(url, init, limits);
  await response.body?.cancel();
  return answered(response.status, response.statusText);
}

/** Of a GET without a body. The query has to be in the order of its names, and encoded. */
export function signedHeaders(
  url: URL,
  { region, accessKeyId, secretAccessKey }: Pick<S3Values, 'region' | 'accessKeyId' | 'secretAccessKey'>,
  at: Date,
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const bodyHash = sha256('');
  const signed = { host: url.host, 'x-amz-content-sha256': bodyHash, 'x-amz-date': time };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const request = ['GET', url.pathname, url.search.slice(1), lines.join(''), names, bodyHash].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((above, part) => hmac(above, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  return {
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
