/**
 * The expression language: `{{ }}` in parameters, n8n-compatible, evaluated by an interpreter of our own that is
 * deterministic (it runs in workflows), the same in the browser (preview), and cannot be escaped or exhausted.
 *
 *     const parameters = compileParameters(node.parameters);
 *     const scope = createScope({ items, now, zone, random, workflow, execution, runIndex: 0 });
 *     items.map((_, index) => parameters(scope.forItem(index), createBudget()));
 */
export { Budget, type BudgetOptions, createBudget } from './budget.ts';
export { ExpressionError, type ExpressionErrorCode, type SerializedExpressionError } from './errors.ts';
export { globalNames } from './globals/globals.ts';
export {
  type CompiledParameters,
  compileParameters,
  hasExpressions,
  resolveParameters,
} from './parameters.ts';
export { mentionedVariables, type NodeReferences, referencedNodes } from './references.ts';
export {
  createScope,
  type ExpressionScope,
  type ScopeItem,
  type ScopeNode,
  type ScopeSource,
} from './scope.ts';
export {
  checkTemplate,
  evaluateTemplate,
  isExpression,
  type ParsedTemplate,
  parseTemplate,
} from './template.ts';
export { methodNames } from './values/access.ts';
