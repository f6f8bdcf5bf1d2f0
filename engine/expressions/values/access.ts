import { DateTime, Duration, Interval } from 'luxon';
import { ExpressionError, MISSING } from '../errors.ts';
import { arrayMethods } from '../methods/array.ts';
import { booleanMethods } from '../methods/boolean.ts';
import { mapMethods, setMethods } from '../methods/collection.ts';
import { dateMethods } from '../methods/date.ts';
import { dateTimeFields, dateTimeMethods } from '../methods/date-time.ts';
import { durationFields, durationMethods, intervalFields, intervalMethods } from '../methods/duration.ts';
import { numberMethods } from '../methods/number.ts';
import { objectMethods } from '../methods/object.ts';
import { regexFields, regexMethods } from '../methods/regex.ts';
import { stringMethods } from '../methods/string.ts';
import { callFunction } from './call.ts';
import { describe, forbiddenName, isForbiddenName, isRecord, setField, toKey } from './convert.ts';
import {
  Builtin,
  Closure,
  type Context,
  DateValue,
  Internal,
  MapValue,
  type Method,
  type MethodTable,
  RegexValue,
  SetValue,
  View,
} from './internal.ts';

/** Every method name of every table, so that a check before the run can find misspelled ones. */
export const methodNames: ReadonlySet<string> = new Set(
  [
    stringMethods,
    numberMethods,
    booleanMethods,
    arrayMethods,
    objectMethods,
    dateTimeMethods,
    durationMethods,
    intervalMethods,
    dateMethods,
    regexMethods,
    setMethods,
    mapMethods,
  ].flatMap((table: ReadonlyMap<string, unknown>) => [...table.keys()]),
);

/** The methods a value has: chosen by what it is, never by what it says it is. */
function methodsOf(value: unknown): MethodTable<never> | undefined {
  switch (typeof value) {
    case 'string':
      return stringMethods;
    case 'number':
      return numberMethods;
    case 'boolean':
      return booleanMethods;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (Array.isArray(value)) return arrayMethods;
  if (isRecord(value)) return objectMethods;
  if (value instanceof DateTime) return dateTimeMethods;
  if (value instanceof DateValue) return dateMethods;
  if (value instanceof RegexValue) return regexMethods;
  if (value instanceof SetValue) return setMethods;
  if (value instanceof MapValue) return mapMethods;
  if (value instanceof Duration) return durationMethods;
  if (value instanceof Interval) return intervalMethods;
  return undefined;
}

/**
 * `object[key]`: own data only. Reading through null or undefined throws {@link MISSING}; a method's name
 * without a call, or a name that leads out of the data, throws an ExpressionError.
 */
export function getMember(context: Context, object: unknown, key: unknown): unknown {
  switch (typeof object) {
    case 'object': {
      if (object === null) throw MISSING;
      if (Array.isArray(object)) return arrayElement(context, object, key);
      if (isRecord(object)) return recordField(object, toKey(context, key));
      return memberOfSpecial(context, object, toKey(context, key));
    }
    case 'string': {
      if (typeof key === 'number') return Number.isInteger(key) ? object[key] : undefined;
      const name = toKey(context, key);
      if (name === 'length') return object.length;
      if (/^\d{1,9}$/.test(name)) return object[Number(name)];
      return noMember(context, object, name);
    }
    case 'undefined':
      throw MISSING;
    default:
      return noMember(context, object, toKey(context, key));
  }
}

function arrayElement(context: Context, list: unknown[], key: unknown): unknown {
  if (typeof key === 'number') return Object.hasOwn(list, key) ? list[key] : undefined;
  const name = toKey(context, key);
  if (name === 'length') return list.length;
  if (Object.hasOwn(list, name)) return (list as unknown as Record<string, unknown>)[name];
  return noMember(context, list, name);
}

function recordField(record: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(record, name)) {
    const value = record[name];
    return typeof value === 'function' ? undefined : value;
  }
  if (isForbiddenName(name)) throw forbiddenName(name);
  return undefined;
}

