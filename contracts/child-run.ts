/** A run that another one calls: what the caller asks for and what comes of it. */
import type { FieldType } from './catalogue/sub-automation-trigger.ts';
import type { Item } from './item.ts';
import type { Failure } from './run.ts';
import type { MentionedVariables } from './variables.ts';

/** Runs above one another at most, the first one counted. */
export const maxCallDepth = 10;

/** Who is to be called, as it was when the step began: publishing meanwhile changes nothing for its later items. */
export interface ChildTarget {
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The trigger node. */
  node: string;
  fields: { name: string; type: FieldType; required: boolean }[];
  variables?: MentionedVariables | undefined;
  priority?: number | undefined;
}

/** A run that was called, by what it is found again. */
export interface ChildRef {
  run: string;
  workflowId: string;
}

export type ChildEnd =
  | { kind: 'succeeded'; items: Item[] }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'cancelled' };

/** Temporal's name of the signal by which a run hears that one it called has ended; its argument is that run's id. */
export const childEndedSignal = 'child-ended';
