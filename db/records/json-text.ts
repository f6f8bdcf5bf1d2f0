/** JSON as text that Postgres takes, and no longer than it may be. */
import type { Item } from '../../contracts/item.ts';
import type { Failure, WebhookResponse } from '../../contracts/run.ts';

/** Bytes (UTF-16 units, to be exact) of one step's outputs or one response that are kept in full. */
export const outputLimit = 256 * 1024;
const noteLimit = 64 * 1024;

/**
 * jsonb refuses NUL and lone surrogates, which JSON.stringify writes as `\u0000` and `\udxxx`; both become U+FFFD, as a decoder
 * would do. The look-behind keeps a backslash that was itself escaped (`\\u0000` is six harmless characters).
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return 'null';
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\ufffd');
}

export interface OutputsText {
  json: string;
  /** How many items each port really had; only set when some are missing. */
  truncated?: Record<string, number>;
}

/** Outputs beyond `limit` are kept as a preview: of every port the first items that fit into its share, and how many there were. */
export function outputsText(outputs: Record<string, Item[]>, limit = outputLimit): OutputsText {
  const json = jsonText(outputs);
  if (json.length <= limit) return { json };
  const ports = Object.entries(outputs);
  const share = limit / ports.length;
  const parts = ports.map(([port, items]) => `${jsonText(port)}:[${firstThatFit(items, share).join(',')}]`);
  return { json: `{${parts.join(',')}}`, truncated: countItems(outputs) };
}

/** What stays of outputs that could not be kept at all. */
export function noOutputs(counts: Record<string, number>): OutputsText {
  const empty = Object.fromEntries(Object.keys(counts).map((port) => [port, []]));
  return { json: jsonText(empty), truncated: counts };
}

export function countItems(outputs: Record<string, Item[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.length]));
}

function firstThatFit(items: Item[], limit: number): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = jsonText(item);
    length += text.length + 1;
    if (length > limit) break;
    kept.push(text);
  }
  return kept;
}

/** A failure's details are for reading: what is too long to read is left out. */
export function failureText(failure: Failure): string {
  const text = jsonText(failure);
  if (text.length <= noteLimit) return text;
  const { details: _, ...rest } = failure;
  return jsonText({ ...rest, message: rest.message.slice(0, noteLimit) });
}

export function logsText(logs: string[]): string {
  const text = jsonText(logs);
  if (text.length <= noteLimit) return text;
  const kept: string[] = [];
  let length = 0;
  for (const line of logs) {
    length += line.length;
    if (length > noteLimit) break;
    kept.push(line);
  }
  return jsonText([...kept, `… ${logs.length - kept.length} more lines were not kept`]);
}

/** The caller got the answer in full; the record keeps the start of a long one as text. */
export function responseText(response: WebhookResponse): string {
  const text = jsonText(response);
  if (text.length <= outputLimit) return text;
  const body = response.body.kind === 'text' ? response.body.value : text;
  const value = `${body.slice(0, noteLimit)}\n… ${body.length - noteLimit} more characters were not kept`;
  return jsonText({ ...response, body: { kind: 'text', value } });
}
