import type {
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  TryStatement,
  VariableDeclaration,
} from 'acorn';
import { ExpressionError, MISSING } from '../errors.ts';
import { iterate } from '../values/access.ts';
import { own } from '../values/internal.ts';
import { type Compiler, Environment, UNSET, unsupported } from './environment.ts';
import { type Bind, compilePattern, patternNames } from './patterns.ts';

/** What a statement ends in, when it is not simply the next statement. */
export class Returned {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}
const BREAK = Symbol('break');
const CONTINUE = Symbol('continue');
export type End = undefined | typeof BREAK | typeof CONTINUE | Returned;

/** A compiled statement. */
export type Run = (env: Environment) => End;

/** A block of statements, its const and let visible only inside. */
export function compileBlock(compiler: Compiler, body: readonly Statement[]): Run {
  const { frame } = compiler;
  frame.blocks.push(new Map());
  const slots = declareAll(compiler, body);
  const runs = body.map((statement) => compileStatement(compiler, statement));
  frame.blocks.pop();
  return (env) => {
    for (const slot of slots) env.slots[slot] = UNSET;
    for (const run of runs) {
      const end = run(env);
      if (end !== undefined) return end;
    }
    return undefined;
  };
}

/** Declares a block's variables before it is compiled, so that functions may name those that come later. */
function declareAll(compiler: Compiler, body: readonly Statement[]): number[] {
  return body
    .filter((statement) => statement.type === 'VariableDeclaration')
    .flatMap((declaration) => declareVariables(compiler, declaration));
}

function declareVariables(compiler: Compiler, node: VariableDeclaration): number[] {
  if (node.kind !== 'const' && node.kind !== 'let') {
    throw new ExpressionError(
      'unsupported',
      `Declare variables with const or let, not ${node.kind}.`,
      node.start,
    );
  }
  return node.declarations
    .flatMap((declaration) => patternNames(declaration.id))
    .map((name) => compiler.frame.declare(name, node.kind === 'const').slot);
}

function compileStatement(compiler: Compiler, node: Statement): Run {
  switch (node.type) {
    case 'ExpressionStatement': {
      const value = compiler.expression(node.expression);
      return (env) => {
        value(env);
        return undefined;
      };
    }
    case 'VariableDeclaration':
      return compileDeclaration(compiler, node);
    case 'ReturnStatement': {
      if (node.argument == null) return () => new Returned(undefined);
      const value = compiler.expression(node.argument);
      return (env) => new Returned(value(env));
    }
    case 'IfStatement': {
      const test = compiler.expression(node.test);
      const yes = nested(compiler, node.consequent);
      const no = node.alternate == null ? undefined : nested(compiler, node.alternate);
      return (env) => {
        env.context.budget.step();
        return test(env) ? yes(env) : no?.(env);
      };
    }
    case 'BlockStatement':
      return compiler.nest(node, () => compileBlock(compiler, node.body));
    case 'ForOfStatement':
      return compileForOf(compiler, node);
    case 'ForStatement':
      return compileFor(compiler, node);
    case 'WhileStatement': {
      const test = compiler.expression(node.test);
      const body = nested(compiler, node.body);
      return (env) =>
        loop(
          env,
          () => Boolean(test(env)),
          body,
          () => env,
        );
    }
    case 'BreakStatement':
    case 'ContinueStatement': {
      if (node.label != null) throw unsupported('A label', node);
      const end = node.type === 'BreakStatement' ? BREAK : CONTINUE;
      return () => end;
    }
    case 'TryStatement':
      return compileTry(compiler, node);
    case 'EmptyStatement':
      return () => undefined;
    case 'FunctionDeclaration':
      throw new ExpressionError(
        'unsupported',
        'Write functions as arrows: const name = (x) => x + 1.',
        node.start,
      );
    default:
      throw unsupported(`This statement (${node.type.replace('Statement', '').toLowerCase()})`, node);
  }
}

function nested(compiler: Compiler, node: Statement): Run {
  return compiler.nest(node, () => compileStatement(compiler, node));
}

