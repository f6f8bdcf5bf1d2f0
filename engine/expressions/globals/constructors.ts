import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { parseDate } from '../methods/parse-date.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { iterate } from '../values/access.ts';
import { callFunction } from '../values/call.ts';
import { dateText, isRecord, toInteger, toNumber, toPrimitive, toText } from '../values/convert.ts';
import {
  Builtin,
  type Context,
  DateValue,
  MapValue,
  members,
  newArray,
  RegexValue,
  SetValue,
} from '../values/internal.ts';

function makeArray(context: Context, args: readonly unknown[]): unknown[] {
  if (args.length !== 1 || typeof args[0] !== 'number') return newArray(context, [...args]);
  const length = args[0];
  if (!Number.isInteger(length) || length < 0)
    throw new ExpressionError('type', `A list cannot have ${length} elements.`);
  context.budget.elements(length);
  return newArray(context, new Array(length).fill(undefined));
}

/** `Array.from`: lists, text, Set, Map and `{ length }`. */
function arrayFrom(context: Context, [source, mapper]: readonly unknown[]): unknown[] {
  let items: readonly unknown[];
  if (isRecord(source)) {
    const length = Object.hasOwn(source, 'length') ? toInteger(context, source.length) : 0;
    context.budget.elements(Math.max(0, length));
    items = Array.from({ length: Math.max(0, length) }, (_, index) =>
      Object.hasOwn(source, index) ? source[index] : undefined,
    );
  } else {
    items = iterate(context, source);
  }
  context.budget.elements(items.length);
  return newArray(
    context,
    mapper === undefined
      ? [...items]
      : items.map((item, index) => callFunction(context, mapper, [item, index])),
  );
}

export const arrayNamespace = new Builtin('Array', {
  call: makeArray,
  construct: makeArray,
  members: members('Array', {
    isArray: (_context, [value]) => Array.isArray(value),
    from: arrayFrom,
    of: (context, args) => newArray(context, [...args]),
  }),
});

/** Reading a date costs microseconds: charged accordingly. */
function readDate(context: Context, text: string): number {
  context.budget.step(100);
  return parseDate(text, 'utc');
}

const MAX_DATE = 8.64e15;

/** `new Date(...)`: the step's clock without arguments, UTC fields with several. */
function makeDate(context: Context, args: readonly unknown[]): DateValue {
  context.budget.step(10);
  if (args.length === 0) return new DateValue(context.scope.source.now);
  if (args.length > 1) return new DateValue(utc(context, args));
  const [value] = args;
  if (value instanceof DateTime) return new DateValue(value.toMillis());
  const primitive = value instanceof DateValue ? value.ms : toPrimitive(context, value);
  const ms =
    typeof primitive === 'string' ? readDate(context, primitive) : Math.trunc(toNumber(context, primitive));
  return new DateValue(Math.abs(ms) <= MAX_DATE ? ms : Number.NaN);
}

function utc(context: Context, args: readonly unknown[]): number {
  const [year = Number.NaN, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = args.map((arg) =>
    toNumber(context, arg),
  );
  return Date.UTC(year, month, day, hour, minute, second, ms);
}

export const dateNamespace = new Builtin('Date', {
  call: (context) => dateText(context.scope.source.now),
  construct: makeDate,
  members: members('Date', {
    now: (context) => context.scope.source.now,
    parse: (context, [text]) => readDate(context, toText(context, text)),
    UTC: utc,
  }),
});

function makeRegex(context: Context, [pattern, flags]: readonly unknown[]): RegexValue {
  const from = pattern instanceof RegexValue ? pattern.program : undefined;
  const source = from?.source ?? toText(context, pattern ?? '');
  const flagText = flags === undefined ? (from?.flagText ?? '') : toText(context, flags);
  context.budget.step(source.length + 10);
  const program = compileRegex(source === '' ? '(?:)' : source, flagText);
  context.budget.step(program.code.length);
  return new RegexValue(program);
}

export const regexNamespace = new Builtin('RegExp', { call: makeRegex, construct: makeRegex });

export const setNamespace = new Builtin('Set', {
  construct: (context, [source]) => {
    const items = source === undefined || source === null ? [] : iterate(context, source);
    context.budget.elements(items.length * 4);
    return new SetValue(new Set(items));
  },
});

export const mapNamespace = new Builtin('Map', {
  construct: (context, [source]) => {
    const map = new Map<unknown, unknown>();
    for (const entry of source === undefined || source === null ? [] : iterate(context, source)) {
      context.budget.allocate(64);
      const [key, value] = iterate(context, entry);
      map.set(key, value);
    }
    return new MapValue(map);
  },
});
