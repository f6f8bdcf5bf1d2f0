/**
 * Dotted paths into JSON: `customer.address.city`, `lines[0].price`. A field that has exactly this name, dots and all, comes before
 * the path (columns of a sheet are called `No.`). Objects on the way are copied, never changed in place.
 */
import type { JsonObject, JsonValue } from '../../contracts/json.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Sets `path` in `target`, making objects on the way. `target` itself is changed; what it shares with others is copied.
 * @param like says whether the path is one field whose name holds dots, where `target` does not have it yet.
 */
export function setPath(target: JsonObject, path: string, value: JsonValue, like = target): void {
  const keys = keysOf(like, path);
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

/** Removes what is at `path`. An entry of a list becomes null: the others keep their positions, which paths name. */
export function removePath(target: JsonObject, path: string): void {
  if (getPath(target, path) === undefined) return;
  const keys = keysOf(target, path);
  let here: JsonObject = target;
  for (const key of keys.slice(0, -1)) {
    const next = own(here, key);
    const copy = (Array.isArray(next) ? [...next] : { ...(next as JsonObject) }) as JsonObject;
    define(here, key, copy);
    here = copy;
  }
  const last = keys[keys.length - 1]!;
  if (!Array.isArray(here)) delete here[last];
  else if (last !== 'length') define(here, last, null);
}

/** The value at `path`, or undefined. */
export function getPath(from: JsonValue | undefined, path: string): JsonValue | undefined {
  return valueAt(from, keysOf(from, path));
}

/** The value behind `keys`, one inside the other, or undefined. */
export function valueAt(from: JsonValue | undefined, keys: readonly string[]): JsonValue | undefined {
  let here: JsonValue | undefined = from;
  for (const key of keys)
    here = typeof here === 'object' && here !== null ? own(here as JsonObject, key) : undefined;
  return here;
}

function keysOf(root: JsonValue | undefined, path: string): string[] {
  if (isObject(root) && Object.hasOwn(root, path)) return [path];
  return path.replace(/\[(\d+)\]/g, '.$1').split('.');
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Plain assignment would call the setter behind `__proto__`. */
function define(object: JsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
