import { ExpressionError } from '../errors.ts';
import { parseJson } from '../methods/support.ts';
import { iterate } from '../values/access.ts';
import { isRecord, setField, toInteger, toKey, toNumber, toText } from '../values/convert.ts';
import {
  Builtin,
  type Context,
  members,
  type NativeCall,
  newArray,
  newText,
  own,
} from '../values/internal.ts';
import { stringify } from '../values/stringify.ts';

type Numeric = (...values: number[]) => number;
const numeric =
  (operate: Numeric): NativeCall =>
  (context, args) => {
    context.budget.step(args.length);
    let result: number[] = [];
    result = args.map((value) => toNumber(context, value));
    return operate(...result);
  };

/** Math functions whose results the language fixes to the last bit; sin, exp and their kind may differ by engine. */
const EXACT = [
  'abs',
  'ceil',
  'floor',
  'round',
  'trunc',
  'sign',
  'sqrt',
  'max',
  'min',
  'fround',
  'clz32',
  'imul',
  'pow',
  'hypot',
  'cbrt',
  'log',
  'log2',
  'log10',
  'exp',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
] as const;

export const mathNamespace = new Builtin('Math', {
  members: members('Math', {
    ...Object.fromEntries(EXACT.map((name) => [name, numeric(Math[name] as Numeric)])),
    random: (context) => context.scope.source.random(),
    PI: Math.PI,
    E: Math.E,
    LN2: Math.LN2,
    LN10: Math.LN10,
    LOG2E: Math.LOG2E,
    LOG10E: Math.LOG10E,
    SQRT2: Math.SQRT2,
    SQRT1_2: Math.SQRT1_2,
  }),
});

export const jsonNamespace = new Builtin('JSON', {
  members: members('JSON', {
    stringify: (context, [value, replacer, space]) => stringify(context, value, replacer, space),
    parse: (context, [text]) => parseJson(context, toText(context, text)),
  }),
});

/** Own entries of an object, list or text; nothing for numbers and booleans. */
function entriesOf(context: Context, value: unknown, name: string): [string, unknown][] {
  if (value === null || value === undefined) {
    throw new ExpressionError('type', `Object.${name}() needs an object, but got ${value}.`);
  }
  if (!isRecord(value) && !Array.isArray(value) && typeof value !== 'string') return [];
  const entries = Object.entries(value as Record<string, unknown>);
  context.budget.elements(entries.length);
  return entries;
}

export const objectNamespace = new Builtin('Object', {
  call: (_context, [value]) => value ?? {},
  members: members('Object', {
    keys: (context, [value]) =>
      newArray(
        context,
        entriesOf(context, value, 'keys').map(([key]) => key),
      ),
    values: (context, [value]) =>
      newArray(
        context,
        entriesOf(context, value, 'values').map(([, field]) => field),
      ),
    entries: (context, [value]) =>
      newArray(
        context,
        entriesOf(context, value, 'entries').map((entry) => own(context, entry)),
      ),
    assign: (context, [target, ...sources]) => {
      if (!isRecord(target) || !context.owned?.has(target)) {
        throw new ExpressionError(
          'type',
          'Object.assign() changes its first argument: start with {}, as in Object.assign({}, $json).',
        );
      }
      for (const source of sources) {
        if (source === null || source === undefined) continue;
        for (const [key, value] of entriesOf(context, source, 'assign'))
          if (key !== '__proto__') target[key] = value;
      }
      return target;
    },
    fromEntries: (context, [list]) => {
      const result: Record<string, unknown> = {};
      for (const entry of iterate(context, list)) {
        context.budget.allocate(16);
        const [key, value] = iterate(context, entry);
        setField(result, toKey(context, key), value);
      }
      return own(context, result);
    },
    hasOwn: (context, [value, key]) => isRecord(value) && Object.hasOwn(value, toKey(context, key)),
    is: (_context, [a, b]) => Object.is(a, b),
    freeze: (_context, [value]) => value,
  }),
});

const parseInteger: NativeCall = (context, [value, radix]) => {
  const text = toText(context, value);
  context.budget.scan(text.length);
  return Number.parseInt(text, radix === undefined ? undefined : toInteger(context, radix));
};

export const numberNamespace = new Builtin('Number', {
  call: (context, args) => (args.length === 0 ? 0 : toNumber(context, args[0])),
  members: members('Number', {
    parseInt: parseInteger,
    parseFloat: (context, [value]) => {
      const text = toText(context, value);
      context.budget.scan(text.length);
      return Number.parseFloat(text);
    },
    isInteger: (_context, [value]) => Number.isInteger(value),
    isSafeInteger: (_context, [value]) => Number.isSafeInteger(value),
    isFinite: (_context, [value]) => Number.isFinite(value),
    isNaN: (_context, [value]) => Number.isNaN(value),
    MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
    MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
    MAX_VALUE: Number.MAX_VALUE,
    MIN_VALUE: Number.MIN_VALUE,
    EPSILON: Number.EPSILON,
    NaN: Number.NaN,
    POSITIVE_INFINITY: Infinity,
    NEGATIVE_INFINITY: -Infinity,
  }),
});

export const stringNamespace = new Builtin('String', {
  call: (context, args) => (args.length === 0 ? '' : toText(context, args[0])),
  members: members('String', {
    fromCharCode: (context, args) =>
      newText(context, args.map((code) => String.fromCharCode(toNumber(context, code))).join('')),
    fromCodePoint: (context, args) =>
      newText(
        context,
        args
          .map((value) => {
            const code = toNumber(context, value);
            if (Number.isInteger(code) && code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
            throw new ExpressionError('type', `${code} is not the number of a character.`);
          })
          .join(''),
      ),
  }),
});

/** A URI function: charged, and a broken escape is an error of ours instead of a URIError. */
function uri(name: string, convert: (text: string) => string): () => Builtin {
  const value = new Builtin(name, {
    call: (context, [given]) => {
      const text = toText(context, given);
      context.budget.allocate(text.length * 3);
      try {
        return convert(text);
      } catch {
        throw new ExpressionError('type', `${name}() got text that is not well formed.`);
      }
    },
  });
  return () => value;
}

export const uriFunctions = {
  encodeURIComponent: uri('encodeURIComponent', encodeURIComponent),
  decodeURIComponent: uri('decodeURIComponent', decodeURIComponent),
  encodeURI: uri('encodeURI', encodeURI),
  decodeURI: uri('decodeURI', decodeURI),
};
