import type { Expression, MemberExpression } from 'acorn';
import { MISSING } from '../errors.ts';
import { pairedItem } from '../globals/views.ts';
import { getMember } from '../values/access.ts';
import { isForbiddenName } from '../values/convert.ts';
import type { Context } from '../values/internal.ts';

type Root = (context: Context) => unknown;

const ROOTS: Record<string, Root> = {
  $json: ({ scope }) => scope.item.json,
  $vars: ({ scope }) => scope.source.vars ?? {},
};

/**
 * The short way for plain paths (`$json.a.b[0]`, `$('Node').item.json.id`), four out of five expressions in real
 * automations: one loop without environments. Undefined when the expression is anything else.
 */
export function compilePath(node: Expression): Root | undefined {
  const keys: { key: string | number; at: number }[] = [];
  let current: Expression = node;
  while (current.type === 'MemberExpression') {
    const root = itemRoot(current);
    if (root !== undefined) return followPath(root, keys.reverse());
    const key = plainKey(current);
    if (key === undefined || current.object.type === 'Super') return undefined;
    keys.push({ key, at: current.property.start });
    current = current.object;
  }
  if (current.type !== 'Identifier' || !Object.hasOwn(ROOTS, current.name)) return undefined;
  return followPath(ROOTS[current.name]!, keys.reverse());
}

function followPath(root: Root, keys: readonly { key: string | number; at: number }[]): Root {
  return (context) => {
    context.budget.step(keys.length + 1);
    let value = root(context);
    for (const { key, at } of keys) {
      if (value === null || value === undefined) throw MISSING;
      context.at = at;
      value = getMember(context, value, key);
    }
    return value;
  };
}

/** A key that is written out and may be data. */
function plainKey(node: MemberExpression): string | number | undefined {
  if (node.optional) return undefined;
  const { property } = node;
  const key =
    !node.computed && property.type === 'Identifier'
      ? property.name
      : property.type === 'Literal'
        ? property.value
        : undefined;
  if (typeof key === 'number') return Number.isInteger(key) && key >= 0 ? key : undefined;
  return typeof key === 'string' && !isForbiddenName(key) ? key : undefined;
}

/** `$('Name').item.json` as a root. */
function itemRoot(node: MemberExpression): Root | undefined {
  if (
    plainKey(node) !== 'json' ||
    node.object.type !== 'MemberExpression' ||
    plainKey(node.object) !== 'item'
  )
    return undefined;
  const call = node.object.object;
  if (
    call.type !== 'CallExpression' ||
    call.optional ||
    call.callee.type !== 'Identifier' ||
    call.callee.name !== '$'
  )
    return undefined;
  const [name] = call.arguments;
  if (call.arguments.length !== 1 || name?.type !== 'Literal' || typeof name.value !== 'string')
    return undefined;
  const nodeName = name.value;
  const at = node.object.property.start;
  return (context) => {
    context.at = at;
    return pairedItem(context.scope, nodeName, context.scope.itemIndex).json;
  };
}
