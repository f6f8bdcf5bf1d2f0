/**
 * Takes secrets out of what came from outside, before it goes into a history, a record, a log or an answer. Services repeat what they were sent: an
 * echo of a header, a token in an error message, a query in a link.
 *
 * Found are the value as it is, on one line, URL-encoded, as JSON text, as HTML text, and in base64, alone or within something longer. Values shorter than 4
 * characters are left alone: they stand everywhere by chance, and masking them would destroy data and hide nothing.
 */
import { isNativeError } from 'node:util/types';

export const masked = '•••';

const shortest = 4;
/** Shorter pieces of base64 are found in unrelated text too often. */
const shortestPiece = 8;

/** Changes a value; made once for all parts of a step's result. */
export type Mask = <T>(value: T) => T;

export function maskSecrets<T>(value: T, secrets: Iterable<string>): T {
  return createMask(secrets)(value);
}

export function createMask(secrets: Iterable<string>): Mask {
  const isLong = ({ length }: string) => length >= shortest;
  const forms = new Set([...secrets].filter(isLong).flatMap(formsOf).filter(isLong));
  if (forms.size === 0) return (value) => value;
  // The longest first: a secret that holds another one goes as a whole.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((form) => escaped(form)).join('|'), 'g');
  const clean = (text: string) => text.replaceAll(pattern, masked);
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    // A service may give back as a number what was sent as text.
    if (typeof value === 'number') return forms.has(String(value)) ? masked : value;
    if (typeof value !== 'object' || value === null) return value;
    if (isNativeError(value)) return maskedError(value, clean);
    if (Array.isArray(value)) return value.map(walk);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [clean(key), walk(entry)]));
  };
  return (value) => walk(value) as typeof value;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** For the log: message and stack, of its causes too. */
function maskedError(error: Error, clean: (text: string) => string): Error {
  const copy = new Error(clean(error.message));
  copy.name = error.name;
  copy.stack = clean(error.stack ?? '');
  if (isNativeError(error.cause)) copy.cause = maskedError(error.cause, clean);
  return copy;
}

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    // Excerpts of answers are put on one line.
    secret.replace(/\s+/g, ' ').trim(),
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ v: secret }).toString().slice(2),
    json,
    ...[json, json.replaceAll('/', '\\/')].map(inAscii),
    ...htmlForms(secret),
    ...base64Forms(secret),
  ];
}

/** As PHP, with its slashes, and Python write JSON unless they are told otherwise. */
function inAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Frameworks differ in what they make of quotes. */
function htmlForms(secret: string): string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quotes = [
    ['&quot;', '&#39;'],
    ['&#34;', '&#39;'],
    ['&quot;', '&#x27;'],
    ['&quot;', '&#039;'],
  ] as const;
  return [text, ...quotes.map(([double, single]) => text.replaceAll('"', double).replaceAll("'", single))];
}

/**
 * Whole, and the part that stays the same at each of the three places where it may begin within a longer text (`user:secret` of
 * basic authentication): what depends on the neighbours' bits is left out at both ends.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const pieces = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const both = (text: string) => [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  return [
    ...both(bytes.toString('base64')),
    ...pieces.filter(({ length }) => length >= shortestPiece).flatMap(both),
  ];
}
