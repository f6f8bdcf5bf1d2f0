/**
 * Reads request bodies with a limit that holds while they arrive: a 50 MB upload costs the limit in memory, never 50 MB, and is
 * refused as soon as it is known to be too large.
 */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import type { JsonValue } from '../contracts/json.ts';
import { ApiProblem } from './problems.ts';

const gunzip = promisify(gunzipCallback);

/**
 * The whole body.
 * @param limit bytes, compressed or not
 * @throws ApiProblem `too-large`, `unsupported-body`
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  const raw = await collect(request, limit);
  if (encoding === 'identity') return raw;
  if (encoding !== 'gzip') throw new ApiProblem('unsupported-body', { type: encoding });
  try {
    return await gunzip(raw, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new ApiProblem('unsupported-body', { type: encoding });
  }
}

/**
 * What a body of this content type says. No body gives `{}`.
 * @throws ApiProblem `invalid-json`, `unsupported-body`
 */
export function parseBody(contentType: string | undefined, body: Buffer): JsonValue {
  if (body.length === 0) return {};
  const [type = '', ...parameters] = (contentType ?? 'application/json').toLowerCase().split(';');
  const mediaType = type.trim();
  const content = decode(body, charsetOf(parameters), mediaType);
  if (mediaType === 'application/json' || mediaType.endsWith('+json')) return parseJson(content);
  if (mediaType === 'application/x-www-form-urlencoded') return formFields(new URLSearchParams(content));
  if (mediaType.startsWith('text/') || mediaType === 'application/xml' || mediaType.endsWith('+xml'))
    return content;
  throw new ApiProblem('unsupported-body', { type: mediaType });
}

/** Fields by name; one that comes several times becomes a list. */
export function formFields(fields: URLSearchParams): Record<string, string | string[]> {
  const names = new Set(fields.keys());
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) {
        chunks.push(chunk);
        return;
      }
      stop();
      request.pause();
      reject(tooLarge(limit));
    };
    const onEnd = () => {
      stop();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    // The caller left in the middle; there is nobody to answer, but whoever waits for the body must go on.
    const onLost = () => {
      stop();
      reject(new ApiProblem('invalid-request'));
    };
    const stop = () =>
      request.off('data', onData).off('end', onEnd).off('error', onLost).off('close', onLost);
    request.on('data', onData).on('end', onEnd).on('error', onLost).on('close', onLost);
  });
}

function tooLarge(limit: number): ApiProblem {
  return new ApiProblem('too-large', { limit: `${Math.floor(limit / 1_000)} kB` });
}

function parseJson(content: string): JsonValue {
  try {
    return JSON.parse(content) as JsonValue;
  } catch (error) {
    throw new ApiProblem('invalid-json', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function charsetOf(parameters: string[]): string {
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
  return charset?.trim().slice('charset='.length).replaceAll('"', '') ?? 'utf-8';
}

function decode(body: Buffer, charset: string, mediaType: string): string {
  if (charset === 'utf-8' || charset === 'utf8') return body.toString('utf8');
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    throw new ApiProblem('unsupported-body', { type: `${mediaType}; charset=${charset}` });
  }
}
