import type {
  AnyNode,
  Expression,
  Identifier,
  ObjectExpression,
  SpreadElement,
  TemplateLiteral,
} from 'acorn';
import { ExpressionError } from '../errors.ts';
import { findGlobal } from '../globals/globals.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { iterate } from '../values/access.ts';
import { forbiddenName, isRecord, setField, toKey, toText } from '../values/convert.ts';
import { own, RegexValue } from '../values/internal.ts';
import { compileAssignment, compileUpdate } from './assignment.ts';
import {
  type Compiler,
  checkDepth,
  type Environment,
  type Evaluate,
  Frame,
  UNSET,
  unsupported,
  type Variable,
} from './environment.ts';
import { compileArrow } from './functions.ts';
import { compileCall, compileChain, compileMember, compileNew } from './members.ts';
import { compileBinary, compileLogical, compileUnary } from './operators.ts';

/** Turns one parsed expression into a closure. Columns are offsets into the parameter's text. */
export class ExpressionCompiler implements Compiler {
  frame: Frame = new Frame(undefined);
  private depth = 0;
  /** Deepest nesting met since it was last set: the weight of the function being compiled. */
  deepest = 0;

  expression(node: Expression | AnyNode): Evaluate {
    checkDepth(++this.depth, node);
    if (this.depth > this.deepest) this.deepest = this.depth;
    const evaluate = this.compile(node as Expression);
    this.depth--;
    return evaluate;
  }

  /** Compiles a function's body in its own frame and says how deeply it nests. */
  inFunction<T>(compile: () => T): { result: T; weight: number; size: number } {
    const outer = this.deepest;
    this.deepest = this.depth;
    const { result, size } = this.inFrame(compile);
    const weight = this.deepest - this.depth + 4;
    this.deepest = Math.max(outer, this.deepest);
    return { result, weight, size };
  }

  inFrame<T>(compile: () => T): { result: T; size: number } {
    const frame = new Frame(this.frame);
    this.frame = frame;
    checkDepth(++this.depth, { start: 0 } as AnyNode);
    const result = compile();
    this.depth--;
    this.frame = frame.parent!;
    return { result, size: frame.size };
  }

  /** Counts one level of nesting around a statement. */
  nest<T>(node: AnyNode, compile: () => T): T {
    checkDepth(++this.depth, node);
    if (this.depth > this.deepest) this.deepest = this.depth;
    const result = compile();
    this.depth--;
    return result;
  }

  /** How to reach a local variable: so many environments up, then its slot. */
  resolve(name: string): { up: number; variable: Variable } | undefined {
    let up = 0;
    for (let frame: Frame | undefined = this.frame; frame !== undefined; frame = frame.parent) {
      const variable = frame.find(name);
      if (variable !== undefined) return { up, variable };
      up++;
    }
    return undefined;
  }

  /** Elements of an array literal or the arguments of a call, spreads included. */
  list(nodes: readonly (Expression | SpreadElement | null)[]): (env: Environment) => unknown[] {
    const parts = nodes.map((node) => ({
      spread: node?.type === 'SpreadElement',
      value:
        node === null
          ? () => undefined
          : this.expression(node.type === 'SpreadElement' ? node.argument : node),
    }));
    if (!parts.some((part) => part.spread)) {
      const values = parts.map((part) => part.value);
      if (values.length === 0) return () => [];
      if (values.length === 1) return (env) => [values[0]!(env)];
      return (env) => values.map((value) => value(env));
    }
    return (env) => {
      const result: unknown[] = [];
      for (const part of parts) {
        const value = part.value(env);
        if (!part.spread) {
          result.push(value);
          continue;
        }
        const items = iterate(env.context, value);
        env.context.budget.elements(items.length);
        for (const item of items) result.push(item);
      }
      return result;
    };
  }

