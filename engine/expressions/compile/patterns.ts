import type { Pattern } from 'acorn';
import { ExpressionError, MISSING } from '../errors.ts';
import { getMember, iterate } from '../values/access.ts';
import { isRecord, toKey } from '../values/convert.ts';
import { newArray, own } from '../values/internal.ts';
import { type Compiler, type Environment, type Evaluate, unsupported } from './environment.ts';

/** Puts a value into the variables a pattern names. */
export type Bind = (env: Environment, value: unknown) => void;

/** Every name a pattern declares. */
export function patternNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : patternNames(element)));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    default:
      throw unsupported('This kind of variable', pattern);
  }
}

/** Compiles a pattern whose names are already declared in the current frame. */
export function compilePattern(compiler: Compiler, pattern: Pattern): Bind {
  switch (pattern.type) {
    case 'Identifier': {
      const slot = compiler.frame.find(pattern.name)?.slot;
      if (slot === undefined)
        throw new ExpressionError('reference', `"${pattern.name}" is not declared.`, pattern.start);
      return (env, value) => {
        env.slots[slot] = value;
      };
    }
    case 'AssignmentPattern': {
      const bind = compilePattern(compiler, pattern.left);
      const otherwise = compiler.expression(pattern.right);
      return (env, value) => bind(env, value === undefined ? otherwise(env) : value);
    }
    case 'ArrayPattern':
      return arrayPattern(compiler, pattern);
    case 'ObjectPattern':
      return objectPattern(compiler, pattern);
    default:
      throw unsupported('This kind of variable', pattern);
  }
}

function arrayPattern(compiler: Compiler, pattern: Extract<Pattern, { type: 'ArrayPattern' }>): Bind {
  const binds = pattern.elements.map((element) => {
    if (element === null) return undefined;
    if (element.type === 'RestElement')
      return { rest: true, bind: compilePattern(compiler, element.argument) };
    return { rest: false, bind: compilePattern(compiler, element) };
  });
  return (env, value) => {
    env.context.budget.step();
    const items = iterate(env.context, value);
    binds.forEach((part, index) => {
      if (part === undefined) return;
      part.bind(env, part.rest ? newArray(env.context, items.slice(index)) : items[index]);
    });
  };
}

function objectPattern(compiler: Compiler, pattern: Extract<Pattern, { type: 'ObjectPattern' }>): Bind {
  let rest: Bind | undefined;
  const fields: { key: Evaluate; bind: Bind }[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      rest = compilePattern(compiler, property.argument);
      continue;
    }
    const { key: node } = property;
    const name = !property.computed && node.type === 'Identifier' ? node.name : undefined;
    const key = name === undefined ? compiler.expression(node) : () => name;
    fields.push({ key, bind: compilePattern(compiler, property.value) });
  }
  return (env, value) => {
    const { context } = env;
    if (value === null || value === undefined) throw MISSING;
    const taken = new Set<string>();
    for (const field of fields) {
      context.budget.step();
      const name = toKey(context, field.key(env));
      taken.add(name);
      field.bind(env, getMember(context, value, name));
    }
    if (rest === undefined) return;
    const others: Record<string, unknown> = {};
    const entries = isRecord(value) ? Object.entries(value) : [];
    context.budget.elements(entries.length);
    for (const [name, field] of entries) if (!taken.has(name) && name !== '__proto__') others[name] = field;
    rest(env, own(context, others));
  };
}
