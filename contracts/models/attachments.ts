/** Files that a model is given with a message, and what they are taken to cost it. All else is told to it by name. */
import { isPicture } from '../files.ts';
import type { ContentPart, FileContent } from './chat.ts';

export const pdfType = 'application/pdf';
/** Bytes of a PDF above which it is told by name only: providers take some 20 to 30 MB a request. */
export const mostPdfBytes = 10_000_000;
/** Bytes of a picture, before it is made smaller. */
export const mostPictureBytes = 50_000_000;

/** Bytes of a text; of a longer one an agent reads what it needs, by the tool `files`. */
export const mostTextBytes = 100_000;

/** Media types that are text. */
export function isTextType(mimeType: string): boolean {
  return /^text\/|[/+](json|xml|yaml|csv)\b|javascript/.test(mimeType);
}

export function isShownToModels({ mimeType, bytes }: Pick<FileContent, 'mimeType' | 'bytes'>): boolean {
  if (mimeType === pdfType) return bytes <= mostPdfBytes;
  if (isTextType(mimeType)) return bytes <= mostTextBytes;
  return isPicture(mimeType) && bytes <= mostPictureBytes;
}

/** Makers count about this for a picture of the size that is sent. */
const tokensOfPicture = 1_600;
/** A file that is told by its name. */
const tokensOfName = 40;
/** Text of a PDF is packed, its pages are looked at too: rather too many than too few. */
const bytesOfPdfPerToken = 20;
const bytesOfTextPerToken = 3;
const ofPdf = { least: 1_500, most: 100_000 };

/** An estimate. */
export function tokensOfAttachment(part: Exclude<ContentPart, { type: 'text' }>): number {
  if (part.type === 'image') return tokensOfPicture;
  if (part.type === 'document') return tokensOfPdf((part.data.length * 3) / 4);
  if (!isShownToModels(part)) return tokensOfName;
  if (isTextType(part.mimeType)) return tokensOfName + Math.ceil(part.bytes / bytesOfTextPerToken);
  return part.mimeType === pdfType ? tokensOfPdf(part.bytes) : tokensOfPicture;
}

function tokensOfPdf(bytes: number): number {
  return Math.min(ofPdf.most, Math.max(ofPdf.least, Math.ceil(bytes / bytesOfPdfPerToken)));
}

/** What stands in place of a file that a model is not shown, or no more. */
export function nameOfAttachment({
  name,
  mimeType,
  bytes,
}: Pick<FileContent, 'name' | 'mimeType' | 'bytes'>): string {
  return `[File: ${name}, ${mimeType}, ${bytes} bytes]`;
}
