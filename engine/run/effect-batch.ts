/** Batches of an effect node that is called in batches: how many items go into one activity, and what comes back for each. */
import type { ItemOutcome } from '../../contracts/effect.ts';
import type { Traced } from '../items/traced.ts';
import type { ItemResult } from './run-state.ts';

const mostItems = 200;

/** Characters of JSON. Items and their parameters are one payload, and so is the result. */
const mostCharacters = 400_000;

/** Of expressions, after which a batch is closed: its workflow task has others to serve. */
export const mostSteps = 300_000;

/** Takes the next positions off `todo`: one at least, however large its item is. The same on replay, for it depends on the items alone. */
export function takeBatch(todo: number[], items: readonly Traced[]): number[] {
  let characters = 0;
  let count = 0;
  while (count < Math.min(todo.length, mostItems)) {
    characters += JSON.stringify(items[todo[count]!]!.item).length;
    if (count > 0 && characters > mostCharacters) break;
    count += 1;
  }
  return todo.splice(0, count);
}

export function itemResult(outcome: ItemOutcome, attempts: number): ItemResult {
  if ('items' in outcome) return { kind: 'items', items: outcome.items, attempts };
  const { code, message, hint } = outcome.failure;
  return { kind: 'failed', failure: { code, message, hint }, attempts };
}
