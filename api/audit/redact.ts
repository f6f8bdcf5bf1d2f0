/**
 * What may be kept of a change: values whose name says that they are secret are masked, and what is long is cut, so that no row
 * holds a whole graph.
 *
 *   redact({ name: 'Mail', password: 'x' })   // { name: 'Mail', password: '[redacted]' }
 */
import type { JsonObject, JsonValue } from '../../contracts/json.ts';

export const redacted = '[redacted]';

const longestText = 500;
const mostEntries = 50;
const deepest = 6;

/** Ends of words, so that `apiKey`, `client_secret` and `x-auth-token` are secret and `keyHeader` or `tokens` are not. */
const secretName =
  /((password|passwd|passphrase|secret|token|private[-_]?key|api[-_]?key|access[-_]?key)([-_]?hash)?|authorization|cookie|sealed|otp)$/i;
/** One of our API keys, a JWT, or a bearer header, wherever it stands. */
const secretValue = /hvx_[ps]_[0-9A-Za-z]+|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=bearer\s+)[\w.~+/=-]{8,}/gi;

export function redact(value: JsonObject): JsonObject {
  return mask(value, 0) as JsonObject;
}

function mask(value: JsonValue, depth: number): JsonValue {
  if (typeof value === 'string') return cut(value.replace(secretValue, redacted));
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '[…]';
  if (Array.isArray(value)) {
    const shown = value.slice(0, mostEntries).map((entry) => mask(entry, depth + 1));
    return value.length > mostEntries ? [...shown, `[… ${value.length - mostEntries}]`] : shown;
  }
  const entries = Object.entries(value).slice(0, mostEntries);
  return Object.fromEntries(
    entries.map(([name, entry]) => [
      name,
      secretName.test(name) && isSet(entry) ? redacted : mask(entry as JsonValue, depth + 1),
    ]),
  );
}

/** That there is no password, or whether there is one, is no secret. */
function isSet(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}[… ${text.length - longestText}]` : text;
}
