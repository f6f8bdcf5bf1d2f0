/**
 * The records of a ZIP file as they lie in it (PKWARE's APPNOTE 6.3, without ZIP64): all numbers little-endian. Written with sizes
 * behind the data, as a stream has to; read from the central directory at its end, which alone is to be trusted.
 */

export const localSignature = 0x04034b50;
export const centralSignature = 0x02014b50;
export const endSignature = 0x06054b50;
const descriptorSignature = 0x08074b50;

export const localSize = 30;
export const centralSize = 46;
export const endSize = 22;

export const stored = 0;
export const deflated = 8;

/** Sizes stand behind the data; names are UTF-8. */
const written = 0x0808;
export const encryptedFlag = 0x0001;
export const utf8Flag = 0x0800;

const version = 20;
/** Made on Unix. */
const madeBy = (3 << 8) | version;
/** A plain file that everybody may read, as Unix has it. */
const plainFile = (0o100644 << 16) >>> 0;

export interface ZipEntry {
  name: string;
  crc: number;
  /** Bytes in the archive, and unpacked. */
  packed: number;
  bytes: number;
  /** Where its local header begins. */
  offset: number;
  method: number;
  flags: number;
}

export function localHeader(name: string, at: Date): Buffer {
  const bytes = Buffer.from(name);
  const header = Buffer.alloc(localSize);
  header.writeUInt32LE(localSignature, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(written, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt32LE(dosTime(at), 10);
  header.writeUInt16LE(bytes.length, 26);
  return Buffer.concat([header, bytes]);
}

export function dataDescriptor({ crc, packed, bytes }: Pick<ZipEntry, 'crc' | 'packed' | 'bytes'>): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(descriptorSignature, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(packed, 8);
  descriptor.writeUInt32LE(bytes, 12);
  return descriptor;
}

export function centralHeader(
  { name, crc, packed, bytes, offset }: Omit<ZipEntry, 'method' | 'flags'>,
  at: Date,
): Buffer {
  const nameBytes = Buffer.from(name);
  const header = Buffer.alloc(centralSize);
  header.writeUInt32LE(centralSignature, 0);
  header.writeUInt16LE(madeBy, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(written, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt32LE(dosTime(at), 12);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(bytes, 24);
  header.writeUInt16LE(nameBytes.length, 28);
  header.writeUInt32LE(plainFile, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, nameBytes]);
}

export function endRecord(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** Date and time in MS-DOS's two words, to two seconds. They know no zone: UTC. */
function dosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return ((date << 16) | time) >>> 0;
}
