/**
 * Everything a run knows, in one place: it goes through continue-as-new whole (see snapshot.ts).
 *
 * Only data. What it means is in execution.ts.
 */
import type { Decision } from '../../contracts/approvals.ts';
import type { ChildRef, ChildTarget } from '../../contracts/child-run.ts';
import { type Failure, idempotencyKeyOf, type StepSource } from '../../contracts/run.ts';
import type { RunMessage } from '../../contracts/run-message.ts';
import type { Traced } from '../items/traced.ts';

/** A list of items that reached an input port. */
export interface Arrival {
  port: string;
  items: Traced[];
  source?: StepSource | undefined;
}

/** One execution of one node. */
export interface Step {
  node: string;
  index: number;
  inputs: Arrival[];
  /** Its start was reported (a step that goes on after continue-as-new is not reported again). */
  started?: boolean | undefined;
  /** Effects: results so far, by position of the item (one entry in all for nodes called once). */
  progress?: (ItemResult | undefined)[] | undefined;
  /** Timers: when they end. */
  due?: number | undefined;
  /** The key it had in the run that this one takes up, where it was tried and never succeeded. */
  key?: string | undefined;
  /** Calls of other automations: who is called, and the runs started so far, by position as in `progress`. */
  target?: ChildTarget | undefined;
  children?: (ChildRef | undefined)[] | undefined;
  /** Waits for messages: when they give up. */
  deadline?: number | undefined;
  /** The address of the message that it waits for at this moment (contracts/run-message.ts), or `children`. */
  awaits?: string | undefined;
  /** Approvals: what was decided so far. */
  approval?: ApprovalProgress | undefined;
  /** Form pages and events: the page was shown, the wait is known. */
  announced?: boolean | undefined;
  /** What its expressions read as resume links, once they are signed. */
  links?: ResumeLinks | undefined;
}

export interface ApprovalProgress {
  decisions: (Decision & { at: number })[];
  reminders: number;
  /** Epoch ms of the next reminder. */
  remindAt?: number | undefined;
  opened?: boolean | undefined;
  escalated?: boolean | undefined;
}

export interface ResumeLinks {
  resumeUrl?: string | undefined;
  resumeFormUrl?: string | undefined;
}

export type ItemResult =
  | { kind: 'items'; items: Traced['item'][]; attempts: number }
  | {
      kind: 'failed';
      failure: Omit<Failure, 'node'>;
      attempts: number;
    };

/** A loop over items that is under way. */
export interface LoopState {
  remaining: Traced[];
  returned: Traced[];
  batchSize: number;
  /** Where its items came from, for the steps it makes. */
  sources: StepSource[];
}

export interface LastOutput {
  index: number;
  /** Items by output port. */
  ports: Map<string, Traced[]>;
}

export interface RunState {
  /** Steps that may start, first come first served. */
  ready: Step[];
  /** Steps that wait for the world: effects, waits. */
  underWay: Map<string, Step>;
  /** Merges and loops: lists that arrived and were not taken yet, by node and port. */
  inbox: Map<string, Arrival[]>;
  loops: Map<string, LoopState>;
  /** Steps made so far, by node. */
  counts: Map<string, number>;
  /** The newest output of every node that expressions ask for. */
  lastOutputs: Map<string, LastOutput>;
  /** The last finished step's main output, for webhooks that answer with it. */
  lastItems: Traced[];
  totalSteps: number;
  responded: boolean;
  /** Steps that count again: their index in the run that this one takes up, by `stepKey`. */
  origins: Map<string, number>;
  /** What was said to the run and no step took yet, oldest first. */
  messages: RunMessage[];
  /** Ids of the messages heard, oldest first. */
  heard: string[];
}

export function emptyState(): RunState {
  return {
    ready: [],
    underWay: new Map(),
    inbox: new Map(),
    loops: new Map(),
    counts: new Map(),
    lastOutputs: new Map(),
    lastItems: [],
    totalSteps: 0,
    responded: false,
    origins: new Map(),
    messages: [],
    heard: [],
  };
}

export function stepKey(step: Pick<Step, 'node' | 'index'>): string {
  return `${step.node}\0${step.index}`;
}

/** Stable across attempts and crashes, and across the runs that try a step again until it succeeds. */
export function keyOf(run: string, step: Step, item?: number): string {
  if (step.key === undefined) return idempotencyKeyOf(run, step.node, step.index, item);
  return item === undefined ? step.key : `${step.key}:${item}`;
}

/** It does nothing but wait, for a time or a message: that can be set again. */
export function isWaiting(step: Step): boolean {
  return step.due !== undefined || step.awaits !== undefined;
}

/** A step's items, over all its input ports. */
export function itemsOf(step: Step): Traced[] {
  return step.inputs.length === 1 ? step.inputs[0]!.items : step.inputs.flatMap((arrival) => arrival.items);
}

export function sourcesOf(step: Step): StepSource[] {
  return step.inputs.flatMap((arrival) => (arrival.source ? [arrival.source] : []));
}

/** Makes the next step of a node and counts it. */
export function newStep(state: RunState, node: string, inputs: Arrival[]): Step {
  const index = state.counts.get(node) ?? 0;
  state.counts.set(node, index + 1);
  state.totalSteps += 1;
  return { node, index, inputs };
}
