/** What a run looks like on the canvas: a state per node and a count of items per edge, from its events or its stored steps. */
import type { Step } from '../../../contracts/api/runs.ts';
import type { Item } from '../../../contracts/item.ts';
import type { Failure, RunEvent, StepSource } from '../../../contracts/run.ts';
import { isTerminal, type RunState, type StepState } from '../../../contracts/states.ts';

/** One step as far as it is known. Times are epoch milliseconds. */
export interface StepView {
  node: string;
  index: number;
  seq: number;
  state: StepState;
  startedAt: number;
  finishedAt?: number | undefined;
  until?: number | undefined;
  sources: readonly StepSource[];
  outputs: Readonly<Record<string, readonly Item[]>>;
  /** Set where `outputs` has the first items only: how many each port gave. */
  truncated?: Readonly<Record<string, number>> | undefined;
  attempts: number;
  failure?: Failure | undefined;
  logs?: readonly string[] | undefined;
  /** The key of its effects, where that is another run's. */
  key?: string | undefined;
  /** It did not run: the run whose outputs these are. */
  reusedFrom?: string | undefined;
}

export interface NodeView {
  state: StepState;
  /** Steps started and steps ended: more than one in a loop. */
  started: number;
  finished: number;
  /** Items given out so far, by port. */
  counts: Readonly<Record<string, number>>;
  failure?: Failure | undefined;
  /** The newest step's index. */
  latest: number;
}

export interface RunOverlay {
  run: string;
  state: RunState;
  /** `seq` of the newest event that was taken in. */
  seq: number;
  nodes: Readonly<Record<string, NodeView>>;
  steps: ReadonlyMap<string, StepView>;
  failure?: Failure | undefined;
  /** Some outputs were left out on the way: fetch the steps to see them. */
  partial: boolean;
}

export const stepKey = (node: string, index: number): string => `${node}#${index}`;

export function emptyOverlay(run: string): RunOverlay {
  return { run, state: 'queued', seq: -1, nodes: {}, steps: new Map(), partial: false };
}

/** Takes in events; those seen before (`seq`) are dropped. The overlay itself stays as it is. */
export function applyEvents(overlay: RunOverlay, events: readonly RunEvent[], partial = false): RunOverlay {
  const fresh = events.filter((event) => event.seq > overlay.seq).sort((a, b) => a.seq - b.seq);
  if (fresh.length === 0) return overlay;
  const draft: Draft = {
    ...overlay,
    nodes: { ...overlay.nodes },
    steps: new Map(overlay.steps),
    partial: overlay.partial || partial,
  };
  for (const event of fresh) apply(draft, event);
  return draft;
}

/** The overlay of a run read from the API. */
export function overlayOf(run: {
  id: string;
  state: RunState;
  steps: readonly Step[];
  failure?: Failure | undefined;
}): RunOverlay {
  const draft: Draft = {
    ...emptyOverlay(run.id),
    nodes: {},
    steps: new Map(),
    state: run.state,
    failure: run.failure,
  };
  for (const step of [...run.steps].sort((a, b) => a.seq - b.seq)) {
    const view: StepView = {
      ...step,
      startedAt: Date.parse(step.startedAt),
      finishedAt: step.finishedAt === undefined ? undefined : Date.parse(step.finishedAt),
      until: step.until === undefined ? undefined : Date.parse(step.until),
    };
    const isOver = isTerminal(view.state);
    start(draft, isOver ? { ...view, state: 'running', finishedAt: undefined } : view);
    if (isOver) finish(draft, view);
  }
  return draft;
}

/** Steps in the order in which they started. */
export function stepsInOrder(overlay: RunOverlay): StepView[] {
  return [...overlay.steps.values()].sort((a, b) => a.seq - b.seq);
}

/** A node's newest step. */
export function latestStep(overlay: RunOverlay | undefined, node: string): StepView | undefined {
  const view = overlay?.nodes[node];
  return view && overlay?.steps.get(stepKey(node, view.latest));
}

