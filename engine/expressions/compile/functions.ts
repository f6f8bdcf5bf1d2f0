import type { ArrowFunctionExpression } from 'acorn';
import { Closure, newArray } from '../values/internal.ts';
import { type Compiler, Environment, type Evaluate, UNSET, unsupported } from './environment.ts';
import { compilePattern, patternNames } from './patterns.ts';
import { compileBlock, Returned } from './statements.ts';

export function compileArrow(compiler: Compiler, node: ArrowFunctionExpression): Evaluate {
  if (node.async) throw unsupported('async', node);
  const { result, weight, size } = compiler.inFunction(() => {
    for (const name of node.params.flatMap(patternNames)) compiler.frame.declare(name, false);
    const params = node.params.map((param) =>
      param.type === 'RestElement'
        ? { rest: true, bind: compilePattern(compiler, param.argument) }
        : { rest: false, bind: compilePattern(compiler, param) },
    );
    const body =
      node.body.type === 'BlockStatement'
        ? functionBody(compiler, node.body)
        : compiler.expression(node.body);
    return { params, body };
  });
  const { params, body } = result;
  return (env) => {
    env.context.budget.step();
    return new Closure((context, args) => {
      const local = new Environment(context, env);
      for (let i = 0; i < size; i++) local.slots.push(UNSET);
      for (let i = 0; i < params.length; i++) {
        const param = params[i]!;
        param.bind(local, param.rest ? newArray(context, args.slice(i)) : args[i]);
      }
      return body(local);
    }, weight);
  };
}

function functionBody(
  compiler: Compiler,
  node: Extract<ArrowFunctionExpression['body'], { type: 'BlockStatement' }>,
): Evaluate {
  const run = compileBlock(compiler, node.body);
  return (env) => {
    const end = run(env);
    return end instanceof Returned ? end.value : undefined;
  };
}
