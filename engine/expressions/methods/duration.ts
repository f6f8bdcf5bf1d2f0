import { DateTime, Duration, type DurationUnit, type Interval } from 'luxon';
import { isRecord, toNumber } from '../values/convert.ts';
import { type Method, type MethodTable, method, methods, newText, own } from '../values/internal.ts';
import {
  durationArgument,
  formatArgument,
  momentArgument,
  unitArgument,
  unitFields,
} from './luxon-arguments.ts';
import { badArgument } from './support.ts';

const UNITS = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'milliseconds',
] as const;

export const durationFields: MethodTable<Duration> = methods<Duration>({
  ...Object.fromEntries(
    UNITS.map((unit): [string, Method<Duration>] => [unit, (_context, self) => self[unit]]),
  ),
  isValid: (_context, self) => self.isValid,
});

/** "3 hours, 20 minutes", written by us: Intl's lists differ between versions. */
function toHuman(duration: Duration): string {
  const parts = UNITS.filter((unit) => duration[unit] !== 0).map((unit) => {
    const value = duration[unit];
    return `${value} ${Math.abs(value) === 1 ? unit.slice(0, -1) : unit}`;
  });
  return parts.length === 0 ? '0 seconds' : parts.join(', ');
}

export const durationMethods: MethodTable<Duration> = methods<Duration>({
  as: (context, self, [unit]) => self.as(unitArgument('as', context, unit) as DurationUnit),
  get: (context, self, [unit]) => self.get(unitArgument('get', context, unit) as DurationUnit),
  plus: (context, self, args) => self.plus(durationArgument('plus', context, args)),
  minus: (context, self, args) => self.minus(durationArgument('minus', context, args)),
  negate: (_context, self) => self.negate(),
  normalize: (_context, self) => self.normalize(),
  rescale: (_context, self) => self.rescale(),
  set: (context, self, [fields]) => {
    if (!isRecord(fields)) throw badArgument('set', 'an object such as { hours: 2 }', fields);
    return self.set(unitFields('set', context, fields));
  },
  shiftTo: (context, self, units) =>
    self.shiftTo(...units.slice(0, 9).map((unit) => unitArgument('shiftTo', context, unit) as DurationUnit)),
  toFormat: (context, self, [format]) =>
    newText(context, self.toFormat(formatArgument('toFormat', context, format))),
  toHuman: (_context, self) => toHuman(self),
  toISO: (_context, self) => self.toISO(),
  toISOTime: (_context, self) => self.toISOTime(),
  toJSON: (_context, self) => self.toISO(),
  toString: method<Duration>((_context, self) => self.toISO()),
  toMillis: (_context, self) => self.toMillis(),
  valueOf: method<Duration>((context, self) => toNumber(context, self)),
  toObject: (context, self) => own(context, { ...self.toObject() }),
  equals: (_context, self, [other]) => other instanceof Duration && self.equals(other),
});

export const intervalFields: MethodTable<Interval> = methods<Interval>({
  start: (_context, self) => self.start,
  end: (_context, self) => self.end,
  isValid: (_context, self) => self.isValid,
});

/** Intervals without `splitBy` and its kind, which make lists of any length. */
export const intervalMethods: MethodTable<Interval> = methods<Interval>({
  contains: (context, self, [moment]) => self.contains(momentArgument('contains', context, moment)),
  count: (context, self, [unit]) =>
    self.count(unitArgument('count', context, unit, 'millisecond') as DurationUnit),
  length: (context, self, [unit]) =>
    self.length(unitArgument('length', context, unit, 'millisecond') as DurationUnit),
  isEmpty: (_context, self) => self.isEmpty(),
  isAfter: (context, self, [moment]) => self.isAfter(momentArgument('isAfter', context, moment)),
  isBefore: (context, self, [moment]) => self.isBefore(momentArgument('isBefore', context, moment)),
  toDuration: (context, self, [unit]) =>
    self.toDuration(unitArgument('toDuration', context, unit, 'millisecond') as DurationUnit),
  toISO: (_context, self) => self.toISO(),
  toString: method<Interval>((_context, self) => self.toString()),
  hasSame: (context, self, [unit]) =>
    self.start instanceof DateTime
      ? self.hasSame(unitArgument('hasSame', context, unit) as DurationUnit)
      : false,
});
