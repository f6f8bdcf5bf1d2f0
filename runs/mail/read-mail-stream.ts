/** A mail while it comes in: its text in memory, its attachments as streams to wherever they are kept. */
import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser';
import type { BinaryReference } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type MailParts, mailJson, mostHtmlToRead } from './mail-json.ts';

/** Attachments that are kept of one mail; the rest is left out, and the item says how many. */
const mostFiles = 100;

export interface StreamedMail {
  json: JsonObject;
  /** `attachment_0`, `attachment_1`, …, in the order of the mail. */
  binary: Record<string, BinaryReference>;
}

/**
 * @param save keeps an attachment; undefined says that it is too large to be kept, and is left out
 * @throws what `save` does, and the stream's own error
 */
export async function readMailStream(
  source: Readable,
  save: (
    content: Readable,
    named: { fileName: string; mimeType: string },
  ) => Promise<BinaryReference | undefined>,
): Promise<StreamedMail> {
  const parser = new MailParser({
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: mostHtmlToRead,
  });
  const parts: MailParts = { headers: new Map(), headerLines: [], text: '', html: '' };
  const binary: Record<string, BinaryReference> = {};
  let [attachments, kept] = [0, 0];
  /** The attachment that is read now: it ends when the mail breaks off. */
  let current: PassThrough | undefined;
  parser.on('headers', (headers) => {
    parts.headers = headers;
  });
  parser.on('headerLines', (lines) => {
    parts.headerLines = lines;
  });
  const read = (async () => {
    for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
      if (part.type === 'text') {
        parts.text = part.text ?? '';
        parts.html = typeof part.html === 'string' ? part.html : '';
        continue;
      }
      const number = attachments++;
      const content = part.content as Readable;
      if (number < mostFiles) {
        // Beside the parser's own stream: one that is not kept must not end that.
        current = content.pipe(new PassThrough());
        const named = { fileName: part.filename ?? `attachment-${number + 1}`, mimeType: part.contentType };
        const file = await save(current, named);
        content.unpipe(current);
        if (file) binary[`attachment_${number}`] = file;
        if (file) kept += 1;
      }
      content.resume();
      part.release?.();
    }
  })();
  const fed = pipeline(source, parser).catch((error: Error) => {
    current?.destroy(error);
    parser.destroy(error);
  });
  await read;
  await fed;
  const json = mailJson(parts);
  return { json: { ...json, ...(attachments > kept && { attachmentsLeftOut: attachments - kept }) }, binary };
}

/** What makes a mail one of its kind: its Message-ID, or where and when it lies when it has none. */
export function mailKey(messageId: string | undefined, otherwise: readonly unknown[]): string {
  return messageId || createHash('sha256').update(JSON.stringify(otherwise)).digest('hex');
}
