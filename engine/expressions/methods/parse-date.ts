import { DateTime } from 'luxon';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const TIME =
  /^(?:,| at)? (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{2}:?\d{2}))?(?: \([^)]*\))?$/i;

/** The day a text starts with, in the forms JavaScript's Date understands in practice, and what follows it. */
const DAYS: readonly (readonly [
  RegExp,
  (found: RegExpExecArray) => [year: string, month: string, day: string],
])[] = [
  [/^(\d{1,2})\/(\d{1,2})\/(\d{4})/, ([, month = '', day = '', year = '']) => [year, month, day]],
  [/^(\d{4})\/(\d{1,2})\/(\d{1,2})/, ([, year = '', month = '', day = '']) => [year, month, day]],
  [
    /^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/i,
    ([, month = '', day = '', year = '']) => [year, month, day],
  ],
  [
    /^(?:[a-z]{3,9},? )?(\d{1,2})[ -]([a-z]{3,9})\.?,?[ -](\d{4})/i,
    ([, day = '', month = '', year = '']) => [year, month, day],
  ],
];

/**
 * Reads a date from text, in `zone` where the text names none: ISO and SQL forms, then RFC 2822, HTTP and common
 * English ones. Never the host's own parser, whose answers differ between machines. Other text gives an invalid
 * DateTime.
 */
export function parseDateTime(given: string, zone: string): DateTime {
  const text = given.slice(0, 120).trim();
  const options = { zone, locale: 'en-US', setZone: true };
  if (/^[+-]?\d{4,6}(-|$)/.test(text)) {
    const iso = DateTime.fromISO(text, options);
    return iso.isValid ? iso : DateTime.fromSQL(text, options);
  }
  return parseEnglish(text, zone) ?? DateTime.invalid('unparsable', `the text "${text}" is not a date`);
}

function parseEnglish(text: string, zone: string): DateTime | undefined {
  for (const [pattern, read] of DAYS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const [year, monthText, dayText] = read(found);
    const month = /^\d/.test(monthText)
      ? Number(monthText)
      : MONTHS.indexOf(monthText.slice(0, 3).toLowerCase()) + 1;
    const day = { year: Number(year), month, day: Number(dayText) };
    const rest = text.slice(found[0].length);
    if (rest === '') return DateTime.fromObject(day, { zone, locale: 'en-US' });
    const time = TIME.exec(rest);
    return time === null ? undefined : withTime(day, time, zone);
  }
  return undefined;
}

function withTime(
  day: { year: number; month: number; day: number },
  found: RegExpExecArray,
  zone: string,
): DateTime | undefined {
  const [, hourText, minute, second = '0', fraction = '0', half, offset] = found;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const time = {
    hour,
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0')),
  };
  return DateTime.fromObject({ ...day, ...time }, { zone: offsetZone(offset) ?? zone, locale: 'en-US' });
}

/** `+0200` or `GMT-03:00` as Luxon's `UTC+02:00`. */
function offsetZone(offset: string | undefined): string | undefined {
  if (offset === undefined) return undefined;
  const found = /([+-]\d{2}):?(\d{2})$/.exec(offset);
  return found === null ? 'utc' : `UTC${found[1]}:${found[2]}`;
}

/** Milliseconds since 1970, NaN when the text is no date. */
export function parseDate(text: string, zone: string): number {
  const found = parseDateTime(text, zone);
  return found.isValid ? found.toMillis() : Number.NaN;
}
