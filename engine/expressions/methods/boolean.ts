import { type MethodTable, method, methods } from '../values/internal.ts';

export const booleanMethods: MethodTable<boolean> = methods<boolean>({
  toString: method<boolean>((_context, self) => String(self)),
  valueOf: method<boolean>((_context, self) => self),
  toNumber: (_context, self) => Number(self),
  toInt: (_context, self) => Number(self),
  toBoolean: (_context, self) => self,
  isEmpty: () => false,
  isNotEmpty: () => true,
});
