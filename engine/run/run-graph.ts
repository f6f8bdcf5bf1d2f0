/**
 * The engine: runs a compiled graph from a trigger's items (or from a snapshot) to a true end.
 *
 * Scheduling is per completion: whatever is ready starts, in the order it became ready; whatever ends makes its successors ready
 * at once. Nothing waits for a "wave". The only sources of order are the graph's node and edge order and the order in which
 * effects and timers end, which Temporal's history replays.
 *
 * Over 300 lines: one class, because every part of it moves the same state in an order that replay depends on.
 */
import type { Item } from '../../contracts/item.ts';
import type { Failure, WebhookResponse } from '../../contracts/run.ts';
import type { CompiledGraph } from '../graph/compile-graph.ts';
import { untraced } from '../items/traced.ts';
import { lastNodeResponse } from '../nodes/respond.ts';
import { alwaysOutput } from './always-output.ts';
import { deliver } from './deliver.ts';
import type { EnginePorts } from './engine-ports.ts';
import { failureOf } from './failure-of.ts';
import { type JoinMove, nextJoinMove, stuckMerge } from './joins.ts';
import { beginLoop, continueLoop, type EndedStep } from './loop-steps.ts';
import { Mailbox } from './mailbox.ts';
import { nextReady } from './next-ready.ts';
import { RecordedSteps } from './recorded-steps.ts';
import { Reporter } from './reporter.ts';
import { reusedStep } from './reused-step.ts';
import type { RunContext, RunStart } from './run-context.ts';
import { emptyState, isWaiting, newStep, type Step, stepKey } from './run-state.ts';
import { Slots } from './slots.ts';
import { restore, type Snapshot, takeSnapshot } from './snapshot.ts';
import type { StepResult } from './step-result.ts';
import { givenOutput, joinStep, runStep } from './step-runner.ts';
import { tooManyItems } from './too-many-items.ts';
import { WorkMeter } from './work-meter.ts';

export type RunOutcome =
  | { kind: 'succeeded'; items?: Item[] }
  | { kind: 'failed'; failure: Failure }
  /** `reuses`: steps of the run that this one takes up may still count. */
  | { kind: 'continue'; snapshot: Snapshot; seq: number; reuses?: boolean };

/** Commands in flight at a time: 2,000 pending activities hang a workflow for ever. */
const maxInFlight = 200;

/** Runs of other automations at a time; Temporal takes 2,000. */
const maxChildren = 1_000;

/** What a step costs beyond its expressions (events, scheduling), in units of the work meter. */
const unitsPerStep = 500;

/** Runs until the graph has nothing left to do. Rejects with a cancellation only, after reporting what it ended. */
export function runGraph(graph: CompiledGraph, start: RunStart, ports: EnginePorts): Promise<RunOutcome> {
  return new GraphRun(graph, start, ports).run();
}

class GraphRun {
  private readonly context: RunContext;
  private draining = false;
  private onlyWaits = false;
  private failure: Failure | undefined;
  private cancellation: { error: unknown } | undefined;
  /** Steps that stopped at a safe point; they stay in the state. */
  private readonly paused = new Set<Step>();
  private wake: () => void = () => {};
  private readonly stopListening: () => void;

  constructor(graph: CompiledGraph, start: RunStart, ports: EnginePorts) {
    const state = start.snapshot ? restore(start.snapshot) : emptyState();
    this.context = {
      graph,
      start,
      ports,
      state,
      mailbox: new Mailbox(state),
      reporter: new Reporter(ports, start.seq ?? 0),
      slots: new Slots(maxInFlight),
      childSlots: new Slots(maxChildren),
      meter: new WorkMeter(() => ports.yield()),
      waits: () => this.wake(),
      isDraining: () => this.draining || this.isEnding(),
      recorded: start.recorded && new RecordedSteps(start.recorded, state),
    };
    this.stopListening = ports.onMessage((message) => {
      // Messages that nobody waits for make the history longer, too: the run may have to continue as new.
      this.wake();
      return this.context.mailbox.put(message);
    });
  }

