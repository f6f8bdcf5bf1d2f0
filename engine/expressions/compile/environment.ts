import type { AnyNode, Expression, Node, SpreadElement } from 'acorn';
import { MAX_SOURCE_DEPTH } from '../budget.ts';
import { ExpressionError } from '../errors.ts';
import type { Context } from '../values/internal.ts';

/** The local variables of one function call or loop pass, found by number. */
export class Environment {
  readonly context: Context;
  readonly slots: unknown[] = [];
  readonly parent: Environment | undefined;

  constructor(context: Context, parent: Environment | undefined) {
    this.context = context;
    this.parent = parent;
  }
}

/** A compiled expression. */
export type Evaluate = (env: Environment) => unknown;

/** What an optional chain holds once it has met null or undefined. */
export const SKIPPED: unique symbol = Symbol('skipped');

/** A variable that exists but has no value yet (JavaScript's temporal dead zone). */
export const UNSET: unique symbol = Symbol('unset');

export interface Variable {
  slot: number;
  constant: boolean;
}

/** Compile-time twin of {@link Environment}: blocks of names sharing one set of slots. */
export class Frame {
  readonly parent: Frame | undefined;
  readonly blocks: Map<string, Variable>[] = [new Map()];
  size = 0;

  constructor(parent: Frame | undefined) {
    this.parent = parent;
  }

  declare(name: string, constant: boolean): Variable {
    const block = this.blocks.at(-1)!;
    const variable = { slot: this.size++, constant };
    block.set(name, variable);
    return variable;
  }

  find(name: string): Variable | undefined {
    for (let i = this.blocks.length - 1; i >= 0; i--) {
      const variable = this.blocks[i]!.get(name);
      if (variable !== undefined) return variable;
    }
    return undefined;
  }
}

/** What the compilers of single kinds of syntax need from the one that drives them. */
export interface Compiler {
  readonly frame: Frame;
  expression(node: Expression | AnyNode): Evaluate;
  /** Elements of a list literal or the arguments of a call, spreads included. */
  list(nodes: readonly (Expression | SpreadElement | null)[]): (env: Environment) => unknown[];
  /** Compiles a function's body in its own frame and says how deeply it nests. */
  inFunction<T>(compile: () => T): { result: T; weight: number; size: number };
  inFrame<T>(compile: () => T): { result: T; size: number };
  /** Counts one level of nesting around a statement. */
  nest<T>(node: AnyNode, compile: () => T): T;
  /** How to reach a local variable: so many environments up, then its slot. */
  resolve(name: string): { up: number; variable: Variable } | undefined;
}

/** Refuses source that nests so deeply that evaluating it could exhaust the stack. */
export function checkDepth(depth: number, node: Node): void {
  if (depth > MAX_SOURCE_DEPTH) {
    throw new ExpressionError(
      'budget',
      'The expression is nested too deeply. Split it over several fields.',
      node.start,
    );
  }
}

export function unsupported(what: string, node: Node): ExpressionError {
  return new ExpressionError(
    'unsupported',
    `${what} cannot be used in expressions. Use a Code node for it.`,
    node.start,
  );
}

/** The expression inside parentheses; they are kept by the parser so that a block's end is known. */
export function withoutParens<T extends AnyNode>(node: T): T {
  let inner: AnyNode = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
  return inner as T;
}
