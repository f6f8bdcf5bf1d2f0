/** Reading and writing the field that a transform is about. */
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { getPath, setPath } from '../../engine/items/paths.ts';

/** Text of a field, by its name or path. @throws StepFailure `field-missing`, `field-not-text` */
export function textField(json: JsonObject, path: string): string {
  const value = getPath(json, path);
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) throw missing(path, json);
  throw new StepFailure({
    code: 'field-not-text',
    message: `The field "${path}" holds ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not text.`,
    hint: 'Name the field with the text itself, as in body.html.',
  });
}

function missing(path: string, json: JsonObject): StepFailure {
  const names = Object.keys(json).slice(0, 10).join(', ');
  return new StepFailure({
    code: 'field-missing',
    message: `The item has no field "${path}".`,
    hint: names === '' ? 'The item is empty: look at the node before this one.' : `It has: ${names}.`,
  });
}

/** The item with `path` set, or an item of that field alone. */
export function withField(json: JsonObject, path: string, value: JsonValue, keepOthers: boolean): JsonObject {
  const made = keepOthers ? { ...json } : {};
  setPath(made, path, value);
  return made;
}
