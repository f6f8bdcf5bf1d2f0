import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { dateText, toNumber } from '../values/convert.ts';
import { type DateValue, type Method, type MethodTable, method, methods } from '../values/internal.ts';
import { dateTimeMethods } from './date-time.ts';
import { formatDateLocale } from './format-locale.ts';

const PARTS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;

const utc = (date: DateValue): DateTime => DateTime.fromMillis(date.ms, { zone: 'utc', locale: 'en-US' });

/** `getHours` and `getUTCHours` alike: a run has no local zone but UTC. */
const getter =
  (part: (typeof PARTS)[number] | 'Day'): Method<DateValue> =>
  (_context, self) =>
    new Date(self.ms)[`getUTC${part}`]();

const setter =
  (part: (typeof PARTS)[number]): Method<DateValue> =>
  (context, self, args) => {
    const [first = Number.NaN, ...rest] = args.slice(0, 4).map((arg) => toNumber(context, arg));
    const date = new Date(self.ms);
    (date[`setUTC${part}`] as (...values: number[]) => number).call(date, first, ...rest);
    self.ms = date.getTime();
    return self.ms;
  };

const locale =
  (part: 'date' | 'time' | 'both'): Method<DateValue> =>
  (_context, self, [name, options]) =>
    Number.isNaN(self.ms) ? 'Invalid Date' : formatDateLocale(utc(self), part, name, options);

const toDateTime: Method<DateValue> = (context, self) =>
  DateTime.fromMillis(valid(self), { zone: context.scope.source.zone, locale: 'en-US' });

function valid(date: DateValue): number {
  if (Number.isNaN(date.ms))
    throw new ExpressionError('type', 'This date is not valid. Check the text it was made from.');
  return date.ms;
}

const native: [string, Method<DateValue>][] = [
  ...[...PARTS, 'Day' as const].flatMap((part): [string, Method<DateValue>][] => [
    [`get${part}`, getter(part)],
    [`getUTC${part}`, getter(part)],
  ]),
  ...PARTS.flatMap((part): [string, Method<DateValue>][] => [
    [`set${part}`, setter(part)],
    [`setUTC${part}`, setter(part)],
  ]),
];

const own = methods<DateValue>({
  getTime: (_context, self) => self.ms,
  valueOf: method<DateValue>((_context, self) => self.ms),
  getTimezoneOffset: () => 0,
  setTime: (context, self, [ms]) => {
    self.ms = toNumber(context, ms);
    return self.ms;
  },
  toISOString: (_context, self) => new Date(valid(self)).toISOString(),
  toJSON: (_context, self) => (Number.isNaN(self.ms) ? null : new Date(self.ms).toISOString()),
  toString: method<DateValue>((_context, self) => dateText(self.ms)),
  toDateString: (_context, self) => dateText(self.ms).slice(0, 15),
  toUTCString: (_context, self) => new Date(self.ms).toUTCString(),
  toLocaleString: locale('both'),
  toLocaleDateString: locale('date'),
  toLocaleTimeString: locale('time'),
  toDateTime,
});

/** n8n gives JavaScript dates the methods of DateTime too (`new Date().plus(1, 'day')`). */
const borrowed = [...dateTimeMethods]
  .filter(([name]) => !own.has(name))
  .map(([name, method]): [string, Method<DateValue>] => [
    name,
    (context, self, args) => method(context, toDateTime(context, self, []) as DateTime, args),
  ]);

export const dateMethods: MethodTable<DateValue> = new Map([...borrowed, ...native, ...own]);
