/** A Word document as Markdown, with its headings; pictures go. */
import mammoth from 'mammoth';
import { DocumentRefusal } from '../document-refusal.ts';
import { kindNames } from './document-kind.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

/** @throws DocumentRefusal `document-unreadable` */
export async function docxMarkdown(file: Uint8Array): Promise<string> {
  const { value } = await toHtml(file);
  return htmlToMarkdown(value);
}

async function toHtml(file: Uint8Array): Promise<{ value: string }> {
  try {
    return await mammoth.convertToHtml(
      { buffer: Buffer.from(file.buffer, file.byteOffset, file.byteLength) },
      {
        styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
        // A document may name files beside it.
        externalFileAccess: false,
      },
    );
  } catch {
    throw new DocumentRefusal('document-unreadable', { kind: kindNames.docx });
  }
}
