/** What makes a delivery one of its kind: a header, or a value in its body. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Item } from '../../contracts/item.ts';
import { valueAt } from '../../engine/items/paths.ts';
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
  const value = keyPath && !binary ? valueAt(json.body, keyPath) : undefined;
  if (typeof value === 'number') return { kind: 'hook-body', key: String(value) };
  return typeof value === 'string' && value !== '' ? { kind: 'hook-body', key: value } : undefined;
}
