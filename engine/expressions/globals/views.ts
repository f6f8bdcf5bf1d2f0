import { ExpressionError } from '../errors.ts';
import type { Scope, ScopeItem, ScopeNode } from '../scope.ts';
import { toInteger, toText } from '../values/convert.ts';
import { Builtin, type Context, View } from '../values/internal.ts';

const optionalIndex = (context: Context, value: unknown): number | undefined =>
  value === undefined ? undefined : toInteger(context, value);

/** The scope's node, with an error that names it when the automation has none. */
function findNode(scope: Scope, name: string): ScopeNode {
  const node = scope.source.node?.(name);
  if (node === undefined) {
    throw new ExpressionError(
      'reference',
      `There is no node named "${name}". Check the name, or connect that node before this one.`,
    );
  }
  return node;
}

function executed(scope: Scope, name: string): ScopeNode {
  const node = findNode(scope, name);
  if (!node.isExecuted) {
    throw new ExpressionError(
      'reference',
      `The node "${name}" has not run yet. Use $('${name}').isExecuted to ask first.`,
    );
  }
  return node;
}

/** The item of node `name` that the current node's item `itemIndex` descends from; errors name the node. */
export function pairedItem(scope: Scope, name: string, itemIndex: number): ScopeItem {
  const item = executed(scope, name).pairedItem(itemIndex);
  if (item === undefined) {
    throw new ExpressionError(
      'reference',
      `Item ${itemIndex} does not descend from an item of "${name}". Use $('${name}').first() or .all() instead of .item.`,
    );
  }
  return item;
}

/** `$('Name')`. */
export class NodeView extends View {
  readonly label: string;
  readonly keys = [
    'item',
    'all',
    'first',
    'last',
    'itemMatching',
    'pairedItem',
    'params',
    'isExecuted',
    'context',
  ];
  private readonly scope: Scope;
  private readonly name: string;

  constructor(scope: Scope, name: string) {
    super();
    this.scope = scope;
    this.name = name;
    this.label = `$('${name}')`;
  }

  get(_context: Context, key: string): unknown {
    const { scope, name } = this;
    switch (key) {
      case 'item':
        return pairedItem(scope, name, scope.itemIndex);
      case 'first':
        return this.pick((items) => items[0]);
      case 'last':
        return this.pick((items) => items.at(-1));
      case 'all':
        return new Builtin('all', { call: (context, args) => this.items(context, args) });
      case 'itemMatching':
      case 'pairedItem':
        return new Builtin(key, {
          call: (context, args) => pairedItem(scope, name, toInteger(context, args[0], scope.itemIndex)),
        });
      case 'params':
        return findNode(scope, name).params;
      case 'isExecuted':
        return findNode(scope, name).isExecuted;
      case 'context':
        return findNode(scope, name).context;
      default:
        return undefined;
    }
  }

  private items(context: Context, args: readonly unknown[]): readonly ScopeItem[] {
    return executed(this.scope, this.name).items(
      optionalIndex(context, args[0]),
      optionalIndex(context, args[1]),
    );
  }

  private pick(choose: (items: readonly ScopeItem[]) => ScopeItem | undefined): Builtin {
    return new Builtin('item', { call: (context, args) => choose(this.items(context, args)) });
  }
}

/** `$node["Name"]`, n8n's older form. */
class OldNodeView extends View {
  readonly label: string;
  readonly keys = ['json', 'binary', 'context', 'parameter', 'runIndex'];
  private readonly scope: Scope;
  private readonly name: string;

  constructor(scope: Scope, name: string) {
    super();
    this.scope = scope;
    this.name = name;
    this.label = `$node["${name}"]`;
  }

  get(_context: Context, key: string): unknown {
    if (key === 'json') return this.item().json;
    if (key === 'binary') return this.item().binary;
    if (key === 'context') return findNode(this.scope, this.name).context;
    if (key === 'parameter') return findNode(this.scope, this.name).params;
    if (key === 'runIndex') return this.scope.source.runIndex;
    return undefined;
  }

  private item(): ScopeItem {
    const node = executed(this.scope, this.name);
    const { itemIndex } = this.scope;
    const item = node.pairedItem(itemIndex) ?? node.items()[itemIndex] ?? node.items()[0];
    return item ?? pairedItem(this.scope, this.name, itemIndex);
  }
}

/** `$node`. */
export class NodesView extends View {
  readonly label = '$node';
  readonly keys: readonly string[] = [];
  private readonly scope: Scope;

  constructor(scope: Scope) {
    super();
    this.scope = scope;
  }

  get(_context: Context, key: string): unknown {
    return new OldNodeView(this.scope, key);
  }
}

/** `$input`. */
export class InputView extends View {
  readonly label = '$input';
  readonly keys = ['item', 'items', 'all', 'first', 'last', 'params', 'context'];
  private readonly scope: Scope;

  constructor(scope: Scope) {
    super();
    this.scope = scope;
  }

  get(_context: Context, key: string): unknown {
    const { source, item } = this.scope;
    switch (key) {
      case 'item':
        return item;
      case 'items':
        return source.items;
      case 'all':
        return new Builtin('all', { call: () => source.items });
      case 'first':
        return new Builtin('first', { call: () => source.items[0] });
      case 'last':
        return new Builtin('last', { call: () => source.items.at(-1) });
      case 'params':
        return source.inputParams;
      case 'context':
        return source.inputContext;
      default:
        return undefined;
    }
  }
}

/** `$item(index)`, n8n's oldest form: the globals as another item sees them. */
export class ItemView extends View {
  readonly label = '$item()';
  readonly keys = ['$json', '$binary', '$node', '$position', '$itemIndex'];
  private readonly scope: Scope;

  constructor(scope: Scope) {
    super();
    this.scope = scope;
  }

  get(_context: Context, key: string): unknown {
    if (key === '$json') return this.scope.item.json;
    if (key === '$binary') return this.scope.item.binary ?? {};
    if (key === '$node') return new NodesView(this.scope);
    if (key === '$position' || key === '$itemIndex') return this.scope.itemIndex;
    return undefined;
  }
}

/** `$items("Name", branch, run)`: the items of a node, or those that came in. */
export function itemsOf(context: Context, args: readonly unknown[]): readonly ScopeItem[] {
  const [name, branch, run] = args;
  if (name === undefined) return context.scope.source.items;
  const node = executed(context.scope, toText(context, name));
  return node.items(optionalIndex(context, branch), optionalIndex(context, run));
}

/** Names that may be called on a view, for checks before the run. */
export const viewNames: ReadonlySet<string> = new Set(['all', 'first', 'last', 'itemMatching', 'pairedItem']);
