/** Dotted paths into JSON: `customer.address.city`, `lines[0].price`. Objects on the way are copied, never changed in place. */
import type { JsonObject, JsonValue } from '../../contracts/json.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets `path` in `target`, making objects on the way. `target` itself is changed; what it shares with others is copied. */
export function setPath(target: JsonObject, path: string, value: JsonValue): void {
  const keys = keysOf(path);
  let here: JsonObject = target;
  for (const key of keys.slice(0, -1)) {
    const next = own(here, key);
    const copy: JsonObject | JsonValue[] = Array.isArray(next)
      ? [...next]
      : isObject(next)
        ? { ...next }
        : {};
    define(here, key, copy as JsonValue);
    here = copy as JsonObject;
  }
  define(here, keys[keys.length - 1]!, value);
}

export function removePath(target: JsonObject, path: string): void {
  const keys = keysOf(path);
  let here: JsonObject = target;
  for (const key of keys.slice(0, -1)) {
    const next = own(here, key);
    if (!isObject(next)) return;
    const copy = { ...next };
    define(here, key, copy);
    here = copy;
  }
  delete here[keys[keys.length - 1]!];
}

/** The value at `path`, or undefined. */
export function getPath(from: JsonValue | undefined, path: string): JsonValue | undefined {
  let here: JsonValue | undefined = from;
  for (const key of keysOf(path))
    here = typeof here === 'object' && here !== null ? own(here as JsonObject, key) : undefined;
  return here;
}

function keysOf(path: string): string[] {
  return path.replace(/\[(\d+)\]/g, '.$1').split('.');
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Plain assignment would call the setter behind `__proto__`. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
