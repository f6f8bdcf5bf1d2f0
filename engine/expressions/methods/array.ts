import { ExpressionError } from '../errors.ts';
import { callback, callFunction } from '../values/call.ts';
import { joinText, strictEquals, toInteger, toNumber, toText } from '../values/convert.ts';
import {
  type Context,
  type Method,
  type MethodTable,
  method,
  methods,
  newArray,
  own,
} from '../values/internal.ts';
import { arrayHelpers } from './array-helpers.ts';

type List = unknown[];

/** A method that calls `(element, index, list)` until it knows the answer. */
const visiting =
  (
    name: string,
    visit: (result: unknown, element: unknown, index: number) => { answer: unknown } | undefined,
    otherwise: unknown,
  ): Method<List> =>
  (context, self, [given]) => {
    const fn = callback(name, given);
    const { length } = self;
    for (let index = 0; index < length; index++) {
      const done = visit(callFunction(context, fn, [self[index], index, self]), self[index], index);
      if (done !== undefined) return done.answer;
    }
    return otherwise;
  };

const visitingFromEnd =
  (name: string, answer: (element: unknown, index: number) => unknown, otherwise: unknown): Method<List> =>
  (context, self, [given]) => {
    const fn = callback(name, given);
    for (let index = self.length - 1; index >= 0; index--) {
      if (callFunction(context, fn, [self[index], index, self])) return answer(self[index], index);
    }
    return otherwise;
  };

function reduce(context: Context, name: string, list: List, args: readonly unknown[]): unknown {
  const fn = callback(name, args[0]);
  let index = 0;
  let result = args[1];
  if (args.length < 2) {
    if (list.length === 0)
      throw new ExpressionError('type', `${name}() of an empty list needs a start value: ${name}(fn, 0).`);
    result = list[index++];
  }
  const { length } = list;
  for (; index < length; index++) result = callFunction(context, fn, [result, list[index], index, list]);
  return result;
}

/** A list this expression made, for methods that change it. Data of the run is read-only. */
function changeable(context: Context, name: string, list: List, instead: string): List {
  if (context.owned?.has(list)) return list;
  throw new ExpressionError(
    'type',
    `${name}() would change the run's data, which is read-only. Use ${instead}.`,
  );
}

/** Sorts a copy: the comparator of an expression may look at, but never disturb, the list being sorted. */
function sorted(context: Context, list: List, given: unknown): List {
  const { budget } = context;
  budget.elements(list.length);
  budget.step(list.length * Math.ceil(Math.log2(list.length + 1)));
  const present: unknown[] = list.filter((item) => item !== undefined);
  if (given === undefined) {
    const keyed = present.map((item) => ({ item, key: toText(context, item) }));
    let longest = 0;
    for (const { key } of keyed) longest = Math.max(longest, key.length);
    budget.step((longest >>> 6) * keyed.length);
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    keyed.forEach(({ item }, index) => {
      present[index] = item;
    });
  } else {
    const compare = callback('sort', given);
    present.sort((a, b) => toNumber(context, callFunction(context, compare, [a, b])));
  }
  while (present.length < list.length) present.push(undefined);
  return present;
}

/** `sort` and `reverse` change a list of the expression's own in place and give a copy of the run's data. */
function replaceContent(context: Context, list: List, content: List): List {
  if (!context.owned?.has(list)) return newArray(context, content);
  for (let i = 0; i < content.length; i++) list[i] = content[i];
  return list;
}

function flat(
  context: Context,
  list: readonly unknown[],
  depth: number,
  into: unknown[],
  level = 0,
): unknown[] {
  if (level > 100) throw new ExpressionError('budget', 'This list is nested too deeply to be flattened.');
  for (const item of list) {
    context.budget.allocate(8);
    context.budget.step();
    if (Array.isArray(item) && depth >= 1) flat(context, item, depth - 1, into, level + 1);
    else into.push(item);
  }
  return into;
}

function find(
  context: Context,
  list: List,
  wanted: unknown,
  from: unknown,
  same: typeof strictEquals,
): number {
  context.budget.step(list.length >>> 3);
  const start = toInteger(context, from);
  for (let i = start < 0 ? Math.max(0, list.length + start) : start; i < list.length; i++) {
    if (same(context, list[i], wanted)) return i;
  }
  return -1;
}

const sameValue: typeof strictEquals = (context, a, b) =>
  strictEquals(context, a, b) || (Number.isNaN(a) && Number.isNaN(b));

function splice(context: Context, list: List, args: readonly unknown[], into: List): List {
  const { budget } = context;
  budget.elements(list.length + args.length);
  const start = toInteger(context, args[0]);
  const count = args.length === 0 ? 0 : toInteger(context, args[1], list.length);
  into.splice(start, Math.max(0, count), ...args.slice(2));
  return into;
}

