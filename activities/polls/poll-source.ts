/** Somewhere that a trigger asks for what is new. */
import type { Logger } from 'pino';
import type { EffectContext } from '../../contracts/effect.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';

export interface PollEntry {
  /** What makes it one of its kind. */
  id: string;
  item: Item;
  /** What is remembered once this entry and all before it were taken. */
  cursor?: JsonValue | undefined;
}

export interface PollAnswer {
  /** In the order in which they are handed on; those that were seen before may be among them. */
  entries: PollEntry[];
  /** What to send along next time, so that the other side can say "nothing new". Forgotten when not every new entry was taken. */
  mark?: JsonValue | undefined;
  /** Where to begin the next time, when this one takes nothing. */
  cursor?: JsonValue | undefined;
}

export interface PollContext {
  context: EffectContext;
  signal: AbortSignal;
  log: Logger;
  /** Every secret that was used: masked in what goes wrong. */
  secrets: Set<string>;
  /** Nothing is remembered yet: what is there now is not new. */
  first: boolean;
  cursor: JsonValue | undefined;
  mark: JsonValue | undefined;
  /** The run that what is new will start: its files are kept under its name. */
  run: string;
  /** Whether an entry was seen before: it needs not be read. */
  isKnown(id: string): boolean;
}

export interface PollSource {
  /** What is asked; another one begins anew. No secrets. */
  sourceOf(node: GraphNode): string;
  /** @throws StepFailure */
  ask(node: GraphNode, context: PollContext): Promise<PollAnswer>;
  /**
   * What is to be done at the source once the run with these items was accepted. Done until it succeeds, so it may be done twice.
   * @throws StepFailure
   */
  accepted?(
    node: GraphNode,
    context: Pick<PollContext, 'context' | 'signal' | 'log' | 'secrets'>,
    items: readonly Item[],
  ): Promise<void>;
}
