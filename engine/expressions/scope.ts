import { DateTime } from 'luxon';

/** One item on an edge, as in the run's data. */
export interface ScopeItem {
  readonly json: Readonly<Record<string, unknown>>;
  readonly binary?: Readonly<Record<string, unknown>>;
  readonly pairedItem?: unknown;
}

/** What an expression may see of another node through `$('Name')`. */
export interface ScopeNode {
  /** False until the node has run in this run; reading its items then is an error. */
  readonly isExecuted: boolean;
  /** The node's parameters as configured. */
  readonly params: unknown;
  /** Its loop context (`noItemsLeft`, `currentRunIndex`), plain data. */
  readonly context?: unknown;
  /** Items of an output port (default: the one that leads here, else 0) of a step (default: the last). */
  items(branch?: number, run?: number): readonly ScopeItem[];
  /** The item of that node from which the current node's item `itemIndex` descends. */
  pairedItem(itemIndex: number): ScopeItem | undefined;
}

/**
 * What the engine supplies, once for each step. All data is read-only and must be plain JSON; `now` and `random` must be
 * the same on replay.
 */
export interface ScopeSource {
  /** The items the step works on. */
  readonly items: readonly ScopeItem[];
  /** Number of the step of this node in the run, from 0. */
  readonly runIndex: number;
  /** The step's time, milliseconds since 1970. */
  readonly now: number;
  /** IANA zone of the automation, such as `America/Sao_Paulo`. */
  readonly zone: string;
  /** Seeded generator of numbers in [0, 1). */
  readonly random: () => number;
  readonly workflow: { readonly id: string; readonly name: string; readonly active: boolean };
  readonly execution: {
    readonly id: string;
    readonly mode: string;
    readonly resumeUrl?: string | undefined;
    readonly resumeFormUrl?: string | undefined;
    readonly idempotencyKey?: string;
  };
  /** Finds a node by its name; undefined when the automation has none of that name. */
  readonly node?: (name: string) => ScopeNode | undefined;
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly prevNode?: { readonly name: string; readonly outputIndex: number; readonly runIndex: number };
  /** `$parameter`: the node's own parameters as configured. */
  readonly parameters?: unknown;
  /** `$input.params` and `$input.context`: of the node the items come from. */
  readonly inputParams?: unknown;
  readonly inputContext?: unknown;
  /** `$fromAI(key, description, type, default)`: what the model filled in, in a tool of an agent. */
  readonly fromAI?: (key: string, description?: string, type?: string, otherwise?: unknown) => unknown;
}

/** Everything an expression can see, at one item. Made once for each step, moved by {@link Scope.forItem}. */
export class Scope {
  readonly source: ScopeSource;
  readonly itemIndex: number;
  readonly item: ScopeItem;

  constructor(source: ScopeSource, itemIndex: number) {
    this.source = source;
    this.itemIndex = itemIndex;
    this.item = source.items[itemIndex] ?? EMPTY_ITEM;
  }

  /** The same scope at another item. Cheap: two fields. */
  forItem(itemIndex: number): Scope {
    return new Scope(this.source, itemIndex);
  }

  /** The step's time in the automation's zone. */
  now(): DateTime {
    return DateTime.fromMillis(this.source.now, { zone: this.source.zone, locale: 'en-US' });
  }
}

/** The scope as the rest of the engine passes it around; opaque but for `forItem`. */
export type ExpressionScope = Scope;

const EMPTY_ITEM: ScopeItem = Object.freeze({ json: Object.freeze({}) });

/** Makes the scope of a step, standing at `itemIndex` (default 0). */
export function createScope(source: ScopeSource, itemIndex = 0): ExpressionScope {
  return new Scope(source, itemIndex);
}
