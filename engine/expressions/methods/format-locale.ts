import type { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { describe, isRecord } from '../values/convert.ts';

/**
 * Date and number texts of locales without asking Intl, whose answers change with the version of ICU: a
 * browser's preview and a worker's run must agree. Names of months exist in English only.
 */
const NUMERIC: Record<string, readonly [date: string, separator: string, time: string]> = {
  'en-us': ['M/d/yyyy', ', ', 'h:mm:ss a'],
  'en-gb': ['dd/MM/yyyy', ', ', 'HH:mm:ss'],
  'en-ca': ['yyyy-MM-dd', ', ', 'h:mm:ss a'],
  'en-in': ['d/M/yyyy', ', ', 'h:mm:ss a'],
  'pt-br': ['dd/MM/yyyy', ', ', 'HH:mm:ss'],
  'pt-pt': ['dd/MM/yyyy', ', ', 'HH:mm:ss'],
  'de-de': ['d.M.yyyy', ', ', 'HH:mm:ss'],
  'fr-fr': ['dd/MM/yyyy', ' ', 'HH:mm:ss'],
  'es-es': ['d/M/yyyy', ', ', 'H:mm:ss'],
  'it-it': ['d/M/yyyy', ', ', 'HH:mm:ss'],
  'nl-nl': ['d-M-yyyy', ', ', 'HH:mm:ss'],
  'tr-tr': ['dd.MM.yyyy', ' ', 'HH:mm:ss'],
  'ja-jp': ['yyyy/M/d', ' ', 'H:mm:ss'],
  'sv-se': ['yyyy-MM-dd', ' ', 'HH:mm:ss'],
};
const DEFAULT_REGION: Record<string, string> = {
  en: 'en-us',
  pt: 'pt-br',
  de: 'de-de',
  fr: 'fr-fr',
  es: 'es-es',
  it: 'it-it',
  nl: 'nl-nl',
  tr: 'tr-tr',
  ja: 'ja-jp',
  sv: 'sv-se',
};

/** The locale's key in the table; throws `unsupported` for others. */
function known(locale: unknown): string {
  if (locale === undefined || locale === null) return 'en-us';
  const name = String(Array.isArray(locale) ? locale[0] : locale).toLowerCase();
  const full = Object.hasOwn(DEFAULT_REGION, name) ? DEFAULT_REGION[name]! : name;
  if (Object.hasOwn(NUMERIC, full)) return full;
  throw new ExpressionError(
    'unsupported',
    `The locale "${name.slice(0, 20)}" is not available in expressions. Use toFormat('yyyy-MM-dd HH:mm'), or en-US.`,
  );
}

function option(options: unknown, name: string): unknown {
  if (options === undefined || options === null) return undefined;
  if (!isRecord(options))
    throw new ExpressionError('type', `The options must be an object, not ${describe(options)}.`);
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

/** `Date.prototype.toLocaleString` and its date and time halves, for a DateTime already in its zone. */
export function formatDateLocale(
  given: DateTime,
  part: 'date' | 'time' | 'both',
  locale: unknown,
  options: unknown,
): string {
  const key = known(locale);
  const zone = option(options, 'timeZone');
  const date = zone === undefined ? given : given.setZone(String(zone));
  if (!date.isValid) return 'Invalid Date';
  return date
    .setLocale('en-US')
    .toFormat(styled(options, key) ?? fields(options, key) ?? numeric(part, options, key));
}

function numeric(part: 'date' | 'time' | 'both', options: unknown, key: string): string {
  const [date, separator, given] = NUMERIC[key]!;
  const time = hours(given, option(options, 'hour12'));
  if (part === 'date') return date;
  return part === 'time' ? time : `${date}'${separator}'${time}`;
}

function hours(pattern: string, hour12: unknown): string {
  if (hour12 === false) return pattern.replace(/^h+/, 'HH').replace(' a', '');
  if (hour12 === true && !pattern.endsWith(' a')) return `${pattern.replace(/^H+/, 'h')} a`;
  return pattern;
}

const STYLED_DATES: Record<string, string> = {
  short: 'M/d/yy',
  medium: 'LLL d, yyyy',
  long: 'LLLL d, yyyy',
  full: 'EEEE, LLLL d, yyyy',
};
const STYLED_TIMES: Record<string, string> = {
  short: 'h:mm a',
  medium: 'h:mm:ss a',
  long: 'h:mm:ss a ZZZZ',
  full: 'h:mm:ss a ZZZZ',
};

/** `dateStyle` and `timeStyle`. */
function styled(options: unknown, key: string): string | undefined {
  const date = STYLED_DATES[String(option(options, 'dateStyle'))];
  const time = STYLED_TIMES[String(option(options, 'timeStyle'))];
  if (date === undefined && time === undefined) return undefined;
  onlyEnglish(key);
  return [date, time === undefined ? undefined : hours(time, option(options, 'hour12'))]
    .filter(Boolean)
    .join(', ');
}

function onlyEnglish(key: string): void {
  if (key === 'en-us') return;
  throw new ExpressionError(
    'unsupported',
    `Only en-US can write dates with these options. Use toFormat with numbers instead.`,
  );
}

const TOKENS: Record<string, Record<string, string>> = {
  weekday: { long: 'EEEE', short: 'EEE', narrow: 'EEEEE' },
  year: { numeric: 'yyyy', '2-digit': 'yy' },
  month: { numeric: 'M', '2-digit': 'MM', short: 'LLL', long: 'LLLL', narrow: 'LLLLL' },
  day: { numeric: 'd', '2-digit': 'dd' },
  hour: { numeric: 'h', '2-digit': 'hh' },
  minute: { numeric: 'mm', '2-digit': 'mm' },
  second: { numeric: 'ss', '2-digit': 'ss' },
  timeZoneName: { short: 'ZZZZ', long: 'ZZZZZ' },
};

/** Single fields (`{ month: 'long', day: 'numeric' }`), put together as en-US does. */
function fields(options: unknown, key: string): string | undefined {
  const token = (name: string): string | undefined => {
    const value = option(options, name);
    return value === undefined ? undefined : TOKENS[name]![String(value)];
  };
  const [weekday, year, month, day] = ['weekday', 'year', 'month', 'day'].map(token);
  const [hour, minute, second, zone] = ['hour', 'minute', 'second', 'timeZoneName'].map(token);
  if ([weekday, year, month, day, hour, minute, second].every((part) => part === undefined)) return undefined;
  const named = (month?.length ?? 0) > 2;
  if (weekday !== undefined || named || hour !== undefined || zone !== undefined) onlyEnglish(key);
  const monthDay = named ? [month, day].filter(Boolean).join(' ') : undefined;
  const calendar = named
    ? [monthDay, year].filter(Boolean).join(day === undefined ? ' ' : ', ')
    : inOrder(key, year, month, day);
  const date = [weekday, calendar].filter(Boolean).join(', ');
  const clock = [hour, minute, second].filter(Boolean).join(':');
  const time = hour === undefined ? clock : hours(`${clock} a`, option(options, 'hour12'));
  const timeWithZone = [time, zone].filter(Boolean).join(' ');
  return [date, timeWithZone].filter(Boolean).join(', ');
}

/** Numeric year, month and day in the locale's order, with its separator. */
function inOrder(key: string, year?: string, month?: string, day?: string): string {
  const [pattern] = NUMERIC[key]!;
  const separator = pattern.replace(/[a-zA-Z]/g, '')[0]!;
  return pattern
    .split(separator)
    .map((part) => ({ y: year, M: month, d: day })[part[0] as 'y' | 'M' | 'd'])
    .filter(Boolean)
    .join(separator);
}

const GROUPING: Record<string, readonly [thousands: string, decimal: string]> = {
  'pt-br': ['.', ','],
  'de-de': ['.', ','],
  'it-it': ['.', ','],
  'nl-nl': ['.', ','],
  'tr-tr': ['.', ','],
};
const CURRENCIES: Record<string, string> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  BRL: 'R$',
  JPY: '¥',
  INR: '₹',
  CAD: 'CA$',
  AUD: 'A$',
  MXN: 'MX$',
};

/** `Number.prototype.toLocaleString`: groups of three, `style` decimal, percent or currency (en-US only). */
export function formatNumberLocale(value: number, locale: unknown, options: unknown): string {
  const key = known(locale);
  const [thousands, decimal] = GROUPING[key] ?? [',', '.'];
  if (!['en-us', 'en-gb', 'en-ca', 'ja-jp'].includes(key) && GROUPING[key] === undefined) onlyEnglish(key);
  const style = option(options, 'style') ?? 'decimal';
  const currency = String(option(options, 'currency') ?? '').toUpperCase();
  if (style === 'currency') onlyEnglish(key);
  if (Number.isNaN(value)) return 'NaN';
  const usual = style === 'currency' ? (currency === 'JPY' ? 0 : 2) : 0;
  const most = style === 'currency' ? usual : style === 'percent' ? 0 : 3;
  const min = digits(option(options, 'minimumFractionDigits'), usual);
  const max = Math.max(min, digits(option(options, 'maximumFractionDigits'), Math.max(most, min)));
  const size = Math.abs(style === 'percent' ? value * 100 : value);
  const body = Number.isFinite(size)
    ? group(size.toFixed(max), min, thousands, decimal, option(options, 'useGrouping') !== false)
    : '∞';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (style === 'percent') return `${sign}${body}%`;
  if (style !== 'currency') return sign + body;
  const symbol = Object.hasOwn(CURRENCIES, currency) ? CURRENCIES[currency]! : `${currency}\u00a0`;
  return sign + symbol + body;
}

function digits(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= 20) return count;
  throw new ExpressionError('type', 'Fraction digits must be a whole number from 0 to 20.');
}

function group(fixed: string, min: number, thousands: string, decimal: string, grouping: boolean): string {
  if (fixed.includes('e')) return fixed;
  const [whole = '0', fraction = ''] = fixed.split('.');
  const grouped = grouping ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole;
  let end = fraction.length;
  while (end > min && fraction[end - 1] === '0') end--;
  return end === 0 ? grouped : `${grouped}${decimal}${fraction.slice(0, end)}`;
}
