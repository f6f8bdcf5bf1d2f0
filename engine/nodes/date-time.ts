/** Dates by Luxon, read and written the same on every machine: English, no zone or format of the host. */
import { DateTime, type DurationLikeObject } from 'luxon';
import type { z } from 'zod';
import type { dateTimeNode } from '../../contracts/catalogue/date-time.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { writeOutMacros } from '../expressions/methods/luxon-arguments.ts';
import { parseDateTime } from '../expressions/methods/parse-date.ts';
import { setPath } from '../items/paths.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import type { ComputeNode } from './compute-node.ts';

type Parameters = Resolved<z.output<typeof dateTimeNode.parameters>>;

/** Where the result goes when nobody named a field: as in n8n. */
const names: Record<Parameters['operation'], string> = {
  now: 'currentDate',
  format: 'formattedDate',
  parse: 'parsedDate',
  add: 'newDate',
  subtract: 'newDate',
  between: 'timeDifference',
  round: 'roundedDate',
  extract: 'datePart',
  zone: 'convertedDate',
};

export const runDateTime: ComputeNode<Parameters> = ({ item, parameters, budget, timezone, now }) => {
  budget.step(300); // what reading and writing dates costs, as in expressions
  const zone = zoneOf(parameters.zone || timezone);
  const json: JsonObject = parameters.keepOthers ? { ...item.json } : {};
  setPath(json, parameters.into || names[parameters.operation], compute(parameters, zone, now));
  return [{ port: 'main', item: { ...item, json } }];
};

function compute(parameters: Parameters, zone: string, now: number): JsonValue {
  const { operation, unit } = parameters;
  if (operation === 'now') {
    const date = DateTime.fromMillis(now, { zone, locale: 'en-US' });
    return iso(parameters.includeTime ? date : date.startOf('day'));
  }
  if (operation === 'parse') return iso(parseBy(parameters.format, parameters.date, zone));
  const found = readDate(parameters.date, zone);
  // In the automation's zone and not in that of the text, so that "the day" is the one that its builder means.
  const date = found.setZone(zone, { keepLocalTime: operation === 'zone' && parameters.keepLocalTime });
  switch (operation) {
    case 'format':
      return date.toFormat(formatOf(parameters.format));
    case 'add':
      return iso(date.plus(duration(unit, Number(parameters.amount))));
    case 'subtract':
      return iso(date.minus(duration(unit, Number(parameters.amount))));
    case 'between':
      return difference(date, readDate(parameters.until, zone).setZone(zone), parameters);
    case 'round':
      return iso(round(date, parameters));
    case 'extract':
      return date[parameters.part] ?? null;
    case 'zone':
      return iso(date);
  }
}

function difference(from: DateTime, to: DateTime, { unit, difference: kind }: Parameters): JsonValue {
  if (kind === 'number') return to.diff(from, unit).as(unit);
  const parts = to.diff(from, ['years', 'months', 'days', 'hours', 'minutes', 'seconds', 'milliseconds']);
  return kind === 'iso' ? parts.toISO()! : { ...parts.toObject() };
}

function round(date: DateTime, { rounding, unit }: Parameters): DateTime {
  const below = date.startOf(unit.slice(0, -1) as 'day');
  if (rounding === 'down' || +below === +date) return below;
  const above = below.plus(duration(unit, 1));
  if (rounding === 'up') return above;
  return +date - +below < +above - +date ? below : above;
}

function duration(unit: Parameters['unit'], amount: number): DurationLikeObject {
  return { [unit]: amount };
}

function readDate(given: string, zone: string): DateTime {
  const text = given.trim();
  const date = /^-?\d{8,}(\.\d+)?$/.test(text) ? sinceEpoch(Number(text), zone) : parseDateTime(text, zone);
  if (date.isValid) return date;
  throw noDate(given, 'Use ISO 8601, for example 2027-01-31T09:00, or read it with its format first.');
}

/** Seconds until the year 5138, milliseconds from 1973 on: what clocks of other programs give. */
function sinceEpoch(number: number, zone: string): DateTime {
  const milliseconds = Math.abs(number) < 100_000_000_000 ? number * 1_000 : number;
  return DateTime.fromMillis(milliseconds, { zone, locale: 'en-US' });
}

function parseBy(format: string, given: string, zone: string): DateTime {
  const date = DateTime.fromFormat(given.slice(0, 300).trim(), formatOf(format), {
    zone,
    locale: 'en-US',
    setZone: false,
  });
  if (date.isValid) return date;
  throw noDate(given, `The format says ${format}: correct it, or the date.`);
}

function formatOf(format: string): string {
  if (format.length > 0 && format.length <= 100) return writeOutMacros(format);
  throw new EngineFailure({
    code: 'invalid-parameter',
    message: format === '' ? 'The format is empty.' : 'The format is too long: 100 characters at most.',
    hint: 'Use Luxon tokens, for example dd/MM/yyyy.',
  });
}

function zoneOf(name: string): string {
  if (DateTime.fromMillis(0, { zone: name }).isValid) return name;
  throw new EngineFailure({
    code: 'invalid-parameter',
    message: `"${name.slice(0, 40)}" is not a time zone.`,
    hint: 'Use an IANA name such as America/Sao_Paulo.',
  });
}

function iso(date: DateTime): string {
  const text = date.toISO();
  if (text !== null) return text;
  throw noDate('The result', 'Use a smaller amount.');
}

function noDate(given: string, hint: string): EngineFailure {
  return new EngineFailure({
    code: 'wrong-type',
    message: given === '' ? 'The date is empty.' : `"${given.slice(0, 80)}" is not a date.`,
    hint,
  });
}
