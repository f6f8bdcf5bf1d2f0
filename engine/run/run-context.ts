import type { Graph } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { RecordedStep } from '../../contracts/rerun.ts';
import type { CompiledGraph } from '../graph/compile-graph.ts';
import type { EnginePorts } from './engine-ports.ts';
import type { Mailbox } from './mailbox.ts';
import type { RecordedSteps } from './recorded-steps.ts';
import type { Reporter } from './reporter.ts';
import type { RunState } from './run-state.ts';
import type { Slots } from './slots.ts';
import type { Snapshot } from './snapshot.ts';
import type { RunFacts } from './step-scope.ts';
import type { WorkMeter } from './work-meter.ts';

/** What a run begins with. */
export interface RunStart extends RunFacts {
  workspace: string;
  /** Node that starts the run and what it hands on. Ignored with a snapshot. */
  trigger: { node: string; items: Item[] };
  /** Items to use instead of running these nodes, by node id. */
  pinnedData?: Graph['pinnedData'] | undefined;
  /** The run's marker of secret variables, for effects. */
  secretMarker?: string | undefined;
  /** Answer the caller with the last node's items at the end. */
  answersWithLastNode?: boolean | undefined;
  /** Give the items of the last node, or of the node of this name, to the run that called. */
  returns?: { node?: string | undefined } | undefined;
  /** The run that this one takes up, and its steps. */
  retryOf?: string | undefined;
  recorded?: readonly RecordedStep[] | undefined;
  /** The only nodes that run. */
  only?: ReadonlySet<string> | undefined;
  /** Items for one step in place of what reaches it; `index` is the step's in the run that this one takes up. */
  input?: { node: string; index: number; items: Item[] } | undefined;
  /** Number of the next event; 0 for a new run. */
  seq?: number | undefined;
  snapshot?: Snapshot | undefined;
}

/** What the parts of a run share. */
export interface RunContext {
  graph: CompiledGraph;
  start: RunStart;
  state: RunState;
  ports: EnginePorts;
  reporter: Reporter;
  mailbox: Mailbox;
  /** Commands in flight. */
  slots: Slots;
  /** Runs of other automations under way: they may take months, and leave the commands of the rest alone. */
  childSlots: Slots;
  meter: WorkMeter;
  recorded?: RecordedSteps | undefined;
  /** A step that did something else waits now: the run may be at a safe point, or do nothing but wait. */
  waits(): void;
  /** No new command may start: the run is about to continue as new, or it is ending. */
  isDraining(): boolean;
}
