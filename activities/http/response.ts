/**
 * Turns an answer into items.
 *
 * | answer | items |
 * |---|---|
 * | JSON object | one item |
 * | JSON array | one item per element, as in n8n (elements that are not objects come as `{ data: element }`) |
 * | other JSON value, text | one item `{ data: value }` |
 * | nothing | one item `{}` |
 * | anything else | failure `binary-response`: bytes forced into text would be broken without a word |
 */
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { Mask } from '../../outbound/mask-secrets.ts';
import { decompress } from './decompress.ts';
import { networkFailure } from './network-failure.ts';
import { positionOf, type WireRequest } from './request.ts';
import type { WireResponse } from './send.ts';

export type Body = { kind: 'empty' } | { kind: 'text'; text: string } | { kind: 'json'; value: JsonValue };

/**
 * @param maxBytes Of the decompressed body; more is cut off at once.
 * @param mask For what a failure shows of the body, before it is cut: half a secret would be found no more.
 * @throws StepFailure `response-too-large`, `binary-response`, `invalid-json`, or a network failure.
 */
export async function readBody(
  response: WireResponse,
  request: WireRequest,
  maxBytes: number,
  mask: Mask = (value) => value,
): Promise<Body> {
  const type = mediaType(response);
  if (type.kind === 'binary') {
    const empty = response.headers['content-length'] === '0' || request.method === 'HEAD';
    response.body.destroy();
    if (empty) return { kind: 'empty' };
    throw binaryResponse(request, type.name);
  }
  const { bytes, complete } = await readUpTo(response, request, maxBytes);
  if (!complete) throw responseTooLarge(request, response, maxBytes);
  if (bytes.length === 0) return { kind: 'empty' };
  const text = decode(bytes, type, request);
  return type.kind === 'json'
    ? { kind: 'json', value: parseJson(text, request, mask) }
    : { kind: 'text', text };
}

/**
 * The first characters of a body, for the failure of a status ≥ 400. Empty for binary and broken bodies.
 * @param mask As for `readBody`.
 */
export async function readExcerpt(
  response: WireResponse,
  request: WireRequest,
  mask: Mask = (value) => value,
): Promise<string> {
  if (mediaType(response).kind === 'binary') {
    response.body.destroy();
    return '';
  }
  try {
    const { bytes } = await readUpTo(response, request, 8_192);
    const text = mask(new TextDecoder().decode(bytes));
    return text.replace(/\s+/g, ' ').trim().slice(0, 1_000);
  } catch (error) {
    if (error instanceof StepFailure) return '';
    throw error;
  }
}

/** What the builder's next node gets. */
export function itemsOf(body: Body, response: WireResponse, result: 'body' | 'full'): Item[] {
  if (result === 'full') return [{ json: fullResult(body, response) }];
  if (body.kind === 'empty') return [{ json: {} }];
  if (body.kind === 'text') return [{ json: { data: body.text } }];
  const values = Array.isArray(body.value) ? body.value : [body.value];
  return values.map((value) => ({ json: isObject(value) ? value : { data: value } }));
}

function fullResult(body: Body, response: WireResponse): JsonObject {
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    body: body.kind === 'empty' ? {} : body.kind === 'text' ? body.text : body.value,
    status: response.statusCode,
    statusText: response.statusText,
    headers: Object.fromEntries(headers),
  };
}

type MediaType = { kind: 'json' | 'text' | 'binary'; name: string; charset: string };

/** Without a content type the bytes decide: valid UTF-8 is text. */
function mediaType(response: WireResponse): MediaType {
  const header = response.headers['content-type'];
  const [name = '', ...options] = String(header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset =
    options
      .find((option) => option.startsWith('charset='))
      ?.slice(8)
      .replaceAll('"', '') || 'utf-8';
  if (/^(application|text)\/([\w.-]+\+)?json$/.test(name)) return { kind: 'json', name, charset };
  const textual =
    name === '' ||
    /^text\/|[+/](xml|yaml|x-yaml)$|^application\/(javascript|ecmascript|x-ndjson|jsonl|graphql|sql|x-www-form-urlencoded)$/.test(
      name,
    );
  return { kind: textual ? 'text' : 'binary', name, charset };
}

async function readUpTo(
  response: WireResponse,
  request: WireRequest,
  maxBytes: number,
): Promise<{ bytes: Buffer; complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of decompress(response.body, response.headers['content-encoding'])) {
      chunks.push(chunk);
      length += chunk.length;
      if (length <= maxBytes) continue;
      return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), complete: false };
    }
  } catch (error) {
    throw networkFailure(error, request);
  }
  return { bytes: Buffer.concat(chunks), complete: true };
}

function decode(bytes: Buffer, type: MediaType, request: WireRequest): string {
  try {
    return new TextDecoder(type.charset, { fatal: true }).decode(bytes);
  } catch {
    throw binaryResponse(request, type.name || 'bytes without a content type');
  }
}

function parseJson(text: string, request: WireRequest, mask: Mask): JsonValue {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StepFailure({
      code: 'invalid-json',
      message: `${request.url.host} said it sends JSON, but its answer is not: ${positionOf(error, text)}.`,
      hint: 'Open the address yourself: sign-in pages and proxies often answer with HTML under a JSON content type.',
      details: { excerpt: mask(text.slice(0, 10_000)).slice(0, 200) },
    });
  }
}

function binaryResponse(request: WireRequest, type: string): StepFailure {
  return new StepFailure({
    code: 'binary-response',
    message: `${request.url.host} answered with a file (${type}), not with text.`,
    hint: 'Choose "A file" as the result of this node.',
    details: { contentType: type },
  });
}

function responseTooLarge(request: WireRequest, response: WireResponse, maxBytes: number): StepFailure {
  const announced = Number(response.headers['content-length']);
  const size =
    Number.isFinite(announced) && announced > maxBytes ? `${announced} bytes` : `more than ${maxBytes} bytes`;
  return new StepFailure({
    code: 'response-too-large',
    message: `${request.url.host} answered with ${size}; a step takes at most ${maxBytes}. The rest was not read.`,
    hint: 'Ask for less at a time: a page of the list, fewer fields, a narrower filter.',
    details: { maxBytes },
  });
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
