/**
 * What the engine needs from where it runs. In a workflow these are activities, timers and sinks; in tests they are plain
 * functions. The engine itself does no I/O and reads no clock.
 */
import type { Announcement } from '../../contracts/announcement.ts';
import type { ChildEnd, ChildRef, ChildTarget } from '../../contracts/child-run.ts';
import type { EffectInput, EffectResult } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { RunEvent } from '../../contracts/run.ts';
import type { RunMessage } from '../../contracts/run-message.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import type { ResumeLink } from '../graph/resume-link.ts';

export interface EffectCall {
  /** The node type; the name of the activity. */
  type: string;
  input: EffectInput;
  /** Doing it twice does no harm: it may run as a local activity. */
  repeatable: boolean;
  /** The node's name, shown to operators. */
  label: string;
}

export interface ChildCall {
  target: ChildTarget;
  items: Item[];
  /** The step that calls. */
  node: string;
  index: number;
  /** Its end is asked for. One that is not waited for lives on when this run is cancelled. */
  waits: boolean;
  label: string;
}

/** What an agent is asked by a step. */
export interface AgentCall {
  /** The agent's id; what is published of it when its run begins. */
  agent: string;
  message: string;
  node: string;
  index: number;
  label: string;
}

/** Runs of other automations, and of agents. */
export interface ChildPorts {
  /** What is published of an automation of the workspace. Rejects with `EngineFailure` when it can't be called. */
  resolve(automation: string, label: string): Promise<ChildTarget>;
  /** Resolves when the run is started for good. Rejects with `EngineFailure`, or a cancellation. */
  start(call: ChildCall): Promise<ChildRef>;
  /** The same, of an agent: its end gives one item with the answer. */
  startAgent(call: AgentCall): Promise<ChildRef>;
  /** Resolves when the run has ended, whoever ended it, also one that an earlier execution started. Rejects with a cancellation. */
  end(child: ChildRef, label: string): Promise<ChildEnd>;
}

/** An event before the engine numbers it. */
export type NewRunEvent = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

export interface EnginePorts {
  /** Rejects with `EngineFailure` when the step has failed for good, or with a cancellation. */
  runEffect(call: EffectCall): Promise<EffectResult>;
  children: ChildPorts;
  /** Resolves at `due` (epoch ms). Rejects with a cancellation. */
  sleepUntil(due: number, label: string): Promise<void>;
  /**
   * Resolves when `bell` does or at `due` (epoch ms; left out: never), whichever is first, and says which. Rejects with a
   * cancellation.
   */
  waitFor(bell: Promise<void>, due: number | undefined, label: string): Promise<'rung' | 'due'>;
  /** Hands on what is said to the run, beginning with what came before; `false` says that it was not kept. Returns the end of it. */
  onMessage(listener: (message: RunMessage) => boolean): () => void;
  /** Tells people of a wait. Resolves when it is written down; tried until it is. Rejects with a cancellation. */
  announce(announcement: Announcement): Promise<void>;
  /** An address that resumes the step. */
  signLink(link: ResumeLink, step: StepAddress): Promise<string>;
  /** Ends the current workflow task, so that long computations don't hold it. */
  yield(): Promise<void>;
  /** Epoch ms; the same on replay. */
  now(): number;
  emit(event: RunEvent): void;
  /**
   * Ends every effect, sleep and wait under way; their promises reject with a cancellation. `end` cancels the runs that are waited for
   * as well; with `hand-over` they go on, and the next execution waits for them.
   */
  cancelInFlight(reason: 'end' | 'hand-over'): void;
  isCancellation(error: unknown): boolean;
  /** The history has grown long: the engine should hand over its state at the next safe point. */
  shouldContinueAsNew(): boolean;
}
