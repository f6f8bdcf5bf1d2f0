import { DateTime, Duration, type DurationLikeObject, Interval } from 'luxon';
import { ExpressionError } from '../errors.ts';
import {
  dateFields,
  durationArgument,
  formatArgument,
  momentArgument,
  unitFields,
  zoneArgument,
} from '../methods/luxon-arguments.ts';
import { badArgument } from '../methods/support.ts';
import { isRecord, toNumber, toText } from '../values/convert.ts';
import { Builtin, type Context, DateValue, members, type NativeCall } from '../values/internal.ts';

interface ZoneOptions {
  zone: string;
  locale: 'en-US';
  setZone: boolean;
}

/** Luxon's options with everything the host could decide filled in. */
function options(context: Context, given: unknown): ZoneOptions {
  const zone = isRecord(given) && Object.hasOwn(given, 'zone') ? given.zone : undefined;
  const setZone = isRecord(given) && Object.hasOwn(given, 'setZone') ? Boolean(given.setZone) : false;
  return { zone: zoneArgument(context, zone), locale: 'en-US', setZone };
}

const shortText = (context: Context, value: unknown): string => toText(context, value).slice(0, 300);

/** Parsing text into a date costs much more than a step. */
const parsing =
  (parse: (text: string, options: ZoneOptions) => DateTime): NativeCall =>
  (context, [text, given]) => {
    context.budget.step(100);
    return parse(shortText(context, text), options(context, given));
  };

function fromFormat(context: Context, [text, format, given]: readonly unknown[]): DateTime {
  context.budget.step(300);
  const pattern = formatArgument('fromFormat', context, format);
  if (pattern.length > 100)
    throw new ExpressionError('budget', 'The format is too long: 100 characters at most.');
  return DateTime.fromFormat(shortText(context, text), pattern, options(context, given));
}

/** `DateTime.local(2024, 5, 1, { zone })` and `DateTime.utc(...)`. */
const fromNumbers =
  (utc: boolean): NativeCall =>
  (context, args) => {
    const last = args.at(-1);
    const numbers = args.filter((arg) => !isRecord(arg)).map((arg) => toNumber(context, arg));
    const { zone } = options(context, isRecord(last) ? last : undefined);
    const target = utc ? 'utc' : zone;
    if (numbers.length === 0) return context.scope.now().setZone(target);
    const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = numbers;
    return DateTime.fromObject(
      { year, month, day, hour, minute, second, millisecond },
      { zone: target, locale: 'en-US' },
    );
  };

function fromEpoch(
  context: Context,
  method: string,
  value: unknown,
  scale: number,
  given: unknown,
): DateTime {
  const ms = value instanceof DateValue ? value.ms : typeof value === 'number' ? value * scale : Number.NaN;
  if (!(Math.abs(ms) <= 8.64e15))
    throw badArgument(method, value instanceof DateValue ? 'a valid date' : 'a number', value);
  const { zone, locale } = options(context, given);
  return DateTime.fromMillis(ms, { zone, locale });
}

const extreme =
  (choose: (...dates: DateTime[]) => DateTime | undefined): NativeCall =>
  (context, args) =>
    choose(...args.slice(0, 1000).map((arg) => momentArgument('min', context, arg)));

/** Luxon's presets for toLocaleString, as plain data. */
const PRESETS = [
  'DATE_SHORT',
  'DATE_MED',
  'DATE_MED_WITH_WEEKDAY',
  'DATE_FULL',
  'DATE_HUGE',
  'TIME_SIMPLE',
  'TIME_WITH_SECONDS',
  'TIME_24_SIMPLE',
  'TIME_24_WITH_SECONDS',
  'DATETIME_SHORT',
  'DATETIME_MED',
  'DATETIME_SHORT_WITH_SECONDS',
  'DATETIME_MED_WITH_SECONDS',
] as const;

function preset(name: (typeof PRESETS)[number]): Record<string, unknown> {
  const { hourCycle, ...format } = DateTime[name] as Intl.DateTimeFormatOptions;
  return Object.freeze(hourCycle === undefined ? format : { ...format, hour12: false });
}

