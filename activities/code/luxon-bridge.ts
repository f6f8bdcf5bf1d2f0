/**
 * Dates and local formats for the sandbox. QuickJS has no Intl, and loading luxon into it costs 50 ms and more a call, so the
 * sandbox keeps only plain state and asks out here. Text in, text out, and only the members named below: nothing of the host's
 * objects can be reached.
 */
import { DateTime, Duration, Settings } from 'luxon';

const dateTimeMethods = [
  'plus',
  'minus',
  'set',
  'startOf',
  'endOf',
  'setZone',
  'toUTC',
  'toLocal',
  'setLocale',
  'reconfigure',
  'toISO',
  'toISODate',
  'toISOTime',
  'toISOWeekDate',
  'toFormat',
  'toLocaleString',
  'toRelative',
  'toRelativeCalendar',
  'toMillis',
  'toSeconds',
  'toUnixInteger',
  'toJSON',
  'toString',
  'valueOf',
  'toObject',
  'toJSDate',
  'toBSON',
  'toSQL',
  'toSQLDate',
  'toSQLTime',
  'toHTTP',
  'toRFC2822',
  'diff',
  'diffNow',
  'hasSame',
  'equals',
  'get',
  'resolvedLocaleOptions',
] as const;
const dateTimeGetters = [
  'year',
  'quarter',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'weekYear',
  'weekNumber',
  'weekday',
  'ordinal',
  'monthShort',
  'monthLong',
  'weekdayShort',
  'weekdayLong',
  'offset',
  'offsetNameShort',
  'offsetNameLong',
  'isInDST',
  'isInLeapYear',
  'daysInMonth',
  'daysInYear',
  'weeksInWeekYear',
  'isValid',
  'invalidReason',
  'zoneName',
  'locale',
  'ts',
] as const;
const dateTimeStatics = [
  'now',
  'local',
  'utc',
  'fromISO',
  'fromFormat',
  'fromMillis',
  'fromSeconds',
  'fromJSDate',
  'fromObject',
  'fromSQL',
  'fromHTTP',
  'fromRFC2822',
  'min',
  'max',
  'isDateTime',
] as const;
const durationMethods = [
  'plus',
  'minus',
  'negate',
  'as',
  'shiftTo',
  'shiftToAll',
  'normalize',
  'rescale',
  'get',
  'set',
  'toObject',
  'toISO',
  'toMillis',
  'toHuman',
  'toFormat',
  'toJSON',
  'toString',
  'valueOf',
  'equals',
] as const;
const durationGetters = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
  'isValid',
  'invalidReason',
] as const;
const durationStatics = ['fromObject', 'fromISO', 'fromMillis', 'isDuration'] as const;

/** What exists inside the sandbox, by class. */
export const luxonMembers = {
  DateTime: { methods: dateTimeMethods, getters: dateTimeGetters, statics: dateTimeStatics },
  Duration: { methods: durationMethods, getters: durationGetters, statics: durationStatics },
};

interface LuxonRequest {
  class: keyof typeof luxonMembers;
  on: 'method' | 'getter' | 'static';
  member: string;
  self: unknown;
  args: unknown[];
}

/** The clock stands still at `now` (epoch milliseconds). Luxon's settings are global, so one thread runs one code at a time. */
export function setLuxonClock(now: number, timezone: string): void {
  Settings.now = () => now;
  Settings.defaultZone = timezone;
  Settings.defaultLocale = 'en-US';
}

/** @returns JSON of `{ value }` or `{ error }`; never throws. */
export function callLuxon(requestText: string): string {
  return answer(() => {
    const request: LuxonRequest = JSON.parse(requestText);
    const members = luxonMembers[request.class];
    const names: readonly string[] =
      request.on === 'method' ? members.methods : request.on === 'getter' ? members.getters : members.statics;
    if (!names.includes(request.member))
      throw new Error(`${request.class}.${request.member} is not available here.`);
    const target = request.on === 'static' ? { DateTime, Duration }[request.class] : decode(request.self);
    const member: unknown = Reflect.get(Object(target), request.member);
    return request.on === 'getter'
      ? member
      : Reflect.apply(member as () => unknown, target, request.args.map(decode));
  });
}

/** Number and date formats of Intl. @returns JSON of `{ value }` or `{ error }`; never throws. */
export function formatLocally(requestText: string): string {
  return answer(() => {
    const { kind, value, locales, options } = JSON.parse(requestText);
    const locale = locales ?? 'en-US';
    if (kind === 'number') return new Intl.NumberFormat(locale, options ?? {}).format(value ?? Number.NaN);
    const date = new Date(value ?? Number.NaN);
    const zoned = { timeZone: Settings.defaultZone.name, ...options };
    if (kind === 'date') return date.toLocaleDateString(locale, zoned);
    return kind === 'time' ? date.toLocaleTimeString(locale, zoned) : date.toLocaleString(locale, zoned);
  });
}

function answer(compute: () => unknown): string {
  try {
    return JSON.stringify({ value: encode(compute()) ?? null });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}

function encode(value: unknown): unknown {
  if (DateTime.isDateTime(value)) {
    return {
      $dateTime: value.toMillis(),
      zone: value.zoneName,
      locale: value.locale,
      invalid: value.invalidReason,
    };
  }
  if (Duration.isDuration(value)) return { $duration: value.toObject(), invalid: value.invalidReason };
  if (value instanceof Date) return { $date: value.getTime() };
  return Array.isArray(value) ? value.map(encode) : value;
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if ('$date' in value) return new Date(Number(value.$date));
  const invalid = 'invalid' in value && typeof value.invalid === 'string' ? value.invalid : undefined;
  if ('$duration' in value)
    return invalid ? Duration.invalid(invalid) : Duration.fromObject(Object(value.$duration));
  if (!('$dateTime' in value)) return value;
  if (invalid) return DateTime.invalid(invalid);
  const { zone, locale } = value as { zone?: string; locale?: string };
  return DateTime.fromMillis(Number(value.$dateTime), {
    ...(zone ? { zone } : {}),
    ...(locale ? { locale } : {}),
  });
}
