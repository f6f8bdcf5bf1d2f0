/** JSON as text that Postgres takes, and no longer than it may be. */
import type { Item } from '../../contracts/item.ts';
import { previewOf, wholeOutputs } from '../../contracts/outputs-preview.ts';
import type { Failure, WebhookResponse } from '../../contracts/run.ts';

/** Characters of one step's outputs or one response that are kept in full. */
export const outputLimit = wholeOutputs;
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

/** Outputs beyond `limit` are kept as a preview. What is one already (`truncated`) stays what it is. */
export function outputsText(
  { outputs, truncated }: { outputs: Record<string, Item[]>; truncated?: Record<string, number> | undefined },
  limit = outputLimit,
): OutputsText {
  if (truncated) return { json: jsonText(outputs), truncated };
  const json = jsonText(outputs);
  const preview = json.length <= limit ? undefined : previewOf(outputs, limit);
  return preview ? { json: jsonText(preview.outputs), truncated: preview.truncated } : { json };
}

/** What stays of outputs that could not be kept at all. */
export function noOutputs(counts: Record<string, number>): OutputsText {
  const empty = Object.fromEntries(Object.keys(counts).map((port) => [port, []]));
  return { json: jsonText(empty), truncated: counts };
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
