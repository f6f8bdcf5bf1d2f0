import type { Budget } from './budget.ts';
import { ExpressionError } from './errors.ts';
import type { ExpressionScope } from './scope.ts';
import { evaluateTemplate, isExpression, parseTemplate } from './template.ts';

/** Parameters compiled once for a node and evaluated once for each item. */
export type CompiledParameters = (scope: ExpressionScope, budget: Budget) => unknown;

const MAX_DEPTH = 100;

/** True when some string in the value starts with `=`. */
export function hasExpressions(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isExpression(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) throw tooDeep();
  const children = Array.isArray(value) ? value : Object.values(value);
  return children.some((child) => hasExpressions(child, depth + 1));
}

/**
 * Prepares JSON parameters: every string that starts with `=` is parsed, everything else is passed on as the same
 * object. Throws an ExpressionError for the first string that does not parse; its `expression` shows which.
 */
export function compileParameters(value: unknown, depth = 0): CompiledParameters {
  if (!hasExpressions(value, depth)) return () => value;
  if (typeof value === 'string') {
    const template = parseTemplate(value);
    if (template.kind === 'literal') return () => template.text;
    // JSON has no undefined, and a parameter left undefined would silently take its default: what is missing is null.
    return (scope, budget) => evaluateTemplate(template, scope, budget) ?? null;
  }
  if (Array.isArray(value)) {
    const parts = value.map((item) => compileParameters(item, depth + 1));
    return (scope, budget) => parts.map((part) => part(scope, budget));
  }
  const fields = Object.entries(value as Record<string, unknown>)
    .filter(([key]) => key !== '__proto__')
    .map(([key, field]) => [key, compileParameters(field, depth + 1)] as const);
  return (scope, budget) => {
    const result: Record<string, unknown> = {};
    for (const [key, field] of fields) result[key] = field(scope, budget);
    return result;
  };
}

/** Compiles and evaluates at once, for a single item. Values without expressions come back as the same object. */
export function resolveParameters(value: unknown, scope: ExpressionScope, budget: Budget): unknown {
  return compileParameters(value)(scope, budget);
}

function tooDeep(): ExpressionError {
  return new ExpressionError('budget', `Parameters may nest ${MAX_DEPTH} levels at most.`);
}
