import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { describe, isRecord } from '../values/convert.ts';
import { type Context, MapValue, own, SetValue } from '../values/internal.ts';

/** n8n's idea of empty: null, undefined, '', no elements, no fields. */
export function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof SetValue) return value.set.size === 0;
  if (value instanceof MapValue) return value.map.size === 0;
  if (value instanceof DateTime) return false;
  return isRecord(value) && Object.keys(value).length === 0;
}

/**
 * `JSON.parse` whose result the expression may change. Fields named `__proto__` are dropped: later code that
 * copies them would change a prototype.
 */
export function parseJson(context: Context, text: string): unknown {
  context.budget.allocate(text.length * 2);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const start = text.slice(0, 40);
    throw new ExpressionError('type', `This text is not valid JSON: ${start}${text.length > 40 ? '…' : ''}`);
  }
  claim(context, value, 0);
  return value;
}

function claim(context: Context, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  context.budget.step();
  if (depth > 200) throw new ExpressionError('budget', 'This JSON is nested too deeply.');
  own(context, value);
  if (Array.isArray(value)) {
    for (const item of value) claim(context, item, depth + 1);
    return;
  }
  const record = value as Record<string, unknown>;
  if (Object.hasOwn(record, '__proto__')) Reflect.deleteProperty(record, '__proto__');
  for (const key of Object.keys(record)) claim(context, record[key], depth + 1);
}

/** An error for a method that got the wrong kind of argument. */
export function badArgument(method: string, needs: string, got: unknown): ExpressionError {
  return new ExpressionError('type', `${method}() needs ${needs}, but got ${describe(got)}.`);
}

/** A list argument, checked. */
export function listArgument(method: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badArgument(method, 'a list', value);
}

/** A digits argument of toFixed and its kind, checked. */
export function digitsArgument(method: string, digits: number, low: number, high: number): number {
  if (digits >= low && digits <= high) return digits;
  throw new ExpressionError('type', `${method}() takes ${low} to ${high}, not ${digits}.`);
}

/** Charges a search for text of length `pattern` in text of length `text`. */
export function chargeSearch(context: Context, text: number, pattern: number): void {
  context.budget.scan(text);
  context.budget.step((text >>> 8) * (pattern >>> 8));
}
