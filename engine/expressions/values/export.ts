import { DateTime, Duration, Interval } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { describe, isRecord, toText } from './convert.ts';
import {
  Builtin,
  Closure,
  type Context,
  DateValue,
  Internal,
  MapValue,
  RegexValue,
  SetValue,
  View,
} from './internal.ts';
import { stringify } from './stringify.ts';

/**
 * A block's value as plain JSON data for the engine: dates become ISO text, Sets lists, Maps objects.
 * Data that came from the run is passed on as it is; only what the expression made is walked.
 */
export function exportValue(context: Context, value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Internal) return exportInternal(context, value, depth);
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value.toISO();
  if (!context.owned?.has(value)) return value;
  context.budget.step();
  if (depth > 100) throw new ExpressionError('type', 'The result is nested too deeply, or contains itself.');
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = exportValue(context, value[i], depth + 1);
    return value;
  }
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) record[key] = exportValue(context, record[key], depth + 1);
  return record;
}

function exportInternal(context: Context, value: Internal, depth: number): unknown {
  if (value instanceof DateValue) return Number.isNaN(value.ms) ? null : new Date(value.ms).toISOString();
  if (value instanceof SetValue) return [...value.set].map((item) => exportValue(context, item, depth + 1));
  if (value instanceof MapValue) {
    const entries = [...value.map].map(
      ([key, item]) => [toText(context, key), exportValue(context, item, depth + 1)] as const,
    );
    return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
  }
  if (value instanceof RegexValue) return `/${value.program.source}/${value.program.flagText}`;
  if (value instanceof Closure || value instanceof Builtin) {
    throw new ExpressionError(
      'type',
      `The result is ${describe(value)}, not a value. Add parentheses to call it.`,
    );
  }
  if (value instanceof View) {
    throw new ExpressionError(
      'type',
      `${value.label} is not a value by itself. Say what you want of it: ${value.keys.slice(0, 4).join(', ')}.`,
    );
  }
  return undefined;
}

/**
 * A block's value inside text, as n8n writes it: nothing for undefined, null and NaN. Lists of plain values are
 * joined by commas; objects become JSON (n8n writes the useless "[object Object]").
 */
export function embedValue(context: Context, value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '';
  if (typeof value !== 'object') return String(value);
  const plain = exportValue(context, value);
  const nested = Array.isArray(plain)
    ? plain.some((item) => typeof item === 'object' && item !== null)
    : isRecord(plain);
  return nested ? (stringify(context, plain) ?? '') : toText(context, plain);
}
