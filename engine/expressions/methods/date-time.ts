import { DateTime, type DateTimeUnit, Interval } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { isRecord, toNumber, toText } from '../values/convert.ts';
import {
  type Context,
  DateValue,
  type Method,
  type MethodTable,
  method,
  methods,
  newText,
  own,
} from '../values/internal.ts';
import { formatDateLocale } from './format-locale.ts';
import {
  dateFields,
  durationArgument,
  flag,
  formatArgument,
  isoOptions,
  momentArgument,
  unitArgument,
  zoneArgument,
} from './luxon-arguments.ts';

const DATE_STEPS = 50;

/** A DateTime method: zone arithmetic costs microseconds, so each call is charged. */
const costly = (table: Record<string, Method<DateTime>>): MethodTable<DateTime> =>
  methods(
    Object.fromEntries(
      Object.entries(table).map(([name, method]): [string, Method<DateTime>] => [
        name,
        (context, self, args) => {
          context.budget.step(DATE_STEPS);
          return method(context, self, args);
        },
      ]),
    ),
  );

const FIELDS = [
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
  'daysInMonth',
  'daysInYear',
  'weeksInWeekYear',
  'zoneName',
  'offset',
  'offsetNameShort',
  'offsetNameLong',
  'monthShort',
  'monthLong',
  'weekdayShort',
  'weekdayLong',
  'isValid',
  'invalidReason',
  'invalidExplanation',
  'isInDST',
  'isInLeapYear',
  'isOffsetFixed',
  'locale',
] as const satisfies (keyof DateTime)[];

/** Fields read without parentheses, all from Luxon but `ts`. */
export const dateTimeFields: MethodTable<DateTime> = methods<DateTime>({
  ...Object.fromEntries(
    FIELDS.map((name): [string, Method<DateTime>] => [name, (_context, self) => self[name]]),
  ),
  ts: (_context, self) => self.toMillis(),
});

const format: Method<DateTime> = (context, self, [given]) =>
  newText(context, self.toFormat(formatArgument('toFormat', context, given ?? 'yyyy-MM-dd')));

/** Difference in one unit, or in several as an object's Duration. */
function diff(context: Context, self: DateTime, [other, units, options]: readonly unknown[]): unknown {
  const end = momentArgument('diff', context, other);
  const list = (Array.isArray(units) ? units : [units])
    .slice(0, 9)
    .map((unit) => unitArgument('diff', context, unit, 'millisecond'));
  const accuracy = isRecord(options) && options.conversionAccuracy === 'longterm' ? 'longterm' : 'casual';
  return self.diff(end, list, { conversionAccuracy: accuracy });
}

/** n8n's `diffTo`: a number for one unit, an object for several; days unless told. */
const diffTo: Method<DateTime> = (context, self, [other, units]) => {
  const end = momentArgument('diffTo', context, other);
  if (!Array.isArray(units)) {
    const unit = unitArgument('diffTo', context, units, 'day');
    return self.diff(end, unit).as(unit);
  }
  const list = units.slice(0, 9).map((unit) => unitArgument('diffTo', context, unit));
  return own(context, { ...self.diff(end, list).toObject() });
};

const isBetween: Method<DateTime> = (context, self, [one, two]) => {
  const a = momentArgument('isBetween', context, one);
  const b = momentArgument('isBetween', context, two);
  const [start, end] = a <= b ? [a, b] : [b, a];
  return self > start && self < end;
};

/** n8n's `extract('month')`; `yearDayNumber` is the day of the year. */
const extract: Method<DateTime> = (context, self, [given]) => {
  const part = given === undefined ? 'week' : toText(context, given).replace(/s$/, '');
  if (part === 'yearDayNumber') return self.ordinal;
  if (part === 'week') return self.weekNumber;
  const name = part as (typeof FIELDS)[number];
  if (FIELDS.includes(name)) return self[name];
  throw new ExpressionError(
    'type',
    `extract() does not know "${part.slice(0, 30)}". Use year, month, week, day, hour, minute or second.`,
  );
};

const startOf: Method<DateTime> = (context, self, [unit]) =>
  self.startOf(unitArgument('startOf', context, unit, 'week') as DateTimeUnit);

