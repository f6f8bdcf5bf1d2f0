import { DateTime, Duration, Interval } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { type Context, DateValue, Internal } from './internal.ts';

/** What a value is called in messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'a boolean';
  if (value instanceof Internal) return value.label;
  if (value instanceof DateTime) return 'a DateTime';
  if (value instanceof Duration) return 'a Duration';
  if (value instanceof Interval) return 'an Interval';
  return 'an object';
}

/** True for a plain JSON object: not a list, not a date, nothing of the interpreter's own. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return !(
    Array.isArray(value) ||
    value instanceof Internal ||
    value instanceof DateTime ||
    value instanceof Duration ||
    value instanceof Interval
  );
}

/** JavaScript's ToString without ever calling code of the value's own. Charged by length. */
export function toText(context: Context, value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  context.budget.step();
  if (Array.isArray(value)) return joinText(context, value, ',', depth + 1);
  if (value instanceof DateTime || value instanceof Interval) return value.toString();
  if (value instanceof Duration) return value.toISO() ?? 'Invalid Duration';
  if (value instanceof DateValue) return dateText(value.ms);
  if (value instanceof Internal) return `[${value.label}]`;
  return '[object Object]';
}

/** `Array.prototype.join`: null and undefined are empty; lists that contain themselves end in a budget error. */
export function joinText(context: Context, list: readonly unknown[], separator: string, depth = 0): string {
  if (depth > 100) throw new ExpressionError('budget', 'This list is nested too deeply to become text.');
  const { budget } = context;
  budget.step(list.length);
  budget.allocate(separator.length * list.length);
  const parts: string[] = [];
  for (const item of list) {
    const text = item === null || item === undefined ? '' : toText(context, item, depth);
    budget.allocate(text.length);
    parts.push(text);
  }
  return parts.join(separator);
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Date.prototype.toString` as a host in UTC writes it. */
export function dateText(ms: number): string {
  if (!Number.isFinite(ms)) return 'Invalid Date';
  const date = new Date(ms);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(-13, -5);
  return `${WEEKDAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${date.getUTCFullYear()} ${time} GMT+0000 (Coordinated Universal Time)`;
}

/** ToPrimitive: text, number, boolean, null or undefined. Dates become text unless `hint` asks for a number. */
export function toPrimitive(
  context: Context,
  value: unknown,
  hint: 'default' | 'number' = 'default',
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof DateTime || value instanceof Duration) return value.valueOf();
  if (value instanceof DateValue && hint === 'number') return value.ms;
  return toText(context, value);
}

/** JavaScript's ToNumber without calling code of the value's own. */
export function toNumber(context: Context, value: unknown): number {
  if (typeof value === 'number') return value;
  const primitive = toPrimitive(context, value, 'number');
  if (typeof primitive === 'string') context.budget.scan(primitive.length);
  return Number(primitive as string);
}

/** ToIntegerOrInfinity, with a value for `undefined`. */
export function toInteger(context: Context, value: unknown, otherwise = 0): number {
  if (value === undefined) return otherwise;
  const number = Math.trunc(toNumber(context, value));
  return Number.isNaN(number) ? 0 : number;
}

/** `===`. Comparing long texts is charged. */
export function strictEquals(context: Context, left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left.length !== right.length) return false;
    context.budget.scan(left.length);
  }
  return left === right;
}

/** `==` without coercion hooks. */
export function looseEquals(context: Context, left: unknown, right: unknown): boolean {
  const leftIsObject = typeof left === 'object' && left !== null;
  const rightIsObject = typeof right === 'object' && right !== null;
  if (leftIsObject === rightIsObject) {
    if (typeof left === 'string' && typeof right === 'string') return strictEquals(context, left, right);
    // biome-ignore lint/suspicious/noDoubleEquals: this is the language's `==` on two primitives
    return leftIsObject ? left === right : left == right;
  }
  if (left === null || left === undefined || right === null || right === undefined) return false;
  return looseEquals(context, toPrimitive(context, left), toPrimitive(context, right));
}

/** Names that lead from data to code in JavaScript. Own data fields of these names may still be read. */
const FORBIDDEN = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'caller',
  'callee',
  'arguments',
]);

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name);
}

export function forbiddenName(name: string): ExpressionError {
  return new ExpressionError(
    'forbidden',
    `"${name}" cannot be used in expressions: it leads out of the data. Rename the field if it is yours.`,
  );
}

/** Sets a field of an object made by the expression; never the prototype. */
export function setField(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') throw forbiddenName(name);
  target[name] = value;
}

/** ToPropertyKey for data: text. */
export function toKey(context: Context, value: unknown): string {
  return typeof value === 'string' ? value : toText(context, value);
}
