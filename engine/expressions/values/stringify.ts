import { DateTime, Duration, Interval } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { callFunction } from './call.ts';
import { toNumber, toText } from './convert.ts';
import { Builtin, Closure, type Context, DateValue, Internal, MapValue, SetValue, View } from './internal.ts';

const MAX_DEPTH = 100;

/** How `JSON.stringify` was asked to write. */
interface Style {
  indent: string;
  replacer: unknown;
  keys: Set<string> | undefined;
}

/**
 * `JSON.stringify` that charges as it goes and cannot be led astray by `toJSON` fields. Functions and node
 * references are left out as functions are in JavaScript; lists that contain themselves end in an error.
 */
export function stringify(
  context: Context,
  value: unknown,
  replacer?: unknown,
  space?: unknown,
): string | undefined {
  const style: Style = {
    indent: indentOf(context, space),
    replacer: replacer instanceof Closure || replacer instanceof Builtin ? replacer : undefined,
    keys: Array.isArray(replacer) ? new Set(replacer.map((key) => toText(context, key))) : undefined,
  };
  return write(context, '', value, style, '', 0);
}

function indentOf(context: Context, space: unknown): string {
  if (typeof space === 'string') return space.slice(0, 10);
  if (typeof space !== 'number') return '';
  return ' '.repeat(Math.max(0, Math.min(10, Math.trunc(toNumber(context, space)) || 0)));
}

function write(
  context: Context,
  key: string,
  given: unknown,
  style: Style,
  margin: string,
  depth: number,
): string | undefined {
  const { budget } = context;
  budget.step();
  if (depth > MAX_DEPTH)
    throw new ExpressionError(
      'type',
      'This value is nested too deeply, or contains itself, and cannot become JSON.',
    );
  const value = style.replacer === undefined ? given : callFunction(context, style.replacer, [key, given]);
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      budget.allocate(value.length);
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      return undefined;
  }
  if (Array.isArray(value)) {
    const parts = value.map(
      (item, index) => write(context, String(index), item, style, margin + style.indent, depth + 1) ?? 'null',
    );
    return wrap(context, '[', parts, ']', style, margin);
  }
  const scalar = scalarOf(value);
  if (scalar !== NOT_SCALAR) return scalar === undefined ? undefined : JSON.stringify(scalar);
  const record =
    value instanceof MapValue || value instanceof SetValue ? {} : (value as Record<string, unknown>);
  const parts: string[] = [];
  for (const name of Object.keys(record)) {
    if (style.keys !== undefined && !style.keys.has(name)) continue;
    const text = write(context, name, record[name], style, margin + style.indent, depth + 1);
    if (text !== undefined) parts.push(`${JSON.stringify(name)}:${style.indent === '' ? '' : ' '}${text}`);
  }
  return wrap(context, '{', parts, '}', style, margin);
}

const NOT_SCALAR = Symbol('not a scalar');

/** The JSON scalar a date or function becomes. */
function scalarOf(value: object): unknown {
  if (value instanceof DateTime || value instanceof Duration || value instanceof Interval)
    return value.toISO();
  if (value instanceof DateValue) return Number.isFinite(value.ms) ? new Date(value.ms).toISOString() : null;
  if (value instanceof Closure || value instanceof Builtin || value instanceof View) return undefined;
  if (value instanceof MapValue || value instanceof SetValue) return NOT_SCALAR;
  if (value instanceof Internal) return '';
  return NOT_SCALAR;
}

function wrap(
  context: Context,
  open: string,
  parts: string[],
  close: string,
  style: Style,
  margin: string,
): string {
  let size = 2;
  for (const part of parts) size += part.length + 1;
  context.budget.allocate(size);
  if (parts.length === 0) return open + close;
  if (style.indent === '') return open + parts.join(',') + close;
  context.budget.allocate(parts.length * (margin.length + 12));
  const inner = margin + style.indent;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}
