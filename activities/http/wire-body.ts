/**
 * What a request carries. A body with files is opened anew each time it is sent (a redirect may ask for it again) and streams, so a
 * file of any size costs no memory.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BinaryReference } from '../../contracts/item.ts';
import type { Files } from '../../storage/index.ts';

export interface StreamedBody {
  bytes: number;
  open(signal: AbortSignal): Promise<Readable>;
}

export type WireBody = string | StreamedBody | undefined;

export function fileBody(reference: BinaryReference, files: Files): StreamedBody {
  return { bytes: reference.bytes, open: (signal) => files.open(reference, { signal }) };
}

export interface FormFile {
  /** Of the form field. */
  name: string;
  reference: BinaryReference;
}

/** `multipart/form-data` (RFC 7578): the fields in their order, then the files. */
export function multipartBody(
  fields: readonly { name: string; value: string }[],
  attached: readonly FormFile[],
  files: Files,
): { body: StreamedBody; contentType: string } {
  const boundary = `hiviex-${randomUUID()}`;
  const head = (disposition: string, type = '') =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type && `Content-Type: ${type}\r\n`}\r\n`,
    );
  const lineEnd = Buffer.from('\r\n');
  const parts: (Buffer | BinaryReference)[] = [
    ...fields.flatMap(({ name, value }) => [head(`name=${quoted(name)}`), Buffer.from(value), lineEnd]),
    ...attached.flatMap(({ name, reference }) => [
      head(`name=${quoted(name)}; filename=${quoted(reference.fileName)}`, reference.mimeType),
      reference,
      lineEnd,
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  async function* content(signal: AbortSignal) {
    for (const part of parts) {
      if (Buffer.isBuffer(part)) yield part;
      else yield* await files.open(part, { signal });
    }
  }
  const bytes = parts.reduce((sum, part) => sum + (Buffer.isBuffer(part) ? part.length : part.bytes), 0);
  return {
    body: { bytes, open: async (signal) => Readable.from(content(signal), { objectMode: false }) },
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** As browsers write names: nothing in one can end it. */
function quoted(name: string): string {
  const escapes: Record<string, string> = { '"': '%22', '\r': '%0D', '\n': '%0A' };
  return `"${name.replace(/["\r\n]/g, (sign) => escapes[sign]!)}"`;
}
