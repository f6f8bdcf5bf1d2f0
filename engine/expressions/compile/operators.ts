import type { BinaryExpression, Expression, LogicalExpression, UnaryExpression } from 'acorn';
import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import {
  describe,
  isRecord,
  looseEquals,
  strictEquals,
  toKey,
  toNumber,
  toPrimitive,
  toText,
} from '../values/convert.ts';
import { Builtin, Closure, type Context, DateValue, MapValue, SetValue, View } from '../values/internal.ts';
import { type Compiler, type Evaluate, unsupported } from './environment.ts';

type Operate = (context: Context, left: unknown, right: unknown) => unknown;

const arithmetic =
  (operate: (left: number, right: number) => number): Operate =>
  (context, left, right) =>
    typeof left === 'number' && typeof right === 'number'
      ? operate(left, right)
      : operate(toNumber(context, left), toNumber(context, right));

const comparison =
  (
    numbers: (left: number, right: number) => boolean,
    texts: (left: string, right: string) => boolean,
  ): Operate =>
  (context, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return numbers(left, right);
    const a = toPrimitive(context, left, 'number');
    const b = toPrimitive(context, right, 'number');
    if (typeof a !== 'string' || typeof b !== 'string')
      return numbers(toNumber(context, a), toNumber(context, b));
    context.budget.scan(Math.min(a.length, b.length));
    return texts(a, b);
  };

/** `+`: adds numbers, otherwise joins text. Charged for the shorter side, as engines share the longer one. */
export function add(context: Context, left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const a = toPrimitive(context, left);
  const b = toPrimitive(context, right);
  if (typeof a !== 'string' && typeof b !== 'string') return toNumber(context, a) + toNumber(context, b);
  const one = toText(context, a);
  const two = toText(context, b);
  const { budget } = context;
  const length = one.length + two.length;
  if (length > budget.maxBytes) budget.allocate(length);
  budget.allocate(Math.min(one.length, two.length));
  if (length > 1024) budget.step(length >>> 10);
  return one + two;
}

const operators: Record<string, Operate> = {
  '+': add,
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '**': arithmetic((a, b) => a ** b),
  '&': arithmetic((a, b) => a & b),
  '|': arithmetic((a, b) => a | b),
  '^': arithmetic((a, b) => a ^ b),
  '<<': arithmetic((a, b) => a << b),
  '>>': arithmetic((a, b) => a >> b),
  '>>>': arithmetic((a, b) => a >>> b),
  '<': comparison(
    (a, b) => a < b,
    (a, b) => a < b,
  ),
  '>': comparison(
    (a, b) => a > b,
    (a, b) => a > b,
  ),
  '<=': comparison(
    (a, b) => a <= b,
    (a, b) => a <= b,
  ),
  '>=': comparison(
    (a, b) => a >= b,
    (a, b) => a >= b,
  ),
  '===': strictEquals,
  '!==': (context, a, b) => !strictEquals(context, a, b),
  '==': looseEquals,
  '!=': (context, a, b) => !looseEquals(context, a, b),
  in: hasKey,
  instanceof: isInstance,
};

/** The operation of a binary operator, also used by `+=` and its like. */
export function binaryOperator(operator: string): Operate | undefined {
  return Object.hasOwn(operators, operator) ? operators[operator] : undefined;
}

export function compileBinary(compiler: Compiler, node: BinaryExpression): Evaluate {
  // A sum of many parts is one long left-leaning tree: walk it in a loop, not by recursion.
  const tail: { operate: Operate; right: Evaluate; start: number }[] = [];
  let left: Expression = node;
  while (left.type === 'BinaryExpression') {
    const operate = binaryOperator(left.operator);
    if (operate === undefined || left.left.type === 'PrivateIdentifier')
      throw unsupported(`The operator ${left.operator}`, left);
    tail.push({ operate, right: compiler.expression(left.right), start: left.start });
    left = left.left;
  }
  tail.reverse();
  const first = compiler.expression(left);
  if (tail.length === 1) {
    const { operate, right } = tail[0]!;
    return (env) => {
      env.context.budget.step();
      return operate(env.context, first(env), right(env));
    };
  }
  return (env) => {
    let value = first(env);
    for (const { operate, right } of tail) {
      env.context.budget.step();
      value = operate(env.context, value, right(env));
    }
    return value;
  };
}

export function compileLogical(compiler: Compiler, node: LogicalExpression): Evaluate {
  const { operator } = node;
  const rights: Evaluate[] = [];
  let left: Expression = node;
  while (left.type === 'LogicalExpression' && left.operator === operator) {
    rights.push(compiler.expression(left.right));
    left = left.left;
  }
  rights.reverse();
  const first = compiler.expression(left);
  const goesOn = continues(operator);
  return (env) => {
    let value = first(env);
    for (const right of rights) {
      env.context.budget.step();
      if (!goesOn(value)) return value;
      value = right(env);
    }
    return value;
  };
}

/** Whether `&&`, `||` or `??` looks at its right side, given the left. */
export function continues(operator: string): (left: unknown) => boolean {
  if (operator === '&&') return (left) => Boolean(left);
  if (operator === '||') return (left) => !left;
  return (left) => left === null || left === undefined;
}

export function compileUnary(compiler: Compiler, node: UnaryExpression): Evaluate {
  if (node.operator === 'delete') throw unsupported('delete', node);
  const value = compiler.expression(node.argument);
  const operate = unaryOperation(node.operator);
  if (operate === undefined) throw unsupported(`The operator ${node.operator}`, node);
  return (env) => {
    env.context.budget.step();
    return operate(env.context, value(env));
  };
}

function unaryOperation(operator: string): ((context: Context, value: unknown) => unknown) | undefined {
  switch (operator) {
    case '!':
      return (_context, value) => !value;
    case '-':
      return (context, value) => -toNumber(context, value);
    case '+':
      return toNumber;
    case '~':
      return (context, value) => ~toNumber(context, value);
    case 'typeof':
      return (_context, value) =>
        value instanceof Closure || value instanceof Builtin ? 'function' : typeof value;
    case 'void':
      return () => undefined;
    default:
      return undefined;
  }
}

function hasKey(context: Context, key: unknown, object: unknown): boolean {
  if (object instanceof View) return object.keys.includes(toKey(context, key));
  if (!isRecord(object) && !Array.isArray(object)) {
    throw new ExpressionError(
      'type',
      `"in" looks for a field of an object, but the right side is ${describe(object)}.`,
    );
  }
  return Object.hasOwn(object, toKey(context, key));
}

function isInstance(_context: Context, value: unknown, type: unknown): boolean {
  const name = type instanceof Builtin ? type.label : '';
  switch (name) {
    case 'Array':
      return Array.isArray(value);
    case 'Object':
      return typeof value === 'object' && value !== null;
    case 'Date':
      return value instanceof DateValue;
    case 'DateTime':
      return value instanceof DateTime;
    case 'Set':
      return value instanceof SetValue;
    case 'Map':
      return value instanceof MapValue;
    default:
      throw new ExpressionError(
        'unsupported',
        'instanceof works with Array, Object, Date, DateTime, Set and Map.',
      );
  }
}
