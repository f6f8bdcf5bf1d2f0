/** Keeps an answer as a file: it streams to the store, whatever its type. */
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import { type Files, StorageError } from '../../storage/index.ts';
import { decompress } from './decompress.ts';
import { networkFailure } from './network-failure.ts';
import type { WireRequest } from './request.ts';
import type { WireResponse } from './send.ts';

interface SaveResponse {
  response: WireResponse;
  request: WireRequest;
  files: Files;
  /** The name in `Item.binary`. */
  field: string;
  signal: AbortSignal;
}

/** @throws StepFailure `file-too-large` before anything is read when the size is announced, else as soon as it is too much */
export async function saveResponse({ response, request, files, field, signal }: SaveResponse): Promise<Item> {
  const announced = Number(response.headers['content-length']);
  if (announced > files.maxBytes) {
    response.body.destroy();
    throw tooLarge(request, files.maxBytes);
  }
  try {
    const saved = await files.save(decompress(response.body, response.headers['content-encoding']), {
      fileName: nameOf(response, request),
      mimeType: one(response.headers['content-type']) || 'application/octet-stream',
      signal,
    });
    const { fileName, mimeType, bytes } = saved;
    return {
      json: { fileName, mimeType, bytes, status: response.statusCode },
      binary: { [field]: saved },
    };
  } catch (error) {
    response.body.destroy();
    if (error instanceof StorageError && error.code === 'too-large') throw tooLarge(request, files.maxBytes);
    throw error instanceof StorageError || signal.aborted ? error : networkFailure(error, request);
  }
}

/** What the other side calls it, else the end of the path it came from. */
function nameOf(response: WireResponse, request: WireRequest): string {
  const disposition = one(response.headers['content-disposition']);
  const exact = /filename\*=(?:utf-8|iso-8859-1)'[^']*'([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="((?:[^"\\]|\\.)*)"|filename=([^;]+)/i.exec(disposition);
  const named = exact ? decoded(exact) : (plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]);
  return named?.trim() || decoded(request.url.pathname.split('/').at(-1) ?? '') || 'file';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}

function tooLarge({ url }: WireRequest, maxBytes: number): StepFailure {
  return new StepFailure({
    code: 'file-too-large',
    message: `${url.host} sends a file of more than ${maxBytes} bytes, the most that a file may have here.`,
    hint: 'Ask for a smaller one. An operator can raise the limit (HIVIEX_MAX_FILE_BYTES).',
    details: { maxBytes },
  });
}
