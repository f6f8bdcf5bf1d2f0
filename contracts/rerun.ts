/** What a run needs that takes up another one's work: which of its steps count again, and what runs anew. */
import type { Item } from './item.ts';
import type { Failure, StepSource } from './run.ts';
import type { StepState } from './states.ts';

/** Part of a run's input. */
export interface Rerun {
  /** The run whose steps count again where they succeeded. Left out: there is none, or nothing of it is left to use. */
  of?: { run: string; workflowId: string } | undefined;
  /** Ids of nodes that run anew, whatever was recorded of them. */
  anew: string[];
  /** Ids of the only nodes that run; what reaches another one is dropped. Left out: all. */
  only?: string[] | undefined;
  /** What this step gets in place of what reaches it; `index` is the step's in the former run. */
  input?: { node: string; index: number; items: Item[] } | undefined;
}

/** A step of the former run, as the engine is given it. */
export interface RecordedStep {
  node: string;
  index: number;
  state: StepState;
  sources: StepSource[];
  /** The step's end in the order of the former run's events. */
  seq: number;
  /** The run that really made the outputs, when the former run had reused them itself. */
  reusedFrom?: string | undefined;
  /** The key that the step's effects carried. A step that runs again because it never succeeded carries it too. */
  key?: string | undefined;
  attempts: number;
  /** Items by output port; only of steps that count again. */
  outputs?: Record<string, Item[]> | undefined;
  /** Of steps that count again: the first of its items that failed and went on or to the error port. */
  failure?: Failure | undefined;
}
