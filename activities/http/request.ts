/** Makes the request that goes on the wire out of the node's parameters. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { CredentialUse } from '../../contracts/credentials/index.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { Files } from '../../storage/index.ts';
import { binaryOf } from '../files/binary-of.ts';
import type { HttpParameters } from './parameters.ts';
import { fileBody, multipartBody, type WireBody } from './wire-body.ts';

export interface WireRequest {
  method: HttpParameters['method'];
  url: URL;
  /** By lower-case name. */
  headers: Map<string, string>;
  /** Names of headers that carry a secret, whatever they are called: dropped when a redirect leaves the origin. */
  secretHeaders: ReadonlySet<string>;
  body: WireBody;
}

const nothing: CredentialUse = { headers: [], query: [] };

/** What a body with files is made of. */
export interface Attachments {
  item: Item | undefined;
  files: Files;
}

/**
 * @param credential what the node's credential adds; it wins over what the node says itself
 * @param secrets values that may have got into the parameters
 * @throws StepFailure `bad-url`, `bad-header`, `bad-body` or `no-file`.
 */
export function buildRequest(
  parameters: HttpParameters,
  idempotencyKey: string,
  attachments: Attachments,
  credential: CredentialUse = nothing,
  secrets: ReadonlySet<string> = new Set(),
): WireRequest {
  const url = parseUrl(parameters.url);
  for (const { name, value } of parameters.query) url.searchParams.append(name, value);
  for (const [name, value] of credential.query) url.searchParams.set(name, value);
  const { body, contentType } = bodyOf(parameters, attachments);
  const headers = new Map<string, string>([
    ['user-agent', 'Hiviex'],
    ['accept', 'application/json, text/*;q=0.9, */*;q=0.5'],
    ['accept-encoding', 'gzip, deflate, br'],
    ['idempotency-key', idempotencyKey],
  ]);
  if (contentType) headers.set('content-type', contentType);
  moveCredentials(url, headers);
  for (const [name, value] of headersOf(parameters.headers)) headers.set(name, value);
  const own = headersOf(credential.headers.map(([name, value]) => ({ name, value })));
  for (const [name, value] of own) headers.set(name, value);
  const holdsSecret = (value: string) =>
    [...secrets].some((secret) => secret !== '' && value.includes(secret));
  const secretHeaders = new Set(
    [...headers].flatMap(([name, value]) =>
      own.has(name) || isSecretHeader(name) || holdsSecret(value) ? [name] : [],
    ),
  );
  return { method: parameters.method, url, headers, secretHeaders, body };
}

/** Headers that by their name carry secrets: dropped when a redirect leaves the origin, and never repeated in a failure. */
export function isSecretHeader(name: string): boolean {
  return (
    name !== 'idempotency-key' && /auth|cookie|token|secret|password|session|api-?key|(^|-)key$/.test(name)
  );
}

/** @throws StepFailure `bad-url`. The text itself is not repeated: it may hold a password or a key. */
export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url) {
    throw new StepFailure({
      code: 'bad-url',
      message: 'The URL of the HTTP request is not a URL.',
      hint: 'It has to be complete, as in https://api.example.com/orders. Look at its preview: an expression may have come out empty.',
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new StepFailure({
      code: 'bad-url',
      message: `The HTTP request cannot use "${url.protocol}" addresses, only http: and https:.`,
      hint: 'Begin the URL with https://.',
    });
  }
  url.hash = '';
  return url;
}

/** `https://name:password@host` becomes a header, so that the password is in no URL that is logged or shown. */
function moveCredentials(url: URL, headers: Map<string, string>): void {
  if (url.username === '' && url.password === '') return;
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  url.username = '';
  url.password = '';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headersOf(pairs: HttpParameters['headers']): Map<string, string> {
  const headers = new Map<string, string>();
  for (const pair of pairs) {
    const name = pair.name.trim().toLowerCase();
    const value = pair.value.trim();
    assertHeader(name, value);
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return headers;
}

/** Set by the connection itself; another value would break the framing of the request. */
const ownHeaders = [
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
];

function assertHeader(name: string, value: string): void {
  const bad = (why: string) =>
    new StepFailure({
      code: 'bad-header',
      message: `The header "${name}" ${why}.`,
      hint: 'Names are letters, digits and dashes; values are one line of plain text (encode other characters).',
    });
  try {
    validateHeaderName(name);
  } catch {
    throw bad('has a name that HTTP does not allow');
  }
  try {
    validateHeaderValue(name, value);
  } catch {
    throw bad('has a value with characters that HTTP does not allow');
  }
  if (ownHeaders.includes(name)) throw bad('is set by the connection and cannot be set here');
}

function bodyOf(
  parameters: HttpParameters,
  { item, files }: Attachments,
): { body: WireBody; contentType?: string } {
  switch (parameters.bodyType) {
    case 'none':
      return { body: undefined };
    case 'json':
      return { body: jsonText(parameters.jsonBody), contentType: 'application/json' };
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of parameters.formBody) form.append(name, value);
      return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'text':
      return { body: parameters.textBody, contentType: 'text/plain; charset=utf-8' };
    case 'multipart': {
      const attached = parameters.formFiles.map(({ name, file }) => ({
        name,
        reference: binaryOf(item, file),
      }));
      return multipartBody(parameters.formBody, attached, files);
    }
    case 'file': {
      const reference = binaryOf(item, parameters.bodyFile);
      return { body: fileBody(reference, files), contentType: reference.mimeType };
    }
  }
}

/** An expression may give an object as it is; text has to be JSON already. */
function jsonText(body: HttpParameters['jsonBody']): string {
  if (typeof body !== 'string') return JSON.stringify(body);
  try {
    JSON.parse(body);
    return body;
  } catch (error) {
    throw new StepFailure({
      code: 'bad-body',
      message: `The body of the HTTP request is not valid JSON: ${positionOf(error, body)}.`,
      hint: 'Quotes inside text have to be escaped; an expression that gives an object, ={{ $json }}, needs none.',
    });
  }
}

/** What is wrong with JSON, without the text around it that V8 puts into some messages (it may be a secret). */
export function positionOf(error: unknown, text: string): string {
  if (text.trim() === '') return 'it is empty';
  const message = (error as Error).message;
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    const before = text.slice(0, Number(position)).split('\n');
    return `something is wrong at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  }
  const token = /^Unexpected token '?(.)/u.exec(message)?.[1];
  return token === undefined ? 'it ends too early' : `it has ${token} where JSON allows none`;
}
