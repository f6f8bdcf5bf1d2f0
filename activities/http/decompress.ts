/** Undoes the content encodings of an answer while it streams, so that a small file that unpacks to gigabytes is cut off early. */
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** @param encoding The `Content-Encoding` header. @returns the plain body; the body as it is when an encoding is not known. */
export function decompress(body: Readable, encoding: string | string[] | undefined): Readable {
  const names = String(encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse();
  const stages = names.map((name) => decoders[name]);
  if (stages.length === 0 || stages.length > 3 || !stages.every((stage) => stage !== undefined)) return body;
  const transforms = stages.map((stage) => stage());
  // Errors reach whoever reads the last stream; the callback only keeps them from being thrown a second time.
  pipeline([body, ...transforms], () => undefined);
  return transforms.at(-1) ?? body;
}