  private compile(node: Expression): Evaluate {
    switch (node.type) {
      case 'Literal':
        return this.literal(node);
      case 'Identifier':
        return this.identifier(node);
      case 'MemberExpression':
        return compileMember(this, node);
      case 'CallExpression':
        return compileCall(this, node);
      case 'ChainExpression':
        return compileChain(this, node);
      case 'NewExpression':
        return compileNew(this, node);
      case 'BinaryExpression':
        return compileBinary(this, node);
      case 'LogicalExpression':
        return compileLogical(this, node);
      case 'UnaryExpression':
        return compileUnary(this, node);
      case 'AssignmentExpression':
        return compileAssignment(this, node);
      case 'UpdateExpression':
        return compileUpdate(this, node);
      case 'ArrowFunctionExpression':
        return compileArrow(this, node);
      case 'ConditionalExpression': {
        const test = this.expression(node.test);
        const yes = this.expression(node.consequent);
        const no = this.expression(node.alternate);
        return (env) => {
          env.context.budget.step();
          return test(env) ? yes(env) : no(env);
        };
      }
      case 'SequenceExpression': {
        const parts = node.expressions.map((part) => this.expression(part));
        return (env) => {
          let last: unknown;
          for (const part of parts) last = part(env);
          return last;
        };
      }
      case 'ParenthesizedExpression':
        return this.expression(node.expression);
      case 'TemplateLiteral':
        return this.template(node);
      case 'ArrayExpression': {
        const list = this.list(node.elements);
        return (env) => {
          env.context.budget.elements(node.elements.length);
          return own(env.context, list(env));
        };
      }
      case 'ObjectExpression':
        return this.object(node);
      case 'ThisExpression':
        throw new ExpressionError(
          'forbidden',
          '"this" has no meaning in expressions. Use $json for the current item.',
          node.start,
        );
      case 'TaggedTemplateExpression':
        throw unsupported('A tagged template', node);
      case 'FunctionExpression':
        throw new ExpressionError('unsupported', 'Write functions as arrows: (x) => x.name.', node.start);
      case 'AwaitExpression':
        throw unsupported('await', node);
      case 'ImportExpression':
        throw new ExpressionError('forbidden', 'import cannot be used in expressions.', node.start);
      default:
        throw unsupported(`This syntax (${node.type})`, node);
    }
  }

  private literal(node: Extract<Expression, { type: 'Literal' }>): Evaluate {
    if (node.bigint != null) throw unsupported('A BigInt', node);
    if (node.regex != null) {
      const program = compileRegex(node.regex.pattern, node.regex.flags);
      return (env) => {
        env.context.budget.step();
        return new RegexValue(program);
      };
    }
    const { value } = node;
    return (env) => {
      env.context.budget.step();
      return value;
    };
  }

  private identifier(node: Identifier): Evaluate {
    const { name, start } = node;
    const local = this.resolve(name);
    if (local === undefined) {
      const read = findGlobal(name, start);
      return (env) => {
        env.context.budget.step();
        return read(env.context);
      };
    }
    const { slot } = local.variable;
    const { up } = local;
    return (env) => {
      env.context.budget.step();
      let target = env;
      for (let i = 0; i < up; i++) target = target.parent!;
      const value = target.slots[slot];
      if (value === UNSET)
        throw new ExpressionError('reference', `"${name}" is used before it has a value.`, start);
      return value;
    };
  }

  private template(node: TemplateLiteral): Evaluate {
    const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
    const values = node.expressions.map((part) => this.expression(part));
    return (env) => {
      const { budget } = env.context;
      let result = texts[0]!;
      for (let i = 0; i < values.length; i++) {
        const text = toText(env.context, values[i]!(env));
        const tail = texts[i + 1]!;
        budget.allocate(text.length + tail.length);
        result += text + tail;
      }
      budget.allocate(result.length);
      return result;
    };
  }

  private object(node: ObjectExpression): Evaluate {
    const fields = node.properties.map((property) => {
      if (property.type === 'SpreadElement')
        return { spread: true as const, value: this.expression(property.argument) };
      if (property.kind !== 'init' || property.method)
        throw unsupported('A getter, setter or method in an object', property);
      const name = property.computed ? undefined : staticName(property.key as Expression);
      if (name === '__proto__')
        throw new ExpressionError('forbidden', forbiddenName(name).message, property.start);
      const key = name === undefined ? this.expression(property.key) : undefined;
      return { spread: false as const, name, key, value: this.expression(property.value) };
    });
    return (env) => {
      const { context } = env;
      const result: Record<string, unknown> = {};
      context.budget.elements(fields.length);
      for (const field of fields) {
        if (field.spread) {
          spreadInto(env, result, field.value(env));
          continue;
        }
        const name = field.name ?? toKey(context, field.key!(env));
        setField(result, name, field.value(env));
      }
      return own(context, result);
    };
  }
}

/** The name of a key that is written out: `a`, `'a'` or `1`. */
export function staticName(key: Expression | AnyNode): string {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'Literal') return String(key.value);
  throw unsupported('This kind of key', key);
}

function spreadInto(env: Environment, target: Record<string, unknown>, value: unknown): void {
  if (!isRecord(value) && !Array.isArray(value)) return;
  const entries = Object.entries(value);
  env.context.budget.elements(entries.length);
  for (const [name, field] of entries) {
    if (name !== '__proto__') target[name] = field;
  }
}
