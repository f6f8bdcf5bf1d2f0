import { DateTime } from 'luxon';

/** Formats that JavaScript's Date understands in practice, tried after the standard ones. */
const DATES = [
  'M/d/yyyy',
  'LLL d, yyyy',
  'LLLL d, yyyy',
  'LLL d yyyy',
  'd LLL yyyy',
  'd LLLL yyyy',
  'yyyy/M/d',
  'EEE LLL dd yyyy',
];
const TIMES = [
  '',
  ' H:mm',
  ' H:mm:ss',
  ' h:mm a',
  ' h:mm:ss a',
  ', H:mm',
  ', H:mm:ss',
  ', h:mm a',
  ', h:mm:ss a',
];

/**
 * Reads a date from text, in `zone` where the text names none. ISO, SQL, RFC 2822 and HTTP forms, then common
 * English ones; never the host's own parser, whose answers differ. Invalid text gives an invalid DateTime.
 */
export function parseDateTime(given: string, zone: string): DateTime {
  const options = { zone, locale: 'en-US', setZone: true };
  const text = given.slice(0, 120).trim();
  if (/^[+-]?\d{4,6}(-|$)/.test(text)) {
    const iso = DateTime.fromISO(text, options);
    if (iso.isValid) return iso;
    const sql = DateTime.fromSQL(text, options);
    if (sql.isValid) return sql;
  }
  for (const standard of [DateTime.fromRFC2822(text, options), DateTime.fromHTTP(text, options)]) {
    if (standard.isValid) return standard;
  }
  const plain = text.replace(/ GMT[+-]0000( \(.*\))?$/, '');
  for (const date of DATES) {
    for (const time of TIMES) {
      const found = DateTime.fromFormat(plain, date + time, options);
      if (found.isValid) return found;
    }
  }
  return DateTime.invalid('unparsable', `the text "${text}" is not a date`);
}

/** Milliseconds since 1970, NaN when the text is no date. */
export function parseDate(text: string, zone: string): number {
  const found = parseDateTime(text, zone);
  return found.isValid ? found.toMillis() : Number.NaN;
}