  async run(): Promise<RunOutcome> {
    const { graph, start, state, reporter } = this.context;
    if (start.snapshot) reporter.runState('running');
    else this.begin();
    for (;;) {
      const busy = this.startReady();
      if (busy) {
        await busy;
        continue;
      }
      if (this.isEnding()) return await this.end();
      if (this.move(nextJoinMove(graph, state))) continue;
      if (state.underWay.size === 0 && state.ready.length === 0) {
        if (this.move(stuckMerge(graph, state))) continue;
        return this.succeed();
      }
      if (this.draining && this.isSafePoint()) return await this.handOver();
      this.reportWaiting();
      await this.nextChange();
    }
  }

  private begin(): void {
    const { graph, start, state, reporter } = this.context;
    reporter.runStarted();
    const node = graph.byId.get(start.trigger.node);
    if (node)
      state.ready.push(newStep(state, node.id, [{ port: 'main', items: start.trigger.items.map(untraced) }]));
    else
      this.failure = {
        code: 'no-trigger',
        message: `The trigger "${start.trigger.node}" is not in this version.`,
        hint: 'Publish the automation again.',
      };
  }

  /**
   * Starts what is ready. Synchronous as long as steps only compute within the task's budget: each promise in a workflow costs the
   * SDK a stack trace. Returns what to wait for before going on, if anything.
   */
  private startReady(): Promise<void> | undefined {
    const { state, meter, ports, recorded } = this.context;
    while (!this.isEnding()) {
      this.draining ||= ports.shouldContinueAsNew();
      if (meter.isSpent()) return this.yieldTask();
      if (this.draining) return undefined;
      const step = nextReady(state, recorded);
      if (!step) return undefined;
      meter.spend(unitsPerStep);
      const busy = this.startStep(step);
      if (busy) return busy;
    }
    return undefined;
  }

  private async yieldTask(): Promise<void> {
    try {
      await this.context.meter.yield();
    } catch (error) {
      if (!this.context.ports.isCancellation(error)) throw error;
      this.cancellation = { error };
    }
  }

  /** Starts a step. A step that computes for longer than a task may take is waited for: nothing else could run beside it. */
  private startStep(step: Step): Promise<void> | undefined {
    const node = this.context.graph.byId.get(step.node)!;
    this.context.state.underWay.set(stepKey(step), step);
    const result =
      this.runaway(step) ??
      reusedStep(node, step, this.context) ??
      givenOutput(node, step, this.context) ??
      runStep(node, step, this.context);
    if (!(result instanceof Promise)) {
      this.finish(step, result);
      return undefined;
    }
    const ended = result.then((outcome) => {
      this.finish(step, outcome);
      this.wake();
    });
    return node.role === 'compute' ? ended : undefined;
  }

  private finish(step: Step, given: StepResult): void {
    const { state, reporter } = this.context;
    const result = this.completed(step, given);
    if (
      result.kind === 'paused' ||
      (result.kind === 'cancelled' && !this.isCancelOfRun(step, result.error))
    ) {
      this.paused.add(step);
      return;
    }
    state.underWay.delete(stepKey(step));
    reporter.stepStarted(step, 'running');
    if (result.kind === 'cancelled') {
      reporter.stepFinished(step, 'cancelled');
      return;
    }
    reporter.stepFinished(step, result.kind, result);
    if (result.kind === 'failed') {
      if (!this.isEnding()) this.failure = result.failure;
      return;
    }
    if (result.kind === 'succeeded') this.answerAndRemember(step, result);
    deliver(step, result.outputs, this.context);
  }

  private completed(step: Step, given: StepResult): StepResult {
    const { byId, settings } = this.context.graph;
    const result = alwaysOutput(byId.get(step.node)!, step, given);
    if (result.kind !== 'succeeded') return result;
    const { maxItems } = settings;
    const most = Math.max(0, ...[...result.outputs.values()].map((list) => list.length));
    if (most <= maxItems) return result;
    return { kind: 'failed', failure: failureOf(tooManyItems(most, maxItems), step.node) };
  }

  /** A wait that we ended ourselves to hand over is set again later; any other cancellation ends the run. */
  private isCancelOfRun(step: Step, error: unknown): boolean {
    if (this.draining && !this.isEnding() && isWaiting(step)) return false;
    if (!this.failure) this.cancellation ??= { error };
    return true;
  }

