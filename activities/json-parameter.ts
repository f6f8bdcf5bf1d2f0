import { StepFailure } from '../contracts/effect.ts';
import type { JsonValue } from '../contracts/json.ts';
import { positionOf } from './http/request.ts';

/**
 * The value of a JSON parameter: text of a form, or what an expression gave. Empty text is an empty object.
 * @throws StepFailure `bad-json`, without the text itself: it may hold a secret
 */
export function jsonParameter(value: JsonValue, name: string): JsonValue {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return {};
  try {
    return JSON.parse(value) as JsonValue;
  } catch (error) {
    throw new StepFailure({
      code: 'bad-json',
      message: `"${name}" is not valid JSON: ${positionOf(error, value)}.`,
      hint: 'Quotes inside text have to be escaped; an expression that gives an object, ={{ $json }}, needs none.',
    });
  }
}
