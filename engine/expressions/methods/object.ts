import { ExpressionError } from '../errors.ts';
import { isRecord, setField, toKey, toText } from '../values/convert.ts';
import {
  type Context,
  type Method,
  type MethodTable,
  method,
  methods,
  newArray,
  own,
} from '../values/internal.ts';
import { stringify } from '../values/stringify.ts';
import { badArgument, isEmptyValue } from './support.ts';

type Fields = Record<string, unknown>;

/** A copy with the fields that `keep` wants. */
function select(context: Context, self: Fields, keep: (key: string, value: unknown) => boolean): Fields {
  const result: Fields = {};
  const entries = Object.entries(self);
  context.budget.elements(entries.length);
  for (const [key, value] of entries) if (keep(key, value)) setField(result, key, value);
  return own(context, result);
}

const selectingByText =
  (name: string, wanted: boolean): Method<Fields> =>
  (context, self, [given]) => {
    if (typeof given !== 'string' || given === '') throw badArgument(name, 'the text to look for', given);
    return select(context, self, (_key, value) => {
      if (typeof value !== 'string') return !wanted;
      context.budget.scan(value.length);
      return value.includes(given) === wanted;
    });
  };

export const objectMethods: MethodTable<Fields> = methods<Fields>({
  isEmpty: (_context, self) => Object.keys(self).length === 0,
  isNotEmpty: (_context, self) => Object.keys(self).length > 0,
  hasField: (context, self, [name]) => Object.hasOwn(self, toKey(context, name)),
  hasOwnProperty: method<Fields>((context, self, [name]) => Object.hasOwn(self, toKey(context, name))),
  keys: (context, self) => newArray(context, Object.keys(self)),
  values: (context, self) => newArray(context, Object.values(self)),
  compact: (context, self) =>
    select(context, self, (_key, value) => !isEmptyValue(value) && value !== 'null' && value !== 'undefined'),
  merge: (context, self, [other]) => {
    if (!isRecord(other)) throw badArgument('merge', 'an object', other);
    const result = select(context, other, () => true);
    for (const [key, value] of Object.entries(self)) setField(result, key, value);
    return result;
  },
  removeField: (context, self, [name]) => {
    const removed = toKey(context, name);
    return select(context, self, (key) => key !== removed);
  },
  keepFieldsContaining: selectingByText('keepFieldsContaining', true),
  removeFieldsContaining: selectingByText('removeFieldsContaining', false),
  toJsonString: (context, self) => stringify(context, self) ?? '',
  urlEncode: (context, self) => {
    const parts = Object.entries(self).map(([key, value]) => {
      const text =
        isRecord(value) || Array.isArray(value) ? (stringify(context, value) ?? '') : toText(context, value);
      context.budget.allocate((key.length + text.length) * 3);
      try {
        return `${encodeURIComponent(key)}=${encodeURIComponent(text).replace(/%20/g, '+')}`;
      } catch {
        throw new ExpressionError('type', 'urlEncode() got text that is not well formed.');
      }
    });
    return parts.join('&');
  },
  toString: method<Fields>(() => '[object Object]'),
  toJSON: (_context, self) => self,
});
