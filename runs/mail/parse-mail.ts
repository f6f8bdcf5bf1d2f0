/** A mail as it came over the wire, as the item that a run begins with. */
import { createHash } from 'node:crypto';
import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { JsonObject } from '../../contracts/json.ts';

/** Characters of HTML from which a text is made for a mail that has none. */
const mostHtmlToRead = 500_000;

export interface MailFile {
  fileName: string;
  mimeType: string;
  content: Buffer;
}

export interface ReadMail {
  /** `{ from, to, cc, replyTo, subject, text, html, date, messageId, inReplyTo, headers }`; no key is ever missing. */
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
    json: jsonOf(mail),
    files: mail.attachments.map(fileOf),
    key: mail.messageId ?? createHash('sha256').update(raw).digest('hex'),
  };
}

function jsonOf(mail: ParsedMail): JsonObject {
  return {
    from: peopleOf(mail.from)[0] ?? null,
    to: peopleOf(mail.to),
    cc: peopleOf(mail.cc),
    replyTo: peopleOf(mail.replyTo),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : '',
    // A date that can't be read is none: a run must not fail for what a sender's clock says.
    date: mail.date && !Number.isNaN(mail.date.getTime()) ? mail.date.toISOString() : null,
    messageId: mail.messageId ?? '',
    inReplyTo: mail.inReplyTo ?? '',
    headers: headersOf(mail),
  };
}

/** Groups (`Team: a@x, b@x;`) count as their members. */
function peopleOf(given: AddressObject | AddressObject[] | undefined): JsonObject[] {
  return [given ?? []].flat().flatMap(({ value }) =>
    value.flatMap(({ name, address, group }) => {
      if (group) return group.map((one) => ({ name: one.name, address: one.address ?? '' }));
      return [{ name, address: address ?? '' }];
    }),
  );
}

/** By lower-case name, as they came; one that comes several times (`received`) is a list. */
function headersOf({ headerLines }: ParsedMail): JsonObject {
  const lines = Map.groupBy(headerLines, ({ key }) => key);
  return Object.fromEntries(
    Array.from(lines, ([name, ofName]) => {
      const values = ofName.map(({ line }) => headerValue(line));
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function headerValue(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim();
}

function fileOf({ filename, contentType, content }: Attachment, index: number): MailFile {
  return { fileName: filename ?? `attachment-${index + 1}`, mimeType: contentType, content };
}
