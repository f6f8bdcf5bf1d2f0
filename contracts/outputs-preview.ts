/**
 * What is told and recorded of outputs that are too large for it: a run works with all of its items, whoever looks at it needs the
 * first of them and their number. The whole is asked of the run (`step-outputs`).
 */
import type { Item } from './item.ts';
import type { RunEvent } from './run.ts';

/** Characters of one step's outputs, as JSON, up to which they are told and recorded whole. */
export const wholeOutputs = 256 * 1024;

export interface OutputsPreview {
  /** Of every port the first items that fit into its share. */
  outputs: Record<string, Item[]>;
  /** How many items each port really gave. */
  truncated: Record<string, number>;
}

/** Undefined where the outputs are small enough to stay whole. Measures no more than it has to. */
export function previewOf(outputs: Record<string, Item[]>, limit = wholeOutputs): OutputsPreview | undefined {
  if (fits(outputs, limit)) return undefined;
  const ports = Object.entries(outputs);
  const share = limit / ports.length;
  return {
    outputs: Object.fromEntries(ports.map(([port, items]) => [port, firstThatFit(items, share)])),
    truncated: countItems(outputs),
  };
}

/** An event with the numbers of items in place of them, for ways that are narrower still. */
export function withoutOutputs(event: RunEvent): RunEvent {
  if (event.type !== 'step.finished') return event;
  return { ...event, outputs: {}, truncated: event.truncated ?? countItems(event.outputs) };
}

/** Characters of an event's items as JSON: most of what telling it costs. */
export function outputsLength(event: RunEvent): number {
  if (event.type !== 'step.finished') return 0;
  return Object.values(event.outputs).reduce((sum, items) => sum + lengthOfAll(items), 0);
}

export function countItems(outputs: Record<string, readonly Item[]>): Record<string, number> {
  return Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.length]));
}

function fits(outputs: Record<string, Item[]>, limit: number): boolean {
  let length = 0;
  for (const items of Object.values(outputs))
    for (const item of items) {
      length += lengthOf(item);
      if (length > limit) return false;
    }
  return true;
}

function firstThatFit(items: Item[], limit: number): Item[] {
  let length = 0;
  const past = items.findIndex((item) => {
    length += lengthOf(item);
    return length > limit;
  });
  return past < 0 ? items : items.slice(0, past);
}

function lengthOfAll(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + lengthOf(item), 0);
}

/** With the comma behind it. */
function lengthOf(item: Item): number {
  return JSON.stringify(item).length + 1;
}
