import { crc32 } from 'node:zlib';

/** What passed so far. */
export interface Tally {
  bytes: number;
  crc: number;
}

/** Lets a stream's chunks through and counts them. */
export async function* tallied(source: AsyncIterable<Uint8Array>, tally: Tally): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    tally.bytes += chunk.length;
    tally.crc = crc32(chunk, tally.crc);
    yield chunk;
  }
}