/** JavaScript's own list methods; those of n8n are in array-helpers. */
const standard = methods<List>({
  at: (context, self, [index]) => self.at(toInteger(context, index)),
  concat: (context, self, args) => {
    let total = self.length;
    for (const arg of args) total += Array.isArray(arg) ? arg.length : 1;
    context.budget.elements(total);
    return own(context, self.concat(...args));
  },
  entries: (context, self) =>
    newArray(
      context,
      self.map((item, index) => newArray(context, [index, item])),
    ),
  every: visiting('every', (result) => (result ? undefined : { answer: false }), true),
  fill: (context, self, [value, start, end]) => {
    context.budget.step(self.length);
    return changeable(context, 'fill', self, 'map').fill(
      value,
      toInteger(context, start),
      toInteger(context, end, self.length),
    );
  },
  filter: (context, self, [given]) => {
    const fn = callback('filter', given);
    return newArray(
      context,
      self.filter((item, index) => callFunction(context, fn, [item, index, self])),
    );
  },
  find: visiting('find', (result, element) => (result ? { answer: element } : undefined), undefined),
  findIndex: visiting('findIndex', (result, _element, index) => (result ? { answer: index } : undefined), -1),
  findLast: visitingFromEnd('findLast', (element) => element, undefined),
  findLastIndex: visitingFromEnd('findLastIndex', (_element, index) => index, -1),
  flat: (context, self, [depth]) => own(context, flat(context, self, toInteger(context, depth, 1), [])),
  flatMap: (context, self, [given]) => {
    const fn = callback('flatMap', given);
    return own(
      context,
      flat(
        context,
        self.map((item, index) => callFunction(context, fn, [item, index, self])),
        1,
        [],
      ),
    );
  },
  forEach: visiting('forEach', () => undefined, undefined),
  includes: (context, self, [wanted, from]) => find(context, self, wanted, from, sameValue) >= 0,
  indexOf: (context, self, [wanted, from]) => find(context, self, wanted, from, strictEquals),
  lastIndexOf: (context, self, [wanted]) => {
    context.budget.step(self.length >>> 3);
    for (let i = self.length - 1; i >= 0; i--) if (strictEquals(context, self[i], wanted)) return i;
    return -1;
  },
  join: (context, self, [separator]) =>
    joinText(context, self, separator === undefined ? ',' : toText(context, separator)),
  keys: (context, self) =>
    newArray(
      context,
      self.map((_item, index) => index),
    ),
  map: (context, self, [given]) => {
    const fn = callback('map', given);
    context.budget.elements(self.length);
    return own(
      context,
      self.map((item, index) => callFunction(context, fn, [item, index, self])),
    );
  },
  pop: (context, self) => changeable(context, 'pop', self, '.at(-1)').pop(),
  push: (context, self, args) => {
    context.budget.elements(args.length);
    const list = changeable(context, 'push', self, '[...list, element]');
    for (const arg of args) list.push(arg);
    return list.length;
  },
  reduce: (context, self, args) => reduce(context, 'reduce', self, args),
  reduceRight: (context, self, args) =>
    reduce(context, 'reduceRight', newArray(context, self.toReversed()), args),
  reverse: (context, self) => {
    context.budget.elements(self.length);
    return replaceContent(context, self, self.toReversed());
  },
  shift: (context, self) => {
    context.budget.step(self.length >>> 4);
    return changeable(context, 'shift', self, '.at(0) and .slice(1)').shift();
  },
  slice: (context, self, [start, end]) =>
    newArray(
      context,
      self.slice(toInteger(context, start), end === undefined ? undefined : toInteger(context, end)),
    ),
  some: visiting('some', (result) => (result ? { answer: true } : undefined), false),
  sort: (context, self, [compare]) => replaceContent(context, self, sorted(context, self, compare)),
  splice: (context, self, args) => {
    const list = changeable(context, 'splice', self, 'toSpliced');
    const removed = list.slice(toInteger(context, args[0]));
    splice(context, list, args, list);
    const count = args.length === 0 ? 0 : toInteger(context, args[1], removed.length);
    return newArray(context, removed.slice(0, Math.max(0, count)));
  },
  toReversed: (context, self) => newArray(context, self.toReversed()),
  toSorted: (context, self, [compare]) => newArray(context, sorted(context, self, compare)),
  toSpliced: (context, self, args) => own(context, splice(context, self, args, [...self])),
  toString: method<List>((context, self) => joinText(context, self, ',')),
  unshift: (context, self, args) => {
    context.budget.elements(self.length + args.length);
    return changeable(context, 'unshift', self, '[element, ...list]').unshift(...args);
  },
  values: (context, self) => newArray(context, [...self]),
  with: (context, self, [index, value]) => {
    const at = toInteger(context, index);
    const place = at < 0 ? self.length + at : at;
    if (place < 0 || place >= self.length)
      throw new ExpressionError('type', `The list has no element ${at}: it has ${self.length}.`);
    context.budget.elements(self.length);
    return own(context, self.with(place, value));
  },
});

export const arrayMethods: MethodTable<List> = new Map([...arrayHelpers, ...standard]);
