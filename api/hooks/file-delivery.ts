/**
 * Deliveries that carry files: a form with uploads, or a body that is a file itself. They stream to the object store while they
 * arrive, so what a file costs is disk and not memory; the run starts when all of it is there.
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { BinaryReference } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type Files, StorageError } from '../../storage/index.ts';
import { formFields } from '../body.ts';
import { ApiProblem } from '../problems.ts';

/** Of a form. */
const mostFiles = 100;
const mostFields = 1_000;

export type Wants = (field: string) => boolean;

export interface FileDelivery {
  /** The fields of a form; `{}` for a file. */
  body: JsonObject;
  binary: Record<string, BinaryReference>;
}

/** Whether the body is none of those that `parseBody` reads whole. A request without a body is not. */
export function carriesFiles({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const type = headers['content-type'];
  if (type === undefined || headers['content-length'] === '0') return false;
  return !/^\s*(text\/|application\/([\w.+-]+\+)?(json|xml)|[\w.-]+\/[\w.-]+\+(json|xml)|application\/x-www-form-urlencoded)/i.test(
    type,
  );
}

export function isMultipart({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return /^\s*multipart\/form-data/i.test(headers['content-type'] ?? '');
}

/**
 * @param fieldBytes the most that all fields of a form may have together
 * @param wants whether a file of a form is taken, by the name of its field; left out: all are
 * @throws ApiProblem `too-large`, `unsupported-body`, `storage-unavailable`. What was saved until then is the caller's to delete.
 */
export async function readFileDelivery(
  request: IncomingMessage,
  files: Files,
  fieldBytes: number,
  wants: Wants = () => true,
): Promise<FileDelivery> {
  const announced = Number(request.headers['content-length'] ?? 0);
  const isForm = isMultipart(request);
  if (!isForm && announced > files.maxBytes) throw tooLarge(files.maxBytes);
  try {
    const plain = unpacked(request);
    return isForm
      ? await readForm(request, plain, files, fieldBytes, wants)
      : await readFile(request, plain, files);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw error.code === 'too-large' ? tooLarge(files.maxBytes) : new ApiProblem('storage-unavailable');
  }
}

async function readFile(request: IncomingMessage, body: Readable, files: Files): Promise<FileDelivery> {
  const named = /filename="?([^";]+)/i.exec(request.headers['content-disposition'] ?? '')?.[1];
  const data = await files.save(body, {
    fileName: named ?? 'file',
    mimeType: request.headers['content-type'] ?? '',
  });
  return { body: {}, binary: { data } };
}

async function readForm(
  request: IncomingMessage,
  body: Readable,
  files: Files,
  fieldBytes: number,
  wants: Wants,
): Promise<FileDelivery> {
  const fields = new URLSearchParams();
  const saved: Promise<readonly [string, BinaryReference]>[] = [];
  const form = openForm(request, fieldBytes);
  let bytes = 0;
  const streams: Readable[] = [];
  const stop = (problem: unknown) => void form.destroy(problem as Error);
  form.on('field', (name, value) => {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (bytes > fieldBytes) stop(tooLarge(fieldBytes));
    else fields.append(name, value);
  });
  form.on('file', (name, stream, fileName, _encoding, mimeType) => {
    // A browser sends a file field that was left empty as a file without a name.
    if (!fileName || !wants(name)) return void stream.resume();
    streams.push(stream);
    const work = files.save(stream, { fileName, mimeType }).then((file) => [name, file] as const);
    // Whatever breaks one file ends the form; the first to break is what the sender is told.
    work.catch(stop);
    saved.push(work);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    form.on(limit, () => stop(new ApiProblem('invalid-request')));
  try {
    await pipeline(body, form);
  } catch (error) {
    // What is being saved would wait for the rest of a form that does not come.
    for (const stream of streams) stream.destroy(new Error('the form broke off'));
    await Promise.allSettled(saved);
    if (error instanceof ApiProblem || error instanceof StorageError) throw error;
    throw new ApiProblem(
      'invalid-request',
      {},
      { errors: [{ message: 'The form is broken off or malformed.' }] },
    );
  }
  return { body: formFields(fields), binary: byName(await Promise.all(saved)) };
}

function openForm({ headers }: IncomingMessage, fieldBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits: { files: mostFiles, fields: mostFields, fieldSize: fieldBytes, fieldNameSize: 200 },
    });
  } catch {
    throw new ApiProblem('unsupported-body', { type: headers['content-type'] ?? '–' });
  }
}

/** Several of one field are told apart by a number: `photo`, `photo_1`. */
function byName(saved: readonly (readonly [string, BinaryReference])[]): Record<string, BinaryReference> {
  const binary: Record<string, BinaryReference> = {};
  for (const [name, file] of saved) {
    let free = name || 'data';
    for (let n = 1; Object.hasOwn(binary, free); n++) free = `${name}_${n}`;
    Object.defineProperty(binary, free, {
      value: file,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return binary;
}

function unpacked(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip') throw new ApiProblem('unsupported-body', { type: encoding });
  const gunzip = createGunzip();
  request.on('error', (error) => gunzip.destroy(error));
  return request.pipe(gunzip);
}

function tooLarge(limit: number): ApiProblem {
  return new ApiProblem('too-large', { limit: `${Math.floor(limit / 1_000)} kB` });
}