/** The sign a relative span is written with, against the step's clock when no base is given. */
function relative(context: Context, self: DateTime, options: unknown): string | null {
  const base = isRecord(options) && options.base instanceof DateTime ? options.base : context.scope.now();
  const unit =
    isRecord(options) && options.unit !== undefined
      ? unitArgument('toRelative', context, options.unit)
      : undefined;
  return self.toRelative({
    base,
    round: flag(options, 'round') ?? true,
    locale: 'en-US',
    ...(unit === undefined ? {} : { unit: `${unit.replace(/s$/, '')}s` as 'days' }),
  });
}

export const dateTimeMethods: MethodTable<DateTime> = costly({
  toFormat: format,
  format,
  toISO: (_context, self, [options]) => self.toISO(isoOptions(options)),
  toISODate: (_context, self, [options]) => self.toISODate(isoOptions(options)),
  toISOTime: (_context, self, [options]) => self.toISOTime(isoOptions(options)),
  toISOWeekDate: (_context, self) => self.toISOWeekDate(),
  toISOString: (_context, self) => self.toUTC().toISO(),
  toSQL: (_context, self) => self.toSQL(),
  toSQLDate: (_context, self) => self.toSQLDate(),
  toSQLTime: (_context, self) => self.toSQLTime(),
  toHTTP: (_context, self) => self.toHTTP(),
  toRFC2822: (_context, self) => self.toRFC2822(),
  toJSON: (_context, self) => self.toISO(),
  toString: method<DateTime>((_context, self) => self.toString()),
  toMillis: (_context, self) => self.toMillis(),
  getTime: (_context, self) => self.toMillis(),
  valueOf: method<DateTime>((_context, self) => self.toMillis()),
  toSeconds: (_context, self) => self.toSeconds(),
  toUnixInteger: (_context, self) => self.toUnixInteger(),
  toInt: (_context, self) => self.toMillis(),
  toObject: (context, self) => own(context, { ...self.toObject() }),
  toJSDate: (_context, self) => new DateValue(self.toMillis()),
  toDateTime: (_context, self) => self,
  toUTC: (_context, self) => self.toUTC(),
  toLocal: (context, self) => self.setZone(context.scope.source.zone),
  setZone: (context, self, [zone, options]) =>
    self.setZone(zoneArgument(context, zone), { keepLocalTime: flag(options, 'keepLocalTime') ?? false }),
  setLocale: (context, self, [locale]) => {
    const name = toText(context, locale);
    if (/^en([-_]|$)/i.test(name)) return self;
    throw new ExpressionError(
      'unsupported',
      `The locale "${name.slice(0, 20)}" is not available in expressions: names of months are English. Use numbers, as in toFormat('dd/MM/yyyy').`,
    );
  },
  toLocaleString: method<DateTime>((_context, self, [first, second]) =>
    isRecord(first)
      ? formatDateLocale(self, 'both', isRecord(second) ? second.locale : undefined, first)
      : formatDateLocale(self, first === undefined ? 'date' : 'both', first, second),
  ),
  plus: (context, self, args) => self.plus(durationArgument('plus', context, args)),
  minus: (context, self, args) => self.minus(durationArgument('minus', context, args)),
  set: (context, self, [fields]) => self.set(dateFields('set', context, fields)),
  startOf,
  beginningOf: startOf,
  endOf: (context, self, [unit]) => self.endOf(unitArgument('endOf', context, unit) as DateTimeUnit),
  endOfMonth: (_context, self) => self.endOf('month'),
  diff,
  diffNow: (context, self, [units]) => diff(context, self, [context.scope.now(), units]),
  diffTo,
  diffToNow: (context, self, [units]) => diffTo(context, self, [context.scope.now(), units]),
  until: (context, self, [other]) => Interval.fromDateTimes(self, momentArgument('until', context, other)),
  hasSame: (context, self, [other, unit]) =>
    self.hasSame(
      momentArgument('hasSame', context, other),
      unitArgument('hasSame', context, unit) as DateTimeUnit,
    ),
  equals: (_context, self, [other]) => other instanceof DateTime && self.equals(other),
  isBetween,
  inBetween: isBetween,
  isWeekend: (_context, self) => self.weekday > 5,
  isInLast: (context, self, args) => {
    const now = context.scope.now();
    return (
      self > now.minus(durationArgument('isInLast', context, args.length === 0 ? [1, 'day'] : args)) &&
      self <= now
    );
  },
  isDst: (_context, self) => self.isInDST,
  isEmpty: () => false,
  isNotEmpty: () => true,
  extract,
  get: (context, self, [unit]) => extract(context, self, [unit]),
  toRelative: (context, self, [options]) => relative(context, self, options),
  toNumber: (context, self) => toNumber(context, self),
});
