import { ExpressionError } from '../errors.ts';
import { describe } from './convert.ts';
import { Builtin, Closure, type Context } from './internal.ts';

/** Calls a function of the expression or an allow-listed one. Charges a step and the nesting of the body. */
export function callFunction(context: Context, callee: unknown, args: readonly unknown[]): unknown {
  const { budget } = context;
  budget.step();
  if (callee instanceof Closure) {
    budget.enter(callee.weight);
    const result = callee.invoke(context, args);
    budget.leave(callee.weight);
    return result;
  }
  if (callee instanceof Builtin && callee.call !== undefined) return callee.call(context, args);
  throw new ExpressionError('type', `${describe(callee)} is not a function and cannot be called.`);
}

/** The callback of a method such as map, checked. */
export function callback(method: string, value: unknown): Closure | Builtin {
  if (value instanceof Closure || value instanceof Builtin) return value;
  throw new ExpressionError(
    'type',
    `${method}() needs a function such as x => x.name, but got ${describe(value)}.`,
  );
}
