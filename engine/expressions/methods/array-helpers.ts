import { ExpressionError } from '../errors.ts';
import { callback, callFunction } from '../values/call.ts';
import { isRecord, setField, toInteger, toKey, toNumber, toText } from '../values/convert.ts';
import { type Context, type Method, methods, newArray, newText, own } from '../values/internal.ts';
import { stringify } from '../values/stringify.ts';
import { isEmptyValue, listArgument } from './support.ts';

type List = unknown[];

/** What makes two elements the same: their JSON, as in n8n. */
function identity(context: Context, value: unknown): string {
  return typeof value === 'object' && value !== null
    ? `j${stringify(context, value)}`
    : `${typeof value}:${toText(context, value)}`;
}

function field(record: unknown, name: string): unknown {
  return isRecord(record) && Object.hasOwn(record, name) ? record[name] : undefined;
}

function unique(context: Context, list: readonly unknown[], keys: readonly unknown[]): List {
  const names = keys.flat().map((key) => toKey(context, key));
  const seen = new Set<string>();
  const result = list.filter((item) => {
    context.budget.step();
    const id =
      names.length === 0
        ? identity(context, item)
        : identity(
            context,
            names.map((name) => field(item, name)),
          );
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
  return newArray(context, result);
}

/** Numbers of a list; text that is a number counts, anything else is an error. */
function numbers(context: Context, name: string, list: readonly unknown[]): number[] {
  context.budget.step(list.length);
  return list.map((item) => {
    const number =
      typeof item === 'string' || typeof item === 'number' ? toNumber(context, item) : Number.NaN;
    if (Number.isNaN(number)) throw new ExpressionError('type', `${name}() needs a list of numbers.`);
    return number;
  });
}

/** Keeps elements of the list by whether the other list has them. */
const comparing =
  (name: string, keep: (inOther: boolean) => boolean): Method<List> =>
  (context, self, [given]) => {
    const other = new Set(listArgument(name, given).map((item) => identity(context, item)));
    return newArray(
      context,
      self.filter((item) => keep(other.has(identity(context, item)))),
    );
  };

function chunk(context: Context, list: List, [given]: readonly unknown[]): List {
  const size = toInteger(context, given, 0);
  if (size < 1) throw new ExpressionError('type', 'chunk() needs a size of 1 or more.');
  const result: List = [];
  for (let i = 0; i < list.length; i += size) result.push(newArray(context, list.slice(i, i + size)));
  return newArray(context, result);
}

function merged(context: Context, list: List, [given]: readonly unknown[]): unknown {
  const result: Record<string, unknown> = {};
  const sources = given === undefined ? list : [...list, ...listArgument('merge', given)];
  for (const source of sources) {
    for (const [key, value] of isRecord(source) ? Object.entries(source) : []) {
      context.budget.step();
      if (!Object.hasOwn(result, key)) setField(result, key, value);
    }
  }
  return own(context, result);
}

const reducing =
  (name: string, combine: (values: number[]) => number): Method<List> =>
  (context, self) =>
    self.length === 0
      ? name === 'sum' || name === 'average'
        ? 0
        : undefined
      : combine(numbers(context, name, self));

/** n8n's additions to lists. */
export const arrayHelpers = methods<List>({
  first: (_context, self) => self[0],
  last: (_context, self) => self.at(-1),
  isEmpty: (_context, self) => self.length === 0,
  isNotEmpty: (_context, self) => self.length > 0,
  pluck: (context, self, args) => {
    const names = args.flat().map((name) => toKey(context, name));
    const pick = (item: unknown): unknown => {
      context.budget.step(names.length);
      if (names.length === 1) return field(item, names[0]!);
      return own(context, Object.fromEntries(names.map((name) => [name, field(item, name)])));
    };
    return newArray(
      context,
      names.length === 0 ? [...self] : self.map(pick).filter((value) => value !== undefined),
    );
  },
  unique: (context, self, keys) => unique(context, self, keys),
  removeDuplicates: (context, self, keys) => unique(context, self, keys),
  sum: reducing('sum', (values) => values.reduce((total, value) => total + value, 0)),
  average: reducing('average', (values) => values.reduce((total, value) => total + value, 0) / values.length),
  min: reducing('min', (values) => values.reduce((least, value) => Math.min(least, value))),
  max: reducing('max', (values) => values.reduce((most, value) => Math.max(most, value))),
  compact: (context, self) => {
    context.budget.step(self.length);
    return newArray(
      context,
      self.filter((item) => !isEmptyValue(item)),
    );
  },
  chunk,
  merge: merged,
  intersection: comparing('intersection', (inOther) => inOther),
  difference: comparing('difference', (inOther) => !inOther),
  union: (context, self, [given]) => unique(context, self.concat(listArgument('union', given)), []),
  append: (context, self, args) => newArray(context, [...self, ...args]),
  randomItem: (context, self) => self[Math.floor(context.scope.source.random() * self.length)],
  renameKeys: (context, self, args) => {
    const names = new Map<string, string>();
    for (let i = 0; i + 1 < args.length; i += 2)
      names.set(toKey(context, args[i]), toKey(context, args[i + 1]));
    const rename = (item: unknown): unknown => {
      if (!isRecord(item)) return item;
      const result: Record<string, unknown> = {};
      const entries = Object.entries(item);
      context.budget.elements(entries.length);
      for (const [key, value] of entries) setField(result, names.get(key) ?? key, value);
      return own(context, result);
    };
    return newArray(context, self.map(rename));
  },
  smartJoin: (context, self, [keyField, valueField]) => {
    const key = toKey(context, keyField);
    const value = toKey(context, valueField);
    const result: Record<string, unknown> = {};
    context.budget.elements(self.length);
    for (const item of self) {
      const name = field(item, key);
      if (name !== undefined) setField(result, toKey(context, name), field(item, value));
    }
    return own(context, result);
  },
  groupBy: (context, self, [given]) => {
    const fn = callback('groupBy', given);
    const result: Record<string, unknown[]> = {};
    self.forEach((item, index) => {
      const name = toKey(context, callFunction(context, fn, [item, index]));
      if (!Object.hasOwn(result, name)) setField(result, name, newArray(context, []));
      context.budget.allocate(8);
      result[name]!.push(item);
    });
    return own(context, result);
  },
  toJsonString: (context, self) => newText(context, stringify(context, self) ?? ''),
  hash: () => {
    throw new ExpressionError(
      'unsupported',
      'hash() is not available in expressions. Use a Crypto or Code node.',
    );
  },
});
