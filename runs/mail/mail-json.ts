/** What a mail says, as the JSON of an item. */
import type { AddressObject, HeaderLines, Headers } from 'mailparser';
import type { JsonObject } from '../../contracts/json.ts';

/** Characters of HTML from which a text is made for a mail that has none. */
export const mostHtmlToRead = 500_000;

export interface MailParts {
  /** As mailparser gives them: `from` and its like are addresses, `date` is a Date. */
  headers: Headers;
  headerLines: HeaderLines;
  text: string;
  html: string;
}

/** `{ from, to, cc, replyTo, subject, text, html, date, messageId, inReplyTo, headers }`; no key is ever missing. */
export function mailJson({ headers, headerLines, text, html }: MailParts): JsonObject {
  const date = headers.get('date');
  return {
    from: peopleOf(headers.get('from'))[0] ?? null,
    to: peopleOf(headers.get('to')),
    cc: peopleOf(headers.get('cc')),
    replyTo: peopleOf(headers.get('reply-to')),
    subject: textOf(headers.get('subject')),
    text,
    html,
    // A date that can't be read is none: a run must not fail for what a sender's clock says.
    date: date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : null,
    messageId: textOf(headers.get('message-id')),
    inReplyTo: textOf(headers.get('in-reply-to')),
    headers: headersOf(headerLines),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Groups (`Team: a@x, b@x;`) count as their members. */
function peopleOf(given: unknown): JsonObject[] {
  return [(given ?? []) as AddressObject | AddressObject[]].flat().flatMap(({ value }) =>
    value.flatMap(({ name, address, group }) => {
      if (group) return group.map((one) => ({ name: one.name, address: one.address ?? '' }));
      return [{ name, address: address ?? '' }];
    }),
  );
}

/** By lower-case name, as they came; one that comes several times (`received`) is a list. */
function headersOf(headerLines: HeaderLines): JsonObject {
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
