import { pipeline, type Readable } from 'node:stream';
import { createDeflateRaw } from 'node:zlib';
import { type Tally, tallied } from './tallied.ts';
import { centralHeader, dataDescriptor, endRecord, localHeader } from './zip-records.ts';

export interface FileToPack {
  name: string;
  open(): Promise<Readable>;
}

export interface ZipOptions {
  /** Stands for the time of every file. */
  at: Date;
  /** 1 (fast) to 9 (small). */
  level: number;
}

/** A ZIP of these files, as it grows: one after the other, in flat memory. @throws what their streams throw */
export async function* writeZip(
  files: readonly FileToPack[],
  { at, level }: ZipOptions,
): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, open } of files) {
    const header = localHeader(name, at);
    yield header;
    const tally: Tally = { bytes: 0, crc: 0 };
    let packed = 0;
    const deflating = pipeline(
      await open(),
      (source: AsyncIterable<Uint8Array>) => tallied(source, tally),
      createDeflateRaw({ level }),
      () => undefined, // what breaks is thrown below, by the last stream
    );
    for await (const chunk of deflating as AsyncIterable<Buffer>) {
      packed += chunk.length;
      yield chunk;
    }
    const descriptor = dataDescriptor({ ...tally, packed });
    yield descriptor;
    directory.push(centralHeader({ name, ...tally, packed, offset }, at));
    offset += header.length + packed + descriptor.length;
  }
  const central = Buffer.concat(directory);
  yield central;
  yield endRecord(files.length, central.length, offset);
}