  private answerAndRemember(step: Step, result: StepResult & { kind: 'succeeded' }): void {
    const { state, graph, start } = this.context;
    if (result.response) this.respond(result.response);
    if (graph.byId.get(step.node)!.remembered)
      state.lastOutputs.set(step.node, { index: step.index, ports: result.outputs });
    const { name } = graph.byId.get(step.node)!;
    const isReturned = start.returns !== undefined && (start.returns.node ?? name) === name;
    if (start.answersWithLastNode || isReturned)
      state.lastItems = [...result.outputs.values()].find((list) => list.length > 0) ?? [];
  }

  /** The first answer counts; a second Respond node only passes its items on. */
  private respond(response: WebhookResponse): void {
    const { state, reporter } = this.context;
    if (state.responded) return;
    state.responded = true;
    reporter.responded(response);
  }

  private move(move: JoinMove | undefined): boolean {
    if (!move) return false;
    this.context.meter.spend(unitsPerStep);
    const ended = this.makeMove(move);
    if (ended) this.finishJoin(ended);
    return true;
  }

  private finishJoin({ step, result, sources }: EndedStep): void {
    const { recorded } = this.context;
    const known = recorded?.find(step, sources);
    if (known?.state === 'succeeded') recorded?.follow(step, known);
    this.finish(step, this.runaway(step) ?? result);
  }

  private makeMove(move: JoinMove): EndedStep | undefined {
    if (move.kind === 'loop-begins') return beginLoop(move.node, move.arrival, this.context);
    if (move.kind === 'loop-continues') return continueLoop(move.node, this.context);
    const step = newStep(this.context.state, move.node.id, move.inputs);
    return { step, result: joinStep(move.node, step, this.context) };
  }

  private runaway(step: Step): StepResult | undefined {
    const { maxSteps } = this.context.graph.settings;
    if (this.context.state.totalSteps <= maxSteps) return undefined;
    const failure = {
      code: 'too-many-steps',
      message: `The run took more than ${maxSteps} steps: it looks like a loop that never ends.`,
      hint: 'Check the condition that should end the loop, or raise the limit in the automation settings.',
      node: step.node,
    };
    return { kind: 'failed', failure };
  }

  private isEnding(): boolean {
    return this.failure !== undefined || this.cancellation !== undefined;
  }

  /** No command is outstanding but waits, which can be set again. */
  private isSafePoint(): boolean {
    return [...this.context.state.underWay.values()].every(
      (step) => isWaiting(step) || this.paused.has(step),
    );
  }

  private reportWaiting(): void {
    const onlyWaits = [...this.context.state.underWay.values()].every(isWaiting);
    if (onlyWaits === this.onlyWaits) return;
    this.onlyWaits = onlyWaits;
    this.context.reporter.runState(onlyWaits ? 'waiting' : 'running');
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private succeed(): RunOutcome {
    const { start, state, reporter } = this.context;
    if (start.answersWithLastNode) this.respond(lastNodeResponse(state.lastItems.map(({ item }) => item)));
    reporter.runFinished('succeeded');
    if (!start.returns) return { kind: 'succeeded' };
    return { kind: 'succeeded', items: state.lastItems.map(({ item }) => item) };
  }

  private async handOver(): Promise<RunOutcome> {
    await this.stopUnderWay('hand-over');
    if (this.isEnding()) return await this.end();
    this.stopListening();
    const { state, reporter, recorded } = this.context;
    const reuses = recorded && !recorded.isSpent();
    return { kind: 'continue', snapshot: takeSnapshot(state), seq: reporter.seq, ...(reuses && { reuses }) };
  }

  /** Failed or cancelled: ends what is under way, reports it, then the run. */
  private async end(): Promise<RunOutcome> {
    const { state, reporter } = this.context;
    await this.stopUnderWay('end');
    for (const step of state.underWay.values()) reporter.stepFinished(step, 'cancelled');
    if (this.failure) {
      reporter.runFinished('failed', this.failure);
      return { kind: 'failed', failure: this.failure };
    }
    reporter.runFinished('cancelled');
    throw this.cancellation!.error;
  }

  /** Cancels sleeps, waits and effects and goes on when each has said so. */
  private async stopUnderWay(reason: 'end' | 'hand-over'): Promise<void> {
    this.context.ports.cancelInFlight(reason);
    while ([...this.context.state.underWay.values()].some((step) => !this.paused.has(step)))
      await this.nextChange();
  }
}
