/** Numbers and emits a run's events. A replay emits the same events with the same numbers. */
import type { Failure, RunEvent, StepSource, WebhookResponse } from '../../contracts/run.ts';
import type { RunState as RunStateName } from '../../contracts/states.ts';
import type { Traced } from '../items/traced.ts';
import type { EnginePorts, NewRunEvent } from './engine-ports.ts';
import { type Step, sourcesOf } from './run-state.ts';

export type EndState = 'succeeded' | 'failed' | 'cancelled' | 'skipped';

export interface StepEnd {
  outputs?: Map<string, Traced[]> | undefined;
  attempts?: number | undefined;
  failure?: Failure | undefined;
  logs?: string[] | undefined;
  reusedFrom?: string | undefined;
}

export class Reporter {
  /** Number of the next event. */
  seq: number;
  private readonly ports: EnginePorts;

  constructor(ports: EnginePorts, seq: number) {
    this.ports = ports;
    this.seq = seq;
  }

  runStarted(): void {
    this.emit({ type: 'run.started', state: 'running' });
  }

  runState(state: RunStateName): void {
    this.emit({ type: 'run.state', state });
  }

  runFinished(state: 'succeeded' | 'failed' | 'cancelled', failure?: Failure): void {
    this.emit({ type: 'run.finished', state, failure });
  }

  responded(response: WebhookResponse): void {
    this.emit({ type: 'run.responded', response });
  }

  /** Once per step, however often it is called: a step that goes on after continue-as-new was reported already. */
  stepStarted(step: Step, state: 'running' | 'waiting', sources: StepSource[] = sourcesOf(step)): void {
    if (step.started) return;
    step.started = true;
    const { node, index, key } = step;
    const until = step.due ?? step.deadline;
    const kept = key === undefined ? {} : { key };
    this.emit({ type: 'step.started', node, index, sources, state, until, ...kept });
  }

  stepFinished({ node, index }: Step, state: EndState, end: StepEnd = {}): void {
    const outputs = Object.fromEntries(
      [...(end.outputs ?? [])].map(([port, list]) => [port, list.map(({ item }) => item)]),
    );
    const { attempts = 1, failure, logs, reusedFrom } = end;
    const reused = reusedFrom === undefined ? {} : { reusedFrom };
    this.emit({ type: 'step.finished', node, index, state, attempts, outputs, failure, logs, ...reused });
  }

  private emit(event: NewRunEvent): void {
    this.ports.emit({ ...event, seq: this.seq++, at: this.ports.now() } as RunEvent);
  }
}
