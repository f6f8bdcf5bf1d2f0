import { DateTime, Duration, type DurationLikeObject } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { isRecord, toNumber, toText } from '../values/convert.ts';
import { type Context, DateValue } from '../values/internal.ts';
import { parseDateTime } from './parse-date.ts';
import { badArgument } from './support.ts';

const UNITS = new Set(
  'year quarter month week day hour minute second millisecond'
    .split(' ')
    .flatMap((unit) => [unit, `${unit}s`]),
);
type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

/** A unit of time, singular or plural, checked against Luxon's list. */
export function unitArgument(method: string, context: Context, value: unknown, otherwise?: Unit): Unit {
  if (value === undefined && otherwise !== undefined) return otherwise;
  const unit = toText(context, value).toLowerCase().trim();
  if (UNITS.has(unit)) return unit as Unit;
  throw new ExpressionError('type', `${method}() needs a unit such as "days", not "${unit.slice(0, 30)}".`);
}

/** `plus(7, 'days')`, `plus({ days: 7 })`, `plus(Duration)` or milliseconds. */
export function durationArgument(
  method: string,
  context: Context,
  [value, unit]: readonly unknown[],
): Duration {
  if (value instanceof Duration) return value;
  if (isRecord(value)) return Duration.fromObject(unitFields(method, context, value), { locale: 'en-US' });
  const amount = toNumber(context, value);
  if (Number.isNaN(amount)) throw badArgument(method, 'an amount such as 7 or { days: 7 }', value);
  const fields = { [`${unitArgument(method, context, unit, 'millisecond').replace(/s$/, '')}s`]: amount };
  return Duration.fromObject(fields as DurationLikeObject, { locale: 'en-US' });
}

/** Own numeric fields of an object whose names are units of time. */
export function unitFields(
  method: string,
  context: Context,
  value: Record<string, unknown>,
): DurationLikeObject {
  const result: Record<string, number> = {};
  for (const key of Object.keys(value).slice(0, 20)) {
    const amount = toNumber(context, value[key]);
    if (Number.isNaN(amount))
      throw new ExpressionError(
        'type',
        `${method}() got ${toText(context, value[key])} for ${key}; it needs a number.`,
      );
    result[unitArgument(method, context, key)] = amount;
  }
  return result;
}

const DATE_FIELDS = new Set(
  'year month day hour minute second millisecond ordinal weekYear weekNumber weekday quarter'
    .split(' ')
    .flatMap((unit) => [unit, `${unit}s`]),
);

/** Own fields of an object that name parts of a date, for `set` and `fromObject`. */
export function dateFields(method: string, context: Context, value: unknown): Record<string, number> {
  if (!isRecord(value)) throw badArgument(method, 'an object such as { hour: 9 }', value);
  const result: Record<string, number> = {};
  for (const key of Object.keys(value).slice(0, 20)) {
    if (!DATE_FIELDS.has(key))
      throw new ExpressionError(
        'type',
        `${method}() does not know the field "${key}". Use year, month, day, hour and so on.`,
      );
    result[key] = toNumber(context, value[key]);
  }
  return result;
}

/** A zone's name, `UTC+3` or an offset in minutes; the host's own zone is replaced by the automation's. */
export function zoneArgument(context: Context, value: unknown): string {
  if (value === undefined || value === null) return context.scope.source.zone;
  if (typeof value === 'number')
    return `UTC${value < 0 ? '-' : '+'}${Math.floor(Math.abs(value) / 60)}:${String(Math.abs(value) % 60).padStart(2, '0')}`;
  const name = toText(context, value);
  if (['local', 'system', 'default'].includes(name.toLowerCase())) return context.scope.source.zone;
  if (/^[A-Za-z0-9_+\-/:]{1,40}$/.test(name)) return name;
  throw new ExpressionError(
    'type',
    `"${name.slice(0, 40)}" is not a time zone. Use a name such as America/Sao_Paulo.`,
  );
}

/** Another moment: DateTime, Date, ISO text or milliseconds. */
export function momentArgument(method: string, context: Context, value: unknown): DateTime {
  const { zone } = context.scope.source;
  if (value instanceof DateTime) return value;
  if (value instanceof DateValue || typeof value === 'number') {
    return DateTime.fromMillis(value instanceof DateValue ? value.ms || 0 : value, { zone, locale: 'en-US' });
  }
  context.budget.step(100);
  const date = typeof value === 'string' ? parseDateTime(value, zone) : undefined;
  if (date?.isValid) return date;
  throw badArgument(method, 'a date', value);
}

/** A boolean option of an options object. */
export function flag(options: unknown, name: string): boolean | undefined {
  if (!isRecord(options) || !Object.hasOwn(options, name)) return undefined;
  return Boolean(options[name]);
}

/** Options of toISO and its kind. */
export function isoOptions(options: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name of [
    'suppressMilliseconds',
    'suppressSeconds',
    'includeOffset',
    'includePrefix',
    'extendedZone',
  ]) {
    const value = flag(options, name);
    if (value !== undefined) result[name] = value;
  }
  if (isRecord(options) && Object.hasOwn(options, 'format') && options.format === 'basic')
    result.format = 'basic';
  return result;
}

const MACROS: Record<string, string> = {
  D: 'M/d/yyyy',
  DD: 'LLL d, yyyy',
  DDD: 'LLLL d, yyyy',
  DDDD: 'EEEE, LLLL d, yyyy',
  t: 'h:mm a',
  tt: 'h:mm:ss a',
  ttt: 'h:mm:ss a ZZZZ',
  tttt: 'h:mm:ss a ZZZZZ',
  T: 'HH:mm',
  TT: 'HH:mm:ss',
  TTT: 'HH:mm:ss ZZZZ',
  TTTT: 'HH:mm:ss ZZZZZ',
  f: 'M/d/yyyy, h:mm a',
  ff: 'LLL d, yyyy, h:mm a',
  fff: "LLLL d, yyyy 'at' h:mm a ZZZZ",
  ffff: "EEEE, LLLL d, yyyy 'at' h:mm a ZZZZZ",
  F: 'M/d/yyyy, h:mm:ss a',
  FF: 'LLL d, yyyy, h:mm:ss a',
  FFF: "LLLL d, yyyy 'at' h:mm:ss a ZZZZ",
  FFFF: "EEEE, LLLL d, yyyy 'at' h:mm:ss a ZZZZZ",
};

/** The format of a method, its macros written out. */
export function formatArgument(method: string, context: Context, value: unknown): string {
  const format = toText(context, value);
  if (format.length > 500)
    throw new ExpressionError('budget', `The format of ${method}() is too long: 500 characters at most.`);
  return writeOutMacros(format);
}

/** A Luxon format whose locale macros (`DD`, `ff`) are written out, so that Intl is never asked for them. */
export function writeOutMacros(format: string): string {
  return format.replace(
    /'[^']*'|(D{1,4}|t{1,4}|T{1,4}|f{1,4}|F{1,4})(?!\1)|([a-zA-Z])\2*/g,
    (part, macro?: string) => (macro !== undefined && Object.hasOwn(MACROS, part) ? MACROS[part]! : part),
  );
}
