import { callback, callFunction } from '../values/call.ts';
import { type MapValue, type MethodTable, methods, newArray, type SetValue } from '../values/internal.ts';

/** Methods of a Set that the expression has made. Lists come back instead of iterators. */
export const setMethods: MethodTable<SetValue> = methods<SetValue>({
  has: (_context, self, [value]) => self.set.has(value),
  add: (context, self, [value]) => {
    context.budget.allocate(32);
    self.set.add(value);
    return self;
  },
  delete: (_context, self, [value]) => self.set.delete(value),
  forEach: (context, self, [given]) => {
    const fn = callback('forEach', given);
    for (const value of [...self.set]) callFunction(context, fn, [value, value, self]);
  },
  values: (context, self) => newArray(context, [...self.set]),
  keys: (context, self) => newArray(context, [...self.set]),
});

/** Methods of a Map that the expression has made. */
export const mapMethods: MethodTable<MapValue> = methods<MapValue>({
  get: (_context, self, [key]) => self.map.get(key),
  has: (_context, self, [key]) => self.map.has(key),
  set: (context, self, [key, value]) => {
    context.budget.allocate(64);
    self.map.set(key, value);
    return self;
  },
  delete: (_context, self, [key]) => self.map.delete(key),
  forEach: (context, self, [given]) => {
    const fn = callback('forEach', given);
    for (const [key, value] of [...self.map]) callFunction(context, fn, [value, key, self]);
  },
  keys: (context, self) => newArray(context, [...self.map.keys()]),
  values: (context, self) => newArray(context, [...self.map.values()]),
  entries: (context, self) =>
    newArray(
      context,
      [...self.map].map((entry) => newArray(context, entry)),
    ),
});
