/** How conditions compare: with n8n's meaning, except that types are loose by default (`"5"` equals the number 5). */

import { DateTime } from 'luxon';
import type { Combinator, OperatorName } from '../../contracts/conditions.ts';
import type { Budget } from '../expressions/index.ts';
import { compileRegex } from '../expressions/regex/compile-regex.ts';
import { matchRegex } from '../expressions/regex/match-regex.ts';

export interface ResolvedCondition {
  left: unknown;
  operator: OperatorName;
  right: unknown;
}

export interface CompareOptions {
  ignoreCase: boolean;
  timezone: string;
  budget: Budget;
}

export function holds(
  combinator: Combinator,
  conditions: readonly ResolvedCondition[],
  options: CompareOptions,
): boolean {
  if (combinator === 'or') return conditions.some((condition) => compare(condition, options));
  return conditions.every((condition) => compare(condition, options));
}

function compare({ left, operator, right }: ResolvedCondition, options: CompareOptions): boolean {
  return comparisons[operator](left, right, options);
}

type Comparison = (left: unknown, right: unknown, options: CompareOptions) => boolean;

const strings =
  (test: (left: string, right: string) => boolean): Comparison =>
  (left, right, { ignoreCase }) =>
    ignoreCase
      ? test(asText(left).toLowerCase(), asText(right).toLowerCase())
      : test(asText(left), asText(right));

const numbers =
  (test: (left: number, right: number) => boolean): Comparison =>
  (left, right) =>
    test(asNumber(left), asNumber(right));

const moments =
  (test: (left: number, right: number) => boolean): Comparison =>
  (left, right, { timezone }) =>
    test(asMoment(left, timezone), asMoment(right, timezone));

const lengths =
  (test: (length: number, right: number) => boolean): Comparison =>
  (left, right) =>
    Array.isArray(left) && test(left.length, asNumber(right));

const comparisons: Record<OperatorName, Comparison> = {
  'string.equals': strings((a, b) => a === b),
  'string.notEquals': strings((a, b) => a !== b),
  'string.contains': strings((a, b) => a.includes(b)),
  'string.notContains': strings((a, b) => !a.includes(b)),
  'string.startsWith': strings((a, b) => a.startsWith(b)),
  'string.endsWith': strings((a, b) => a.endsWith(b)),
  'string.regex': (left, right, { budget, ignoreCase }) =>
    matchRegex(compileRegex(asText(right), ignoreCase ? 'i' : ''), asText(left), 0, budget) !== undefined,
  'any.exists': (left) => left !== undefined && left !== null,
  'any.notExists': (left) => left === undefined || left === null,
  'any.empty': isEmpty,
  'any.notEmpty': (left) => !isEmpty(left),
  'number.equals': numbers((a, b) => a === b),
  'number.notEquals': numbers((a, b) => a !== b),
  'number.gt': numbers((a, b) => a > b),
  'number.gte': numbers((a, b) => a >= b),
  'number.lt': numbers((a, b) => a < b),
  'number.lte': numbers((a, b) => a <= b),
  'boolean.true': (left) => asTruth(left),
  'boolean.false': (left) => !asTruth(left),
  'boolean.equals': (left, right) => asTruth(left) === asTruth(right),
  'dateTime.after': moments((a, b) => a > b),
  'dateTime.before': moments((a, b) => a < b),
  'dateTime.equals': moments((a, b) => a === b),
  'array.contains': (left, right) =>
    Array.isArray(left) && left.some((entry) => asText(entry) === asText(right)),
  'array.lengthEquals': lengths((a, b) => a === b),
  'array.lengthGt': lengths((a, b) => a > b),
  'array.lengthLt': lengths((a, b) => a < b),
};

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Text that is not a number compares as NaN: every comparison with it is false. */
function asNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function asTruth(value: unknown): boolean {
  if (typeof value === 'string') return !['', 'false', '0', 'no'].includes(value.trim().toLowerCase());
  return Boolean(value);
}

function asMoment(value: unknown, timezone: string): number {
  if (typeof value === 'number') return value;
  return DateTime.fromISO(asText(value), { zone: timezone }).toMillis();
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
