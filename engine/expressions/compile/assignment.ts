import type { AssignmentExpression, Expression, Identifier, MemberExpression, UpdateExpression } from 'acorn';
import { ExpressionError } from '../errors.ts';
import { getMember, setMember } from '../values/access.ts';
import { toNumber } from '../values/convert.ts';
import {
  type Compiler,
  type Environment,
  type Evaluate,
  UNSET,
  unsupported,
  withoutParens,
} from './environment.ts';
import { binaryOperator, continues } from './operators.ts';

/** A place that can be read and written: a local `let`, or a field of something the expression has made. */
interface Place {
  /** Finds the place once, so that `a[f()] += 1` calls `f` once. */
  locate: (env: Environment) => { read: () => unknown; write: (value: unknown) => void };
}

function compilePlace(compiler: Compiler, given: Expression): Place {
  const node = withoutParens(given);
  if (node.type === 'Identifier') return localPlace(compiler, node);
  if (node.type === 'MemberExpression') return fieldPlace(compiler, node);
  throw unsupported('Assigning to a pattern', node);
}

function localPlace(compiler: Compiler, node: Identifier): Place {
  const { name, start } = node;
  const local = compiler.resolve(name);
  if (local === undefined) {
    throw new ExpressionError(
      'forbidden',
      `"${name}" cannot be assigned: only a variable declared with let inside the function can.`,
      start,
    );
  }
  if (local.variable.constant) {
    throw new ExpressionError(
      'type',
      `"${name}" is a const and cannot be assigned. Declare it with let.`,
      start,
    );
  }
  const { up } = local;
  const { slot } = local.variable;
  return {
    locate: (env) => {
      let target = env;
      for (let i = 0; i < up; i++) target = target.parent!;
      if (target.slots[slot] === UNSET)
        throw new ExpressionError('reference', `"${name}" is used before it has a value.`, start);
      return {
        read: () => target.slots[slot],
        write: (value) => {
          target.slots[slot] = value;
        },
      };
    },
  };
}

function fieldPlace(compiler: Compiler, node: MemberExpression): Place {
  if (node.object.type === 'Super' || node.property.type === 'PrivateIdentifier')
    throw unsupported('This assignment', node);
  const object = compiler.expression(node.object);
  const { property } = node;
  const name = !node.computed && property.type === 'Identifier' ? property.name : undefined;
  const key = name === undefined ? compiler.expression(property) : () => name;
  return {
    locate: (env) => {
      const { context } = env;
      const target = object(env);
      const at = key(env);
      context.at = node.start;
      return {
        read: () => getMember(context, target, at),
        write: (value) => setMember(context, target, at, value),
      };
    },
  };
}

export function compileAssignment(compiler: Compiler, node: AssignmentExpression): Evaluate {
  const place = compilePlace(compiler, node.left as Expression);
  const right = compiler.expression(node.right);
  const operator = node.operator.slice(0, -1);
  if (operator === '') {
    return (env) => {
      env.context.budget.step();
      const { write } = place.locate(env);
      const value = right(env);
      write(value);
      return value;
    };
  }
  if (operator === '&&' || operator === '||' || operator === '??') {
    const goesOn = continues(operator);
    return (env) => {
      env.context.budget.step();
      const { read, write } = place.locate(env);
      const before = read();
      if (!goesOn(before)) return before;
      const value = right(env);
      write(value);
      return value;
    };
  }
  const operate = binaryOperator(operator);
  if (operate === undefined) throw unsupported(`The operator ${node.operator}`, node);
  return (env) => {
    env.context.budget.step();
    const { read, write } = place.locate(env);
    const value = operate(env.context, read(), right(env));
    write(value);
    return value;
  };
}

export function compileUpdate(compiler: Compiler, node: UpdateExpression): Evaluate {
  const place = compilePlace(compiler, node.argument);
  const change = node.operator === '++' ? 1 : -1;
  return (env) => {
    env.context.budget.step();
    const { read, write } = place.locate(env);
    const before = toNumber(env.context, read());
    write(before + change);
    return node.prefix ? before + change : before;
  };
}
