import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { toInteger, toText } from '../values/convert.ts';
import { type Context, type MethodTable, method, methods } from '../values/internal.ts';
import { formatNumberLocale } from './format-locale.ts';
import { digitsArgument } from './support.ts';

/** Rounds to decimals the way people expect: 1.005 to two places is 1.01. */
function roundTo(value: number, places: number, operate: (value: number) => number): number {
  if (!Number.isFinite(value)) return value;
  const [digits, exponent = '0'] = String(value).split('e');
  const [back, power = '0'] = String(operate(Number(`${digits}e${Number(exponent) + places}`))).split('e');
  return Number(`${back}e${Number(power) - places}`);
}

const rounding =
  (name: string, operate: (value: number) => number) =>
  (context: Context, self: number, [places]: readonly unknown[]): number => {
    const count = digitsArgument(name, toInteger(context, places), 0, 20);
    return count === 0 ? operate(self) : roundTo(self, count, operate);
  };

/** n8n reads numbers as milliseconds; `format` may be ms, s, us or excel. */
function toDateTime(context: Context, self: number, [format]: readonly unknown[]): DateTime {
  const unit = format === undefined ? 'ms' : toText(context, format);
  const scales: Record<string, (value: number) => number> = {
    ms: (value) => value,
    s: (value) => value * 1000,
    us: (value) => value / 1000,
    excel: (value) => (value - 25_569) * 86_400_000,
  };
  if (!Object.hasOwn(scales, unit))
    throw new ExpressionError('type', 'toDateTime() takes ms, s, us or excel.');
  const ms = scales[unit]!(self);
  if (!(Math.abs(ms) <= 8.64e15)) throw new ExpressionError('type', `${self} is not a time.`);
  return DateTime.fromMillis(ms, { zone: context.scope.source.zone, locale: 'en-US' });
}

export const numberMethods: MethodTable<number> = methods<number>({
  toString: method<number>((context, self, [radix]) => {
    const base = toInteger(context, radix, 10);
    return self.toString(digitsArgument('toString', base, 2, 36));
  }),
  toFixed: (context, self, [digits]) =>
    self.toFixed(digitsArgument('toFixed', toInteger(context, digits), 0, 100)),
  toPrecision: (context, self, [digits]) =>
    digits === undefined
      ? String(self)
      : self.toPrecision(digitsArgument('toPrecision', toInteger(context, digits), 1, 100)),
  toExponential: (context, self, [digits]) =>
    self.toExponential(
      digits === undefined ? undefined : digitsArgument('toExponential', toInteger(context, digits), 0, 100),
    ),
  toLocaleString: method<number>((_context, self, [locale, options]) =>
    formatNumberLocale(self, locale, options),
  ),
  format: (_context, self, [locale, options]) => formatNumberLocale(self, locale, options),
  valueOf: method<number>((_context, self) => self),
  round: rounding('round', Math.round),
  ceil: rounding('ceil', Math.ceil),
  floor: rounding('floor', Math.floor),
  abs: (_context, self) => Math.abs(self),
  isEven: (_context, self) => self % 2 === 0,
  isOdd: (_context, self) => Math.abs(self) % 2 === 1,
  isInteger: (_context, self) => Number.isInteger(self),
  isEmpty: () => false,
  isNotEmpty: () => true,
  toBoolean: (_context, self) => self !== 0 && !Number.isNaN(self),
  toInt: (_context, self) => Math.trunc(self),
  toFloat: (_context, self) => self,
  toNumber: (_context, self) => self,
  toDateTime,
});
