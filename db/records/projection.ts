/**
 * Folds a run's events into the rows that will be written: pure, no clock. Everything that may repeat or come late is left to
 * `write-rows.ts`, whose statement compares `seq` with what is stored.
 */
import { countItems } from '../../contracts/outputs-preview.ts';
import type { QueuedFor, RunEvent, RunHeader } from '../../contracts/run.ts';
import { isTerminal, type RunState, type StepState } from '../../contracts/states.ts';
import { failureText, logsText, noOutputs, outputsText, responseText } from './json-text.ts';

export interface RunRow {
  header: RunHeader;
  state: RunState;
  /** `seq` of the event that set `state`; -1: none did. */
  stateSeq: number;
  lastSeq: number;
  lastEventAt: number;
  finishedAt?: number;
  /** Why it is queued, while it is. */
  queuedFor?: QueuedFor | undefined;
  /** JSON text, as the next two. */
  failure?: string;
  response?: string;
}

export interface StepRow {
  node: string;
  index: number;
  state: StepState;
  /** `seq` of the start, or of the end when the start was not seen. */
  seq: number;
  lastSeq: number;
  startedAt: number;
  finishedAt?: number;
  until?: number;
  attempts: number;
  sources?: string;
  outputs?: string;
  failure?: string;
  logs?: string;
  truncated?: string;
  reusedFrom?: string;
  key?: string;
  /** Items by port, kept to say what is missing when the outputs have to go. */
  counts?: Record<string, number>;
}

/** The rows of one run that wait to be written. */
export interface PendingRun {
  run: RunRow;
  /** By `<node> <index>`. */
  steps: Map<string, StepRow>;
  /** Characters of outputs and response that these rows hold. */
  size: number;
}

export function beginPending(header: RunHeader): PendingRun {
  return {
    run: { header, state: 'queued', stateSeq: -1, lastSeq: -1, lastEventAt: header.startedAt },
    steps: new Map(),
    size: 0,
  };
}

/** Adds one event. Events at or below what a row has seen change nothing. */
export function fold(pending: PendingRun, event: RunEvent): void {
  const { run } = pending;
  if (event.seq > run.lastSeq) {
    run.lastSeq = event.seq;
    run.lastEventAt = event.at;
  }
  switch (event.type) {
    case 'run.started':
      setRunState(run, event.state, event.seq);
      return;
    case 'run.state':
      setRunState(run, event.state, event.seq, event.queuedFor);
      return;
    case 'run.finished':
      if (isTerminal(run.state)) return;
      setRunState(run, event.state, event.seq);
      run.finishedAt = event.at;
      if (event.failure) run.failure = failureText(event.failure);
      return;
    case 'run.responded':
      if (run.response !== undefined) return;
      run.response = responseText(event.response);
      pending.size += run.response.length;
      return;
    case 'step.started':
      startStep(pending, event);
      return;
    case 'step.finished':
      finishStep(pending, event);
      return;
  }
}

function setRunState(run: RunRow, state: RunState, seq: number, queuedFor?: QueuedFor): void {
  if (seq <= run.stateSeq || isTerminal(run.state)) return;
  run.state = state;
  run.queuedFor = queuedFor;
  run.stateSeq = seq;
}

function startStep({ steps }: PendingRun, event: Extract<RunEvent, { type: 'step.started' }>): void {
  const key = stepKey(event);
  const { node, index, state, seq } = event;
  const start = {
    startedAt: event.at,
    sources: JSON.stringify(event.sources),
    ...(event.until === undefined ? {} : { until: event.until }),
    ...(event.key === undefined ? {} : { key: event.key }),
  };
  const known = steps.get(key);
  if (!known) {
    steps.set(key, { node, index, state, seq, lastSeq: seq, attempts: 1, ...start });
    return;
  }
  Object.assign(known, start);
  known.seq = Math.min(known.seq, seq);
  if (seq <= known.lastSeq || isTerminal(known.state)) return;
  known.state = state;
  known.lastSeq = seq;
}

function finishStep(pending: PendingRun, event: Extract<RunEvent, { type: 'step.finished' }>): void {
  const key = stepKey(event);
  const known = pending.steps.get(key);
  if (known && (known.lastSeq >= event.seq || isTerminal(known.state))) return;
  const { node, index, state, attempts } = event;
  const { json, truncated } = outputsText(event);
  pending.size += json.length;
  pending.steps.set(key, {
    ...(known ?? { node, index, seq: event.seq, startedAt: event.at }),
    state,
    attempts,
    lastSeq: event.seq,
    finishedAt: event.at,
    outputs: json,
    counts: event.truncated ?? countItems(event.outputs),
    ...(truncated ? { truncated: JSON.stringify(truncated) } : {}),
    ...(event.reusedFrom === undefined ? {} : { reusedFrom: event.reusedFrom }),
    ...(event.failure ? { failure: failureText(event.failure) } : {}),
    ...(event.logs && event.logs.length > 0 ? { logs: logsText(event.logs) } : {}),
  });
}

/** Keeps that the step ran and how many items it gave, not the items. Returns the characters this frees. */
export function dropOutputs(step: StepRow): number {
  if (step.outputs === undefined || step.counts === undefined) return 0;
  const before = step.outputs.length;
  const { json, truncated } = noOutputs(step.counts);
  step.outputs = json;
  step.truncated = JSON.stringify(truncated);
  return before - json.length;
}

function stepKey({ node, index }: { node: string; index: number }): string {
  return `${node} ${index}`;
}
