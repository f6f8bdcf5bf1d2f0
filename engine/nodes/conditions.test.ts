import { describe, expect, it } from '@jest/globals';
import { type OperatorName, operators } from '../../contracts/conditions.ts';
import { createBudget } from '../expressions/index.ts';
import { type CompareOptions, holds } from './conditions.ts';

const options = (more: Partial<CompareOptions> = {}): CompareOptions => ({
  ignoreCase: false,
  timezone: 'UTC',
  budget: createBudget(),
  ...more,
});

const check = (left: unknown, operator: OperatorName, right: unknown, more?: Partial<CompareOptions>) =>
  holds('and', [{ left, operator, right }], options(more));

/** Left, operator, right, holds. Every operator has a line that holds and one that does not. */
const table: [unknown, OperatorName, unknown, boolean][] = [
  ['a', 'string.equals', 'a', true],
  ['a', 'string.equals', 'A', false],
  [5, 'string.equals', '5', true],
  [null, 'string.equals', '', true],
  [{ a: 1 }, 'string.equals', '{"a":1}', true],
  ['a', 'string.notEquals', 'b', true],
  ['a', 'string.notEquals', 'a', false],
  ['order-17', 'string.contains', '-1', true],
  ['order-17', 'string.contains', '18', false],
  ['order-17', 'string.notContains', '18', true],
  ['order-17', 'string.notContains', '17', false],
  ['order-17', 'string.startsWith', 'order', true],
  ['order-17', 'string.startsWith', '17', false],
  ['order-17', 'string.endsWith', '17', true],
  ['order-17', 'string.endsWith', 'order', false],
  ['a1b', 'string.regex', '^\\w\\d', true],
  ['ab', 'string.regex', '\\d', false],
  [0, 'any.exists', '', true],
  ['', 'any.exists', '', true],
  [undefined, 'any.exists', '', false],
  [null, 'any.notExists', '', true],
  [false, 'any.notExists', '', false],
  ['', 'any.empty', '', true],
  [[], 'any.empty', '', true],
  [{}, 'any.empty', '', true],
  [0, 'any.empty', '', false],
  [[0], 'any.notEmpty', '', true],
  [undefined, 'any.notEmpty', '', false],
  ['5', 'number.equals', 5, true],
  [5, 'number.equals', 6, false],
  [5, 'number.notEquals', 6, true],
  ['5.0', 'number.notEquals', 5, false],
  [true, 'number.equals', 1, true],
  [2, 'number.gt', '1', true],
  [1, 'number.gt', 1, false],
  [1, 'number.gte', 1, true],
  [0, 'number.gte', 1, false],
  [1, 'number.lt', 2, true],
  [2, 'number.lt', 2, false],
  [2, 'number.lte', 2, true],
  [3, 'number.lte', 2, false],
  ['many', 'number.gt', 1, false],
  ['many', 'number.lt', 1, false],
  ['', 'number.equals', 0, false],
  [null, 'number.equals', 0, false],
  [true, 'boolean.true', '', true],
  ['yes', 'boolean.true', '', true],
  ['No', 'boolean.true', '', false],
  [0, 'boolean.false', '', true],
  ['FALSE', 'boolean.false', '', true],
  ['on', 'boolean.false', '', false],
  ['true', 'boolean.equals', true, true],
  ['0', 'boolean.equals', true, false],
  ['2026-03-02', 'dateTime.after', '2026-03-01', true],
  ['2026-03-01', 'dateTime.after', '2026-03-01', false],
  ['2026-03-01T09:00:00+02:00', 'dateTime.before', '2026-03-01T08:00:00Z', true],
  ['2026-03-02', 'dateTime.before', '2026-03-01', false],
  ['2026-03-01T10:00:00+02:00', 'dateTime.equals', '2026-03-01T08:00:00Z', true],
  [1_772_352_000_000, 'dateTime.equals', '2026-03-01T08:00:00Z', true],
  ['soon', 'dateTime.equals', 'soon', false],
  [[1, 'b'], 'array.contains', '1', true],
  [[{ a: 1 }], 'array.contains', { a: 1 }, true],
  ['abc', 'array.contains', 'a', false],
  [[1, 2], 'array.lengthEquals', '2', true],
  [[1], 'array.lengthEquals', 2, false],
  [[1, 2], 'array.lengthGt', 1, true],
  [[1], 'array.lengthGt', 1, false],
  [[], 'array.lengthLt', 1, true],
  ['', 'array.lengthLt', 1, false],
];

describe('conditions', () => {
  it.each(table)('%j %s %j: %s', (left, operator, right, expected) => {
    expect(check(left, operator, right)).toBe(expected);
  });

  it.each(Object.keys(operators) as OperatorName[])('%s is seen to hold and not to hold', (operator) => {
    const outcomes = new Set(table.flatMap(([, name, , expected]) => (name === operator ? [expected] : [])));
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it('may ignore case, in patterns too', () => {
    expect(check('ABC', 'string.contains', 'b', { ignoreCase: true })).toBe(true);
    expect(check('ABC', 'string.regex', '^a', { ignoreCase: true })).toBe(true);
    expect(check('ABC', 'string.regex', '^a')).toBe(false);
  });

  it('reads dates without an offset in the zone of the automation', () => {
    const midnight = '2026-03-01T03:00:00Z';
    expect(check('2026-03-01', 'dateTime.equals', midnight, { timezone: 'America/Sao_Paulo' })).toBe(true);
    expect(check('2026-03-01', 'dateTime.equals', midnight)).toBe(false);
  });

  it('joins by and, or; none at all holds with and, not with or', () => {
    const yes = { left: 1, operator: 'number.equals', right: 1 } as const;
    const no = { ...yes, right: 2 };
    expect(holds('and', [yes, no], options())).toBe(false);
    expect(holds('or', [no, yes], options())).toBe(true);
    expect(holds('or', [no, no], options())).toBe(false);
    expect(holds('and', [], options())).toBe(true);
    expect(holds('or', [], options())).toBe(false);
  });

  it('stops a pattern that would search for ever, and names one that is none', () => {
    expect(() => check('a'.repeat(40), 'string.regex', '(a+)+$b')).toThrow(/steps|limit|long/i);
    expect(() => check('a', 'string.regex', '(')).toThrow();
  });
});