/** How many items a step gave at a port, shown or not. */
export function itemCount({ outputs, truncated }: StepView, port: string): number {
  return truncated?.[port] ?? outputs[port]?.length ?? 0;
}

/** How many items reached a step, shown or not. */
export function inputCount(overlay: RunOverlay, step: StepView): number {
  return step.sources.reduce((sum, { node, index, fromPort }) => {
    const source = overlay.steps.get(stepKey(node, index));
    return sum + (source ? itemCount(source, fromPort) : 0);
  }, 0);
}

/** The items that reached input `port` (any when left out) of a step: the outputs of its sources, in order. */
export function inputItems(overlay: RunOverlay, step: StepView, port?: string): Item[] {
  return step.sources
    .filter((source) => port === undefined || source.port === port)
    .flatMap(
      (source) => overlay.steps.get(stepKey(source.node, source.index))?.outputs[source.fromPort] ?? [],
    );
}

interface Draft extends Omit<RunOverlay, 'nodes' | 'steps'> {
  nodes: Record<string, NodeView>;
  steps: Map<string, StepView>;
}

function apply(draft: Draft, event: RunEvent): void {
  draft.seq = event.seq;
  switch (event.type) {
    case 'run.started':
    case 'run.state':
      draft.state = event.state;
      return;
    case 'run.finished':
      draft.state = event.state;
      draft.failure = event.failure;
      return;
    case 'run.responded':
      return;
    case 'step.started':
      start(draft, {
        node: event.node,
        index: event.index,
        seq: event.seq,
        state: event.state,
        startedAt: event.at,
        until: event.until,
        sources: event.sources,
        key: event.key,
        outputs: {},
        attempts: 1,
      });
      return;
    case 'step.finished': {
      const key = stepKey(event.node, event.index);
      // A browser that joined late may hear the end of a step whose start it never heard.
      if (!draft.steps.has(key)) {
        const { node, index, seq, at } = event;
        start(draft, {
          node,
          index,
          seq,
          state: 'running',
          startedAt: at,
          sources: [],
          outputs: {},
          attempts: 1,
        });
      }
      const step: StepView = {
        ...draft.steps.get(key)!,
        state: event.state,
        finishedAt: event.at,
        outputs: event.outputs,
        truncated: event.truncated,
        attempts: event.attempts,
        failure: event.failure,
        logs: event.logs,
        reusedFrom: event.reusedFrom,
      };
      finish(draft, step);
    }
  }
}

/** A step that is known already (from the record) is not counted again when its event comes after. */
function start(draft: Draft, step: StepView): void {
  const key = stepKey(step.node, step.index);
  if (draft.steps.has(key)) return;
  draft.steps.set(key, step);
  const before = draft.nodes[step.node];
  draft.nodes[step.node] = {
    state: step.state,
    started: (before?.started ?? 0) + 1,
    finished: before?.finished ?? 0,
    counts: before?.counts ?? {},
    failure: before?.failure,
    latest: Math.max(step.index, before?.latest ?? 0),
  };
}

function finish(draft: Draft, step: StepView): void {
  const key = stepKey(step.node, step.index);
  const known = draft.steps.get(key);
  if (known && isTerminal(known.state)) return;
  draft.steps.set(key, step);
  const before = draft.nodes[step.node]!;
  const counts: Record<string, number> = { ...before.counts };
  for (const port of Object.keys({ ...step.outputs, ...step.truncated }))
    counts[port] = (counts[port] ?? 0) + itemCount(step, port);
  const finished = before.finished + 1;
  draft.nodes[step.node] = {
    ...before,
    finished,
    counts,
    failure: step.failure ?? before.failure,
    // A node with steps still under way is shown as under way; one failed step stays visible.
    state:
      finished < before.started
        ? before.state
        : before.failure && step.state === 'succeeded'
          ? 'failed'
          : step.state,
  };
}
