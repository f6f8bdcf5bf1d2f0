/** A mail as it came over the wire, as the item that a run begins with. */
import { createHash } from 'node:crypto';
import { type Attachment, simpleParser } from 'mailparser';
import type { JsonObject } from '../../contracts/json.ts';
import { mailJson, mostHtmlToRead } from './mail-json.ts';

export interface MailFile {
  fileName: string;
  mimeType: string;
  content: Buffer;
}

export interface ReadMail {
  /** From `mailJson`. */
  json: JsonObject;
  files: MailFile[];
  /** What makes the mail one of its kind: its Message-ID, or a digest of its bytes when it has none. */
  key: string;
}

/**
 * @param raw MIME, read whole: whoever calls has limited it
 * @returns undefined when this is no mail: it has no header that every mail has
 */
export async function parseMail(raw: Buffer): Promise<ReadMail | undefined> {
  const mail = await simpleParser(raw, {
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: mostHtmlToRead,
  }).catch(() => undefined);
  if (!mail || !(mail.headers.has('from') || mail.headers.has('message-id'))) return undefined;
  return {
    json: mailJson({
      ...{ headers: mail.headers, headerLines: mail.headerLines, text: mail.text ?? '' },
      html: typeof mail.html === 'string' ? mail.html : '',
    }),
    files: mail.attachments.map(fileOf),
    key: mail.messageId ?? createHash('sha256').update(raw).digest('hex'),
  };
}

function fileOf({ filename, contentType, content }: Attachment, index: number): MailFile {
  return { fileName: filename ?? `attachment-${index + 1}`, mimeType: contentType, content };
}