function memberOfSpecial(context: Context, object: object, name: string): unknown {
  if (object instanceof View) {
    const value = object.get(context, name);
    if (value !== undefined || object.keys.includes(name)) return value;
    if (isForbiddenName(name)) throw forbiddenName(name);
    const offer = object.keys.length > 0 ? ` It has: ${object.keys.join(', ')}.` : '';
    throw new ExpressionError('reference', `${object.label} has no "${name}".${offer}`);
  }
  if (object instanceof Builtin && object.members?.has(name)) return object.members.get(name);
  if (object instanceof DateTime && dateTimeFields.has(name))
    return dateTimeFields.get(name)!(context, object, []);
  if (object instanceof Duration && durationFields.has(name))
    return durationFields.get(name)!(context, object, []);
  if (object instanceof Interval && intervalFields.has(name))
    return intervalFields.get(name)!(context, object, []);
  if (object instanceof RegexValue && regexFields.has(name))
    return regexFields.get(name)!(context, object, []);
  if (name === 'size' && object instanceof SetValue) return object.set.size;
  if (name === 'size' && object instanceof MapValue) return object.map.size;
  return noMember(context, object, name);
}

function noMember(_context: Context, object: unknown, name: string): undefined {
  if (isForbiddenName(name)) throw forbiddenName(name);
  if (methodsOf(object)?.has(name)) {
    throw new ExpressionError(
      'type',
      `${name} is a method of ${describe(object)}: add parentheses, ${name}().`,
    );
  }
  if (object instanceof Internal) {
    throw new ExpressionError(
      isInternalFunction(object) ? 'forbidden' : 'type',
      `${describe(object)} has no "${name}".`,
    );
  }
  return undefined;
}

function isInternalFunction(value: Internal): boolean {
  return value instanceof Closure || value instanceof Builtin;
}

/** `object.name(...args)`: a method of the value's table, a function it holds, or a member of a view. */
export function callMethod(
  context: Context,
  object: unknown,
  name: string,
  args: readonly unknown[],
): unknown {
  if (object === null || object === undefined) throw MISSING;
  if (isRecord(object)) {
    const field = Object.hasOwn(object, name) ? object[name] : undefined;
    if (field instanceof Closure || field instanceof Builtin) return callFunction(context, field, args);
  } else if (object instanceof View || object instanceof Builtin) {
    return callFunction(context, memberOfSpecial(context, object, name), args);
  }
  const method = methodsOf(object)?.get(name) as Method<unknown> | undefined;
  if (method === undefined) {
    if (isForbiddenName(name)) throw forbiddenName(name);
    throw new ExpressionError('type', `${describe(object)} has no method ${name}().`);
  }
  context.budget.step();
  return method(context, object, args);
}

/** `object[key] = value`, for objects and lists that this expression has made. */
export function setMember(context: Context, object: unknown, key: unknown, value: unknown): void {
  if (typeof object !== 'object' || object === null || !context.owned?.has(object)) {
    throw new ExpressionError(
      'type',
      'Only lists and objects made in this expression can be changed. Copy it first: {...object} or [...list].',
    );
  }
  const name = toKey(context, key);
  context.budget.allocate(8);
  if (isForbiddenName(name)) throw forbiddenName(name);
  if (!Array.isArray(object)) {
    setField(object as Record<string, unknown>, name, value);
    return;
  }
  const index = Number(name);
  if (!Number.isInteger(index) || index < 0 || index > object.length) {
    throw new ExpressionError('type', `A list of ${object.length} has no place "${name}" to set.`);
  }
  object[index] = value;
}

/** The elements of a list, text, Set or Map, for spread, for-of and destructuring. */
export function iterate(context: Context, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') {
    context.budget.elements(value.length);
    return Array.from(value);
  }
  if (value instanceof SetValue) {
    context.budget.elements(value.set.size);
    return [...value.set];
  }
  if (value instanceof MapValue) {
    context.budget.elements(value.map.size * 3);
    return [...value.map];
  }
  if (value === null || value === undefined) throw MISSING;
  throw new ExpressionError('type', `${describe(value)} is not a list.`);
}
