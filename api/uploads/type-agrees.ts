/** Whether what a file was announced as agrees with what its first bytes say. */
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type';

/** First bytes that tell the type; those of a document in a zip are told by its first entries. */
export const headBytes = 128 * 1024;

/** Undefined: nothing that has a mark: text, mostly. */
export async function foundType(head: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found?.mime.split(';', 1)[0];
}

/**
 * The type of the file, or undefined when it is not what it was announced as. What has no mark of its own may be announced as anything
 * that has none; octets may be anything, and get the type that was found.
 */
export function agreedType(declared: string, found: string | undefined): string | undefined {
  if (declared === 'application/octet-stream') return found ?? declared;
  if (found === undefined) return hasMark(declared) ? undefined : declared;
  if (canonical(declared) === canonical(found)) return declared;
  return isKindOf(declared, found) ? declared : undefined;
}

/** Formats whose first bytes always tell them. Others of `supportedMimeTypes` may begin with anything (XML with a comment). */
function hasMark(type: string): boolean {
  if (type === 'image/svg+xml') return false;
  return /^(image|video|font)\//.test(type) ? supportedMimeTypes.has(type) : alwaysMarked.has(type);
}

const alwaysMarked = new Set([
  'application/pdf',
  'application/zip',
  'application/gzip',
  'application/x-7z-compressed',
]);

/** A container, and what people call what is in it. */
function isKindOf(declared: string, found: string): boolean {
  const ofZip = /^application\/(vnd\.(openxmlformats|oasis|ms-)|epub|java-archive|x-zip)/;
  if (found === 'application/zip') return ofZip.test(declared);
  if (found === 'application/x-cfb') return /^application\/(msword|vnd\.ms-|x-msi|vnd\.visio)/.test(declared);
  if (found === 'application/xml') return /(\/|\+)xml$|^text\/|html/.test(declared);
  if (ofZip.test(found)) return ofZip.test(declared) || declared === 'application/zip';
  const media = /^(audio|video)\//;
  return media.test(found) && media.test(declared);
}

function canonical(type: string): string {
  return aliases[type] ?? type;
}

const aliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/x-icon': 'image/vnd.microsoft.icon',
  'application/x-gzip': 'application/gzip',
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'application/rtf': 'text/rtf',
  'text/xml': 'application/xml',
};
