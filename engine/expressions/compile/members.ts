import type { CallExpression, ChainExpression, MemberExpression, NewExpression } from 'acorn';
import { ExpressionError } from '../errors.ts';
import { callMethod, getMember } from '../values/access.ts';
import { callFunction } from '../values/call.ts';
import { describe, forbiddenName, toKey } from '../values/convert.ts';
import { Builtin } from '../values/internal.ts';
import { type Compiler, type Evaluate, SKIPPED, unsupported, withoutParens } from './environment.ts';

/** The key of `a.b` or `a[b]`; names that are forbidden even as data are refused here. */
function compileKey(compiler: Compiler, node: MemberExpression): Evaluate {
  if (node.property.type === 'PrivateIdentifier') throw unsupported('A private field', node);
  if (node.computed) return compiler.expression(node.property);
  if (node.property.type !== 'Identifier') throw unsupported('This kind of member', node);
  const { name } = node.property;
  if (name === '__proto__')
    throw new ExpressionError('forbidden', forbiddenName(name).message, node.property.start);
  return () => name;
}

export function compileMember(compiler: Compiler, node: MemberExpression): Evaluate {
  if (node.object.type === 'Super') throw unsupported('super', node);
  const object = compiler.expression(node.object);
  const key = compileKey(compiler, node);
  const { optional } = node;
  const at = node.property.start;
  return (env) => {
    const { context } = env;
    context.budget.step();
    const target = object(env);
    if (target === SKIPPED || (optional && (target === null || target === undefined))) return SKIPPED;
    const name = key(env);
    context.at = at;
    return getMember(context, target, name);
  };
}

export function compileCall(compiler: Compiler, node: CallExpression): Evaluate {
  const { optional } = node;
  const callee = withoutParens(node.callee);
  const args = compiler.list(node.arguments);
  if (callee.type === 'Super') throw unsupported('super', node);
  if (callee.type === 'MemberExpression' && callee.object.type !== 'Super') {
    const object = compiler.expression(callee.object);
    const key = compileKey(compiler, callee);
    const at = callee.property.start;
    const memberOptional = callee.optional;
    return (env) => {
      const { context } = env;
      context.budget.step();
      const target = object(env);
      if (target === SKIPPED || (memberOptional && (target === null || target === undefined))) return SKIPPED;
      const name = toKey(context, key(env));
      const values = args(env);
      context.at = at;
      return callMethod(context, target, name, values);
    };
  }
  const target = compiler.expression(callee);
  return (env) => {
    const { context } = env;
    const called = target(env);
    if (called === SKIPPED || (optional && (called === null || called === undefined))) return SKIPPED;
    const values = args(env);
    context.at = node.start;
    return callFunction(context, called, values);
  };
}

/** `a?.b.c`: once a link is null or undefined the rest of the chain is left out. */
export function compileChain(compiler: Compiler, node: ChainExpression): Evaluate {
  const chain = compiler.expression(node.expression);
  return (env) => {
    const value = chain(env);
    return value === SKIPPED ? undefined : value;
  };
}

export function compileNew(compiler: Compiler, node: NewExpression): Evaluate {
  const target = compiler.expression(node.callee);
  const args = compiler.list(node.arguments);
  return (env) => {
    const { context } = env;
    const type = target(env);
    context.budget.step();
    const values = args(env);
    context.at = node.start;
    if (type instanceof Builtin && type.construct !== undefined) return type.construct(context, values);
    throw new ExpressionError(
      'unsupported',
      `new works with Date, Set, Map, Array and RegExp, not with ${describe(type)}.`,
    );
  };
}
