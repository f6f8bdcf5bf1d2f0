/** Paths through an item's JSON, for autocompletion and for fields dragged into an expression. */
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';

export interface JsonPath {
  /** Text after `$json`, e.g. `.customer.name` or `["a b"][0]`. */
  path: string;
  /** What is there, short. */
  sample: string;
}

const deepest = 6;
const most = 300;

/** Every path of `json`, parents before children, at most 300 and six levels deep. */
export function jsonPaths(json: JsonObject): JsonPath[] {
  const found: JsonPath[] = [];
  const visit = (value: JsonValue, path: string, depth: number) => {
    if (found.length >= most) return;
    if (path) found.push({ path, sample: sampleOf(value) });
    if (depth >= deepest || typeof value !== 'object' || value === null) return;
    // A list's entries look alike: the first stands for all.
    if (Array.isArray(value)) {
      if (value.length > 0) visit(value[0]!, `${path}[0]`, depth + 1);
      return;
    }
    for (const [key, entry] of Object.entries(value)) visit(entry, path + accessor(key), depth + 1);
  };
  visit(json, '', 0);
  return found;
}

/** `.key`, or `["odd key"]`; `[3]` for a position. */
export function accessor(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

export function pathExpression(path: readonly (string | number)[], root = '$json'): string {
  return `{{ ${root}${path.map(accessor).join('')} }}`;
}

function sampleOf(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
