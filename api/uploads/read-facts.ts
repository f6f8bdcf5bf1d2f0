import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { foundType, headBytes } from './type-agrees.ts';

export interface FileFacts {
  bytes: number;
  sha256: string;
  /** By its first bytes. */
  type: string | undefined;
}

/** What a stored file is, read once from its beginning to its end; memory holds its head only. @throws the stream's own error */
export async function readFacts(content: Readable): Promise<FileFacts> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (bytes < headBytes) head.push(chunk.subarray(0, headBytes - bytes));
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex'), type: await foundType(Buffer.concat(head)) };
}
