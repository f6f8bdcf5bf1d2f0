import { describe, expect, it } from '@jest/globals';
import { waitNode } from '../../contracts/catalogue/wait.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { dueTime } from './wait.ts';

const now = Date.parse('2026-03-28T12:00:00Z');

function due(given: JsonObject, zone: string): string {
  const parameters = waitNode.parameters.parse(given) as Parameters<typeof dueTime>[0];
  return new Date(dueTime(parameters, now, zone)).toISOString();
}

describe('dueTime', () => {
  it.each<[JsonObject, string, string]>([
    [{}, '2026-03-28T12:01:00.000Z', 'UTC'],
    [{ amount: 0 }, '2026-03-28T12:00:00.000Z', 'UTC'],
    [{ amount: 1.5, unit: 'seconds' }, '2026-03-28T12:00:01.500Z', 'UTC'],
    [{ amount: '2', unit: 'hours' }, '2026-03-28T14:00:00.000Z', 'UTC'],
    [{ amount: 30, unit: 'days' }, '2026-04-27T12:00:00.000Z', 'UTC'],
    [{ mode: 'until', until: '2027-01-31T09:00' }, '2027-01-31T09:00:00.000Z', 'UTC'],
    [{ mode: 'until', until: '2027-01-31T09:00' }, '2027-01-31T12:00:00.000Z', 'America/Sao_Paulo'],
    [{ mode: 'until', until: '2027-01-31T09:00+02:00' }, '2027-01-31T07:00:00.000Z', 'America/Sao_Paulo'],
    // An hour that the change to summer time leaves out: the next one that is there.
    [{ mode: 'until', until: '2026-03-29T02:30' }, '2026-03-29T01:30:00.000Z', 'Europe/Berlin'],
    [{ mode: 'until', until: '2020-01-01' }, '2026-03-28T12:00:00.000Z', 'UTC'],
  ])('%j ends at %s in %s', (given, expected, zone) => {
    expect(due(given, zone)).toBe(expected);
  });

  it.each<[JsonObject, string]>([
    [{ mode: 'until', until: 'tomorrow' }, '"tomorrow" is not a date.'],
    [{ mode: 'until', until: '' }, '"" is not a date.'],
    [{ amount: 4_000, unit: 'days' }, 'A wait can last ten years at most.'],
    [{ mode: 'until', until: '9999-01-01' }, 'A wait can last ten years at most.'],
  ])('%j fails: %s', (given, message) => {
    expect(() => due(given, 'UTC')).toThrow(message);
  });
});
