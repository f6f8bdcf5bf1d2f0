import type { JsonValue } from '../../contracts/json.ts';
import { isObject } from './paths.ts';

/**
 * JSON whose objects have their keys in one order: how an object was put together makes no difference. Values are the same when type
 * and content are: 1 is not "1", and what is missing (the empty text) is not null.
 */
export function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return value === undefined ? '' : JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(',')}}`;
}
