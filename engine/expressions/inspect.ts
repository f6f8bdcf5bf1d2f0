import { type AnyNode, parseExpressionAt } from 'acorn';
import { ExpressionError } from './errors.ts';
import { builtinMembers } from './globals/globals.ts';
import { viewNames } from './globals/views.ts';
import { methodNames } from './values/access.ts';

/**
 * Finds a method that nothing has, in the code of one block. Names the expression itself gives to a field or a
 * variable are not judged: they may hold functions.
 */
export function unknownMethod(source: string, start: number): ExpressionError | undefined {
  const calls: { name: string; at: number }[] = [];
  const own = new Set<string>();
  visit(parseExpressionAt(source, start, { ecmaVersion: 2024 }) as AnyNode, calls, own);
  const unknown = calls.find(
    ({ name }) =>
      !methodNames.has(name) && !viewNames.has(name) && !builtinMembers.has(name) && !own.has(name),
  );
  if (unknown === undefined) return undefined;
  return new ExpressionError(
    'type',
    `No value has a method ${unknown.name}(). Check the spelling.`,
    unknown.at,
  );
}

function visit(node: AnyNode, calls: { name: string; at: number }[], own: Set<string>): void {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && !node.callee.computed) {
    const { property } = node.callee;
    if (property.type === 'Identifier') calls.push({ name: property.name, at: property.start });
  }
  if (node.type === 'Property' && node.key.type === 'Identifier') own.add(node.key.name);
  if (
    node.type === 'AssignmentExpression' &&
    node.left.type === 'MemberExpression' &&
    node.left.property.type === 'Identifier'
  ) {
    own.add(node.left.property.name);
  }
  for (const child of Object.values(node)) {
    for (const part of Array.isArray(child) ? child : [child]) {
      if (typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string')
        visit(part as AnyNode, calls, own);
    }
  }
}
