/** What makes a delivery one of its kind: a header, or a value in its body. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { HookOptions } from './hook-options.ts';

export interface DeliveryKey {
  /** Of a header and of a body are different things, though they read the same. */
  kind: 'hook' | 'hook-body';
  key: string;
}

export function keyInHeader(
  { keyHeader }: Pick<HookOptions, 'keyHeader'>,
  headers: IncomingHttpHeaders,
): DeliveryKey | undefined {
  const value = keyHeader === '' ? undefined : headers[keyHeader];
  return typeof value === 'string' && value !== '' ? { kind: 'hook', key: value } : undefined;
}

/** None of a delivery with files: they are stored under the run's name before the body is known. */
export function keyInBody(
  { keyPath }: Pick<HookOptions, 'keyPath'>,
  { json, binary }: Item,
): DeliveryKey | undefined {
  const value = keyPath && !binary ? at(json.body, keyPath) : undefined;
  if (typeof value === 'number') return { kind: 'hook-body', key: String(value) };
  return typeof value === 'string' && value !== '' ? { kind: 'hook-body', key: value } : undefined;
}

function at(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let inner = value;
  for (const part of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, part)) return undefined;
    inner = (inner as JsonObject)[part];
  }
  return inner;
}