function compileDeclaration(compiler: Compiler, node: VariableDeclaration): Run {
  const parts = node.declarations.map((declaration) => ({
    bind: compilePattern(compiler, declaration.id),
    value: declaration.init == null ? () => undefined : compiler.expression(declaration.init),
  }));
  return (env) => {
    env.context.budget.step();
    for (const part of parts) part.bind(env, part.value(env));
    return undefined;
  };
}

/** Runs `body` while `test` holds; `next` gives the environment of each pass. */
function loop(env: Environment, test: () => boolean, body: Run, next: () => Environment): End {
  const { budget } = env.context;
  for (;;) {
    budget.step();
    if (!test()) return undefined;
    const end = body(next());
    if (end === BREAK) return undefined;
    if (end instanceof Returned) return end;
  }
}

function compileForOf(compiler: Compiler, node: ForOfStatement): Run {
  if (node.await) throw unsupported('await', node);
  const list = compiler.expression(node.right);
  const { left } = node;
  if (left.type !== 'VariableDeclaration') throw unsupported('A loop without const or let', node);
  // Each pass has its own environment: a function made in one pass keeps that pass's values.
  const { result } = compiler.inFrame(() => {
    declareVariables(compiler, left);
    const bind: Bind = compilePattern(compiler, left.declarations[0]!.id as Pattern);
    return { bind, body: compileStatement(compiler, node.body) };
  });
  return (env) => {
    const { context } = env;
    const items = iterate(context, list(env));
    for (let i = 0; i < items.length; i++) {
      context.budget.step();
      const pass = new Environment(context, env);
      result.bind(pass, items[i]);
      const end = result.body(pass);
      if (end === BREAK) return undefined;
      if (end instanceof Returned) return end;
    }
    return undefined;
  };
}

function compileFor(compiler: Compiler, node: ForStatement): Run {
  const { init } = node;
  const { result } = compiler.inFrame(() => {
    let start: Run | undefined;
    if (init?.type === 'VariableDeclaration') {
      declareVariables(compiler, init);
      start = compileDeclaration(compiler, init);
    } else if (init != null) {
      const value = compiler.expression(init);
      start = (env) => void value(env) as undefined;
    }
    return {
      start,
      test: node.test == null ? () => true : compiler.expression(node.test),
      update: node.update == null ? undefined : compiler.expression(node.update),
      body: compileStatement(compiler, node.body),
    };
  });
  return (env) => {
    let pass = new Environment(env.context, env);
    result.start?.(pass);
    let first = true;
    const test = (): boolean => {
      if (!first) {
        const copy = new Environment(env.context, env);
        env.context.budget.step(pass.slots.length >>> 3);
        copy.slots.push(...pass.slots);
        pass = copy;
        result.update?.(pass);
      }
      first = false;
      return Boolean(result.test(pass));
    };
    return loop(env, test, result.body, () => pass);
  };
}

/** `catch` receives `{ name, message }`. Running out of budget and forbidden things cannot be caught. */
function compileTry(compiler: Compiler, node: TryStatement): Run {
  if (node.handler == null || node.finalizer != null) throw unsupported('finally', node);
  const body = nested(compiler, node.block);
  const { param } = node.handler;
  const { frame } = compiler;
  frame.blocks.push(new Map());
  for (const name of param == null ? [] : patternNames(param)) frame.declare(name, false);
  const bind = param == null ? undefined : compilePattern(compiler, param);
  const handler = nested(compiler, node.handler.body);
  frame.blocks.pop();
  return (env) => {
    const { context } = env;
    const { depth } = context.budget;
    try {
      return body(env);
    } catch (error) {
      const message = catchable(error);
      if (message === undefined) throw error;
      context.budget.depth = depth;
      context.budget.step(10);
      bind?.(env, own(context, { name: 'Error', message }));
      return handler(env);
    }
  };
}

function catchable(error: unknown): string | undefined {
  if (error === MISSING) return 'A value is missing.';
  if (error instanceof ExpressionError && (error.code === 'type' || error.code === 'reference'))
    return error.message;
  return undefined;
}