export const dateTimeNamespace = new Builtin('DateTime', {
  members: new Map<string, unknown>([
    ...PRESETS.map((name): [string, unknown] => [name, preset(name)]),
    ...members('DateTime', {
      now: (context) => context.scope.now(),
      local: fromNumbers(false),
      utc: fromNumbers(true),
      fromISO: parsing((text, given) => DateTime.fromISO(text, given)),
      fromSQL: parsing((text, given) => DateTime.fromSQL(text, given)),
      fromRFC2822: parsing((text, given) => DateTime.fromRFC2822(text, given)),
      fromHTTP: parsing((text, given) => DateTime.fromHTTP(text, given)),
      fromFormat,
      fromString: fromFormat,
      fromMillis: (context, [ms, given]) => fromEpoch(context, 'fromMillis', ms, 1, given),
      fromSeconds: (context, [seconds, given]) => fromEpoch(context, 'fromSeconds', seconds, 1000, given),
      fromJSDate: (context, [date, given]) => fromEpoch(context, 'fromJSDate', date, 1, given),
      fromObject: (context, [fields, given]) => {
        const { zone, locale } = options(context, given);
        const now = context.scope.now().setZone(zone);
        return DateTime.fromObject(withDefaults(dateFields('fromObject', context, fields), now), {
          zone,
          locale,
        });
      },
      isDateTime: (_context, [value]) => value instanceof DateTime,
      min: extreme((...dates) => DateTime.min(...dates)),
      max: extreme((...dates) => DateTime.max(...dates)),
    }),
  ]),
});

/** Luxon fills absent larger units from the wall clock; here they come from the step's clock. */
function withDefaults(fields: Record<string, number>, now: DateTime): Record<string, number> {
  const given = (name: string): boolean => name in fields || `${name}s` in fields;
  if (['weekYear', 'weekNumber', 'weekday', 'ordinal', 'quarter'].some(given)) {
    if (given('ordinal')) return { year: now.year, ...fields };
    return given('weekYear') || given('year')
      ? fields
      : { weekYear: now.weekYear, ...(given('weekNumber') ? {} : { weekNumber: now.weekNumber }), ...fields };
  }
  const result: Record<string, number> = { ...fields };
  for (const [name, value] of [
    ['year', now.year],
    ['month', now.month],
    ['day', now.day],
    ['hour', now.hour],
    ['minute', now.minute],
    ['second', now.second],
  ] as const) {
    if (given(name)) break;
    result[name] = value;
  }
  return result;
}

const durationOptions = { locale: 'en-US' } as const;

export const durationNamespace = new Builtin('Duration', {
  members: members('Duration', {
    fromObject: (context, [fields]) => {
      if (!isRecord(fields)) throw badArgument('fromObject', 'an object such as { hours: 2 }', fields);
      return Duration.fromObject(
        unitFields('fromObject', context, fields) as DurationLikeObject,
        durationOptions,
      );
    },
    fromMillis: (context, [ms]) => Duration.fromMillis(toNumber(context, ms) || 0, durationOptions),
    fromISO: (context, [text]) => Duration.fromISO(shortText(context, text), durationOptions),
    fromISOTime: (context, [text]) => Duration.fromISOTime(shortText(context, text), durationOptions),
    isDuration: (_context, [value]) => value instanceof Duration,
  }),
});

export const intervalNamespace = new Builtin('Interval', {
  members: members('Interval', {
    fromDateTimes: (context, [start, end]) =>
      Interval.fromDateTimes(
        momentArgument('fromDateTimes', context, start),
        momentArgument('fromDateTimes', context, end),
      ),
    after: (context, [start, ...length]) =>
      Interval.after(momentArgument('after', context, start), durationArgument('after', context, length)),
    before: (context, [end, ...length]) =>
      Interval.before(momentArgument('before', context, end), durationArgument('before', context, length)),
    fromISO: (context, [text]) => {
      context.budget.step(100);
      const { zone, locale } = options(context, undefined);
      return Interval.fromISO(shortText(context, text), { zone, locale });
    },
    isInterval: (_context, [value]) => value instanceof Interval,
  }),
});
