/**
 * The entries of a ZIP file by its central directory, each read on its own by ranges. Limits are held to what the directory claims,
 * before anything is unpacked; what turns out to be more than claimed breaks off.
 */
import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createInflateRaw } from 'node:zlib';
import type { BinaryReference } from '../../../contracts/item.ts';
import type { Files } from '../../../storage/index.ts';
import { badArchive, tooMuchInside } from './archive-failure.ts';
import { type Tally, tallied } from './tallied.ts';
import {
  centralSignature,
  centralSize,
  deflated,
  encryptedFlag,
  endSignature,
  endSize,
  localSignature,
  localSize,
  stored,
  utf8Flag,
  type ZipEntry,
} from './zip-records.ts';

export interface ZipFile {
  reference: BinaryReference;
  files: Pick<Files, 'open' | 'maxBytes'>;
  signal: AbortSignal;
}

/** Files in an archive: each becomes an item. */
export const mostEntries = 1_000;
/** Bytes of a directory: far more than so many entries with long names take. */
const mostDirectory = 10_000_000;
/** Bytes behind the directory's end: the record, and a comment. */
const mostTail = endSize + 0xffff;
const zip64 = 0xffffffff;

/** All files, folders left out. @throws StepFailure `bad-archive`, `archive-too-large` */
export async function zipEntries(zip: ZipFile): Promise<ZipEntry[]> {
  const { fileName, bytes } = zip.reference;
  const tail = await read(zip, Math.max(0, bytes - mostTail), bytes);
  const at = tail.lastIndexOf(signatureOf(endSignature));
  if (at < 0 || at + endSize > tail.length) throw badArchive(fileName, 'it is no ZIP file, or not all of it');
  const [count, size, offset] = [
    tail.readUInt16LE(at + 10),
    tail.readUInt32LE(at + 12),
    tail.readUInt32LE(at + 16),
  ];
  if (offset === zip64) throw badArchive(fileName, 'it is in ZIP64, for archives beyond 4 GB');
  if (count > mostEntries) throw tooMuchInside(fileName, `${count} files`);
  if (size > mostDirectory || offset + size > bytes) throw badArchive(fileName, 'its directory is damaged');
  const directory = await read(zip, offset, offset + size);
  const entries = [...entriesOf(directory, count, fileName)].filter(({ name }) => !/[\\/]$/.test(name));
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > zip.files.maxBytes) throw tooMuchInside(fileName, `${Math.round(total / 1_000_000)} MB`);
  return entries;
}

function* entriesOf(directory: Buffer, count: number, fileName: string): Generator<ZipEntry> {
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + centralSize > directory.length || directory.readUInt32LE(at) !== centralSignature)
      throw badArchive(fileName, 'its directory is damaged');
    const flags = directory.readUInt16LE(at + 8);
    const nameLength = directory.readUInt16LE(at + 28);
    const nameAt = at + centralSize;
    yield {
      flags,
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
      name: nameOf(directory.subarray(nameAt, nameAt + nameLength), flags),
    };
    at = nameAt + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/** Many programs write UTF-8 without saying so; what is none is Western European. */
function nameOf(bytes: Buffer, flags: number): string {
  if ((flags & utf8Flag) !== 0) return bytes.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** The content of an entry. The stream fails with a StepFailure `bad-archive` where it is not what the directory claims. */
export async function openEntry(zip: ZipFile, entry: ZipEntry): Promise<Readable> {
  const { fileName } = zip.reference;
  if ((entry.flags & encryptedFlag) !== 0) throw badArchive(fileName, `"${entry.name}" has a password`);
  if (entry.method !== stored && entry.method !== deflated)
    throw badArchive(fileName, `"${entry.name}" is packed in a way that is not known here (${entry.method})`);
  const header = await read(zip, entry.offset, entry.offset + localSize);
  if (header.length < localSize || header.readUInt32LE(0) !== localSignature)
    throw badArchive(fileName, `"${entry.name}" is not where its directory says`);
  const start = entry.offset + localSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.packed > zip.reference.bytes) throw badArchive(fileName, `"${entry.name}" is cut off`);
  return Readable.from(checked(zip, entry, start), { objectMode: false });
}

async function* checked(zip: ZipFile, entry: ZipEntry, start: number): AsyncGenerator<Uint8Array> {
  const tally: Tally = { bytes: 0, crc: 0 };
  const damaged = () => badArchive(zip.reference.fileName, `"${entry.name}" is damaged`);
  try {
    for await (const chunk of tallied(await unpacked(zip, entry, start), tally)) {
      if (tally.bytes > entry.bytes) throw damaged();
      yield chunk;
    }
  } catch (error) {
    throw isOfZlib(error) ? damaged() : error;
  }
  if (tally.bytes !== entry.bytes || tally.crc !== entry.crc) throw damaged();
}

async function unpacked(zip: ZipFile, { packed, method }: ZipEntry, start: number): Promise<Readable> {
  if (packed === 0) return Readable.from([]);
  const { files, reference, signal } = zip;
  const source = await files.open(reference, { range: { start, end: start + packed - 1 }, signal });
  if (method === stored) return source;
  return pipeline(source, createInflateRaw(), () => undefined); // what breaks is thrown by the last stream
}

export function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

async function read({ files, reference, signal }: ZipFile, start: number, end: number): Promise<Buffer> {
  const last = Math.min(end, reference.bytes) - 1;
  if (last < start) return Buffer.alloc(0);
  return buffer(await files.open(reference, { range: { start, end: last }, signal }));
}

function signatureOf(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
