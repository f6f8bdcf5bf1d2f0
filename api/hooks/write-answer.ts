/**
 * An automation's answer as an HTTP response.
 *
 * It leaves from the address of the app itself, so a page that an automation answers with must not act as the app: `sandbox`
 * gives it an origin of its own, and it can set no cookie.
 */
import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BinaryReference } from '../../contracts/item.ts';
import type { WebhookResponse } from '../../contracts/run.ts';
import { assertFileOf, contentDisposition, type ObjectStore } from '../../storage/index.ts';
import { unavailable } from '../files/file-reply.ts';
import type { Call } from './call.ts';

const sandbox = 'sandbox allow-forms allow-scripts allow-popups allow-downloads allow-modals';

/** Ours to say, or the connection's. */
const reserved = new Set([
  'alt-svc',
  'clear-site-data',
  'connection',
  'content-length',
  'content-security-policy',
  'keep-alive',
  'ratelimit',
  'ratelimit-policy',
  'service-worker-allowed',
  'set-cookie',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'hiviex-run',
]);

const bodiless = new Set([204, 205, 304]);

/** @throws ApiProblem `not-found`, `storage-unavailable` for a file that cannot be read, before anything is written */
export async function writeAnswer(
  { response, store, workspace }: Pick<Call, 'response' | 'store' | 'workspace'>,
  { status, headers, body }: WebhookResponse,
): Promise<void> {
  const file = body.kind === 'file' ? await openFile(store, workspace, body.value) : undefined;
  // 1xx would leave the caller waiting for the real one.
  response.statusCode = status < 200 ? 200 : status;
  response.setHeader('content-security-policy', sandbox);
  response.setHeader('x-content-type-options', 'nosniff');
  const type = contentTypeOf(body);
  if (type !== undefined) response.setHeader('content-type', type);
  if (body.kind === 'file')
    response.setHeader('content-disposition', contentDisposition('inline', body.value.fileName));
  for (const [name, value] of headers)
    if (!reserved.has(name.toLowerCase()) && isHeader(name, value)) response.setHeader(name, value);
  if (body.kind === 'none' || bodiless.has(status)) response.end();
  else if (body.kind === 'json') response.end(JSON.stringify(body.value));
  else if (body.kind === 'text') response.end(body.value);
  else if (file) await sendFile(response, file, body.value.bytes);
}

function contentTypeOf(body: WebhookResponse['body']): string | undefined {
  if (body.kind === 'json') return 'application/json; charset=utf-8';
  if (body.kind === 'text') return 'text/plain; charset=utf-8';
  return body.kind === 'file' ? body.value.mimeType : undefined;
}

async function openFile(store: ObjectStore, workspace: string, file: BinaryReference): Promise<Readable> {
  try {
    assertFileOf(workspace, file.key);
    return await store.get(file.key);
  } catch (error) {
    return unavailable(error);
  }
}

async function sendFile(response: ServerResponse, file: Readable, bytes: number): Promise<void> {
  response.setHeader('content-length', String(bytes));
  // The caller left in the middle, or the store did: the answer breaks off, and its length tells that it did.
  await pipeline(file, response).catch(() => response.destroy());
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
