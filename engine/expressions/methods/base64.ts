import { ExpressionError } from '../errors.ts';
import type { Context } from '../values/internal.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Text to UTF-8 bytes, without the host's TextEncoder (the workflow sandbox has none of its own). */
function toUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const safe = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (safe < 0x80) bytes.push(safe);
    else if (safe < 0x800) bytes.push(0xc0 | (safe >> 6), 0x80 | (safe & 63));
    else if (safe < 0x10000) bytes.push(0xe0 | (safe >> 12), 0x80 | ((safe >> 6) & 63), 0x80 | (safe & 63));
    else
      bytes.push(
        0xf0 | (safe >> 18),
        0x80 | ((safe >> 12) & 63),
        0x80 | ((safe >> 6) & 63),
        0x80 | (safe & 63),
      );
  }
  return bytes;
}

/** UTF-8 text as base64. */
export function encodeBase64(context: Context, text: string): string {
  context.budget.step(text.length >>> 2);
  context.budget.allocate(text.length * 8);
  const bytes = toUtf8(text);
  let result = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    result += ALPHABET[a >> 2]! + ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    result += b === undefined ? '=' : ALPHABET[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
    result += c === undefined ? '=' : ALPHABET[c & 63]!;
  }
  return result;
}

/** Base64 (also the URL-safe alphabet) to text; bytes that are not UTF-8 throw. */
export function decodeBase64(context: Context, text: string): string {
  context.budget.step(text.length >>> 2);
  context.budget.allocate(text.length * 8);
  const clean = text.replace(/[\s=]/g, '').replace(/-/g, '+').replace(/_/g, '/');
  let escaped = '';
  let bits = 0;
  let count = 0;
  for (const char of clean) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) throw new ExpressionError('type', 'base64Decode() got text that is not base64.');
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    escaped += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw new ExpressionError(
      'type',
      'base64Decode() got bytes that are not text. Use binary data for files.',
    );
  }
}
