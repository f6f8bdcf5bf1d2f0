/**
 * A node's parameters as its executor sees them: expressions evaluated, defaults filled in, types checked. Parameters without
 * an expression are parsed once per node; the others once per item.
 */
import type { GraphNode } from '../../contracts/graph.ts';
import type { NodeType } from '../../contracts/node-type.ts';
import {
  type Budget,
  type CompiledParameters,
  compileParameters,
  type ExpressionScope,
  hasExpressions,
} from '../expressions/index.ts';
import { EngineFailure } from '../run/engine-failure.ts';

export interface ParameterReader {
  /** Holds an expression: the values differ from item to item. */
  dynamic: boolean;
  /** @throws EngineFailure `invalid-parameter` naming the field; ExpressionError as the expression gives it. */
  read(scope: () => ExpressionScope, budget: Budget): Record<string, unknown>;
}

export function readParameters(node: GraphNode, nodeType: NodeType): ParameterReader {
  const parse = (values: unknown): Record<string, unknown> => {
    const parsed = nodeType.parameters.safeParse(values);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    throw new EngineFailure({
      code: 'invalid-parameter',
      message: `${issue.path.join('.')}: ${issue.message}`,
      hint: 'Correct this parameter, or the expression that gives it.',
      node: node.id,
    });
  };
  if (!hasExpressions(node.parameters)) {
    let fixed: Record<string, unknown> | undefined;
    return {
      dynamic: false,
      read: () => {
        fixed ??= parse(node.parameters);
        return fixed;
      },
    };
  }
  // Compiled at the first use: an expression that does not parse fails its node, not the whole graph.
  let evaluate: CompiledParameters | undefined;
  return {
    dynamic: true,
    read: (scope, budget) => {
      evaluate ??= compileParameters(node.parameters);
      return parse(evaluate(scope(), budget));
    },
  };
}
