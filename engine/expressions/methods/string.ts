import { ExpressionError } from '../errors.ts';
import { toInteger, toText } from '../values/convert.ts';
import {
  type Context,
  type Method,
  type MethodTable,
  method,
  methods,
  newText,
  RegexValue,
} from '../values/internal.ts';
import { compareText } from './compare-text.ts';
import { matchAllText, matchText, replaceText, searchText, splitText } from './regex.ts';
import { stringHelpers } from './string-helpers.ts';
import { badArgument, chargeSearch } from './support.ts';

/** A method that copies its text once: charged by the text's length. */
const copying =
  (operate: (self: string) => string): Method<string> =>
  (context, self) => {
    context.budget.allocate(self.length);
    return operate(self);
  };

/** A method that looks for text in the text. */
const searching =
  (
    name: string,
    operate: (self: string, text: string, position: number | undefined) => unknown,
  ): Method<string> =>
  (context, self, [text, position]) => {
    if (text instanceof RegexValue) throw badArgument(name, 'text', text);
    const wanted = toText(context, text);
    chargeSearch(context, self.length, wanted.length);
    return operate(self, wanted, position === undefined ? undefined : toInteger(context, position));
  };

const padding =
  (operate: (self: string, length: number, fill: string) => string): Method<string> =>
  (context, self, [length, fill]) => {
    const target = toInteger(context, length);
    context.budget.allocate(Math.max(self.length, target));
    return operate(self, target, fill === undefined ? ' ' : toText(context, fill));
  };

const cutting =
  (operate: (self: string, start: number, end: number | undefined) => string): Method<string> =>
  (context, self, [start, end]) =>
    newText(
      context,
      operate(self, toInteger(context, start), end === undefined ? undefined : toInteger(context, end)),
    );

function repeat(context: Context, self: string, [given]: readonly unknown[]): string {
  const count = toInteger(context, given);
  if (count < 0 || count === Infinity)
    throw new ExpressionError('type', `repeat() cannot repeat ${count} times.`);
  context.budget.allocate(self.length * count);
  return self.repeat(count);
}

/** JavaScript's own string methods; those of n8n are in string-helpers. */
const standard = methods<string>({
  at: (context, self, [index]) => self.at(toInteger(context, index)),
  charAt: (context, self, [index]) => self.charAt(toInteger(context, index)),
  charCodeAt: (context, self, [index]) => self.charCodeAt(toInteger(context, index)),
  codePointAt: (context, self, [index]) => self.codePointAt(toInteger(context, index)),
  concat: (context, self, args) => {
    const parts = args.map((part) => toText(context, part));
    context.budget.allocate(parts.reduce((sum, part) => sum + part.length, self.length));
    return self.concat(...parts);
  },
  endsWith: searching('endsWith', (self, text, position) => self.endsWith(text, position)),
  includes: searching('includes', (self, text, position) => self.includes(text, position)),
  indexOf: searching('indexOf', (self, text, position) => self.indexOf(text, position)),
  lastIndexOf: searching('lastIndexOf', (self, text, position) =>
    self.lastIndexOf(text, position ?? Infinity),
  ),
  startsWith: searching('startsWith', (self, text, position) => self.startsWith(text, position)),
  localeCompare: (context, self, [other]) => compareText(context, self, toText(context, other)),
  match: (context, self, [pattern]) => matchText(context, self, pattern),
  matchAll: (context, self, [pattern]) => matchAllText(context, self, pattern),
  normalize: (context, self, [form]) => {
    context.budget.allocate(self.length * 4);
    const name = form === undefined ? 'NFC' : toText(context, form);
    if (!/^NFK?[CD]$/.test(name)) throw badArgument('normalize', 'NFC, NFD, NFKC or NFKD', form);
    return self.normalize(name);
  },
  padEnd: padding((self, length, fill) => self.padEnd(length, fill)),
  padStart: padding((self, length, fill) => self.padStart(length, fill)),
  repeat,
  replace: (context, self, args) => replaceText(context, self, args, false),
  replaceAll: (context, self, args) => replaceText(context, self, args, true),
  search: (context, self, [pattern]) => searchText(context, self, pattern),
  slice: cutting((self, start, end) => self.slice(start, end)),
  split: (context, self, [separator, limit]) => splitText(context, self, separator, limit),
  substr: cutting((self, start, length) => {
    const from = start < 0 ? Math.max(0, self.length + start) : start;
    return self.slice(from, length === undefined ? undefined : from + Math.max(0, length));
  }),
  substring: cutting((self, start, end) => self.substring(start, end)),
  toLocaleLowerCase: copying((self) => self.toLowerCase()),
  toLocaleUpperCase: copying((self) => self.toUpperCase()),
  toLowerCase: copying((self) => self.toLowerCase()),
  toUpperCase: copying((self) => self.toUpperCase()),
  toString: method<string>((_context, self) => self),
  trim: copying((self) => self.trim()),
  trimEnd: copying((self) => self.trimEnd()),
  trimStart: copying((self) => self.trimStart()),
  valueOf: method<string>((_context, self) => self),
});

export const stringMethods: MethodTable<string> = new Map([...stringHelpers, ...standard]);
