import { describe, expect, it } from '@jest/globals';
import { dateTimeNode } from '../../contracts/catalogue/date-time.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { computeNodes } from './index.ts';

const now = Date.UTC(2026, 0, 31, 23, 30);

function run(given: JsonObject, json: JsonObject = {}): JsonObject {
  const parameters = dateTimeNode.parameters.parse(given);
  const item = { json: Object.freeze(json) };
  const [made] = computeNodes['date-time']!({
    item,
    parameters,
    budget: createBudget(),
    timezone: 'America/Sao_Paulo',
    now,
  });
  return made!.item.json;
}

const date = '2026-01-31T10:20:30.000-03:00';
const operation = (name: string, more: JsonObject = {}) => ({ operation: name, date, ...more });

describe('date-time', () => {
  it.each<[string, JsonObject, string, JsonValue]>([
    ['now', { operation: 'now' }, 'currentDate', '2026-01-31T20:30:00.000-03:00'],
    ['today', { operation: 'now', includeTime: false }, 'currentDate', '2026-01-31T00:00:00.000-03:00'],
    [
      'now elsewhere',
      { operation: 'now', zone: 'Asia/Tokyo' },
      'currentDate',
      '2026-02-01T08:30:00.000+09:00',
    ],
    [
      'format',
      operation('format', { format: "cccc, d 'of' LLLL" }),
      'formattedDate',
      'Saturday, 31 of January',
    ],
    ['format by macro', operation('format', { format: 'DD' }), 'formattedDate', 'Jan 31, 2026'],
    ['format in a zone', operation('format', { format: 'HH:mm', zone: 'UTC' }), 'formattedDate', '13:20'],
    ['format seconds since 1970', operation('format', { date: 1769862030 }), 'formattedDate', '2026-01-31'],
    ['format milliseconds', operation('format', { date: '1769862030000' }), 'formattedDate', '2026-01-31'],
    [
      'format mail',
      operation('format', { date: 'Sat, 31 Jan 2026 10:20:30 -0300' }),
      'formattedDate',
      '2026-01-31',
    ],
    [
      'parse',
      { operation: 'parse', date: '31/01/2026 10:20', format: 'dd/MM/yyyy HH:mm' },
      'parsedDate',
      '2026-01-31T10:20:00.000-03:00',
    ],
    ['add', operation('add', { amount: 1, unit: 'months' }), 'newDate', '2026-02-28T10:20:30.000-03:00'],
    [
      'subtract',
      operation('subtract', { amount: '1.5', unit: 'hours' }),
      'newDate',
      '2026-01-31T08:50:30.000-03:00',
    ],
    ['between', operation('between', { until: '2026-02-01T22:20:30-03:00' }), 'timeDifference', 1.5],
    [
      'between, backwards',
      operation('between', { until: '2026-01-30T10:20:30-03:00' }),
      'timeDifference',
      -1,
    ],
    [
      'between in parts',
      operation('between', { until: '2027-03-02T10:20:30-03:00', difference: 'parts' }),
      'timeDifference',
      { years: 1, months: 1, days: 2, hours: 0, minutes: 0, seconds: 0, milliseconds: 0 },
    ],
    [
      'between as ISO',
      operation('between', { until: '2026-01-31T12:20:30-03:00', difference: 'iso' }),
      'timeDifference',
      'PT2H',
    ],
    ['round down', operation('round', { unit: 'hours' }), 'roundedDate', '2026-01-31T10:00:00.000-03:00'],
    [
      'round up',
      operation('round', { unit: 'months', rounding: 'up' }),
      'roundedDate',
      '2026-02-01T00:00:00.000-03:00',
    ],
    [
      'round up what is round',
      operation('round', { date: '2026-01-31', rounding: 'up' }),
      'roundedDate',
      '2026-01-31T00:00:00.000-03:00',
    ],
    [
      'round to the nearest',
      operation('round', { unit: 'minutes', rounding: 'nearest' }),
      'roundedDate',
      '2026-01-31T10:21:00.000-03:00',
    ],
    ['the weekday', operation('extract', { part: 'weekday' }), 'datePart', 6],
    ['the week', operation('extract', { part: 'weekNumber' }), 'datePart', 5],
    ['the hour elsewhere', operation('extract', { part: 'hour', zone: 'Asia/Tokyo' }), 'datePart', 22],
    ['a zone', operation('zone', { zone: 'Asia/Tokyo' }), 'convertedDate', '2026-01-31T22:20:30.000+09:00'],
    [
      'a zone by the clock',
      operation('zone', { zone: 'Asia/Tokyo', keepLocalTime: true }),
      'convertedDate',
      '2026-01-31T10:20:30.000+09:00',
    ],
  ])('%s', (_, given, into, expected) => {
    expect(run(given)).toEqual({ [into]: expected });
  });

  it('puts the result where it is told, beside the other fields or alone', () => {
    expect(run(operation('extract', { into: 'a.month' }), { a: { b: 1 } })).toEqual({
      a: { b: 1, month: 1 },
    });
    expect(run(operation('extract', { keepOthers: false }), { a: 1 })).toEqual({ datePart: 1 });
  });

  it.each<[string, JsonObject, string]>([
    ['an empty date', operation('format', { date: '' }), 'The date is empty.'],
    ['no date', operation('format', { date: 'soon' }), '"soon" is not a date.'],
    ['no such day', operation('format', { date: '2026-02-30' }), '"2026-02-30" is not a date.'],
    [
      'no date in this format',
      operation('parse', { date: '2026', format: 'dd/MM' }),
      '"2026" is not a date.',
    ],
    ['no end', operation('between', { until: 'later' }), '"later" is not a date.'],
    ['no zone', operation('format', { zone: 'Mars/Base' }), '"Mars/Base" is not a time zone.'],
    ['a format without end', operation('format', { format: 'y'.repeat(101) }), 'The format is too long'],
    ['out of time', operation('add', { amount: 1e9, unit: 'years' }), 'is not a date.'],
  ])('refuses %s', (_, given, message) => {
    expect(() => run(given)).toThrow(message);
  });
});
