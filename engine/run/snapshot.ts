/**
 * The run's state as plain JSON, for continue-as-new. Items are stored once however many lists and ancestries share them: a
 * thousand items that descend from one webhook body carry it once.
 *
 * The version is the interpreter's: a change of meaning gets a new number and a reader for the old one.
 */
import type { ChildRef, ChildTarget } from '../../contracts/child-run.ts';
import type { Item } from '../../contracts/item.ts';
import type { StepSource } from '../../contracts/run.ts';
import type { RunMessage } from '../../contracts/run-message.ts';
import { noAncestors, type Traced } from '../items/traced.ts';
import type {
  ApprovalProgress,
  Arrival,
  ItemResult,
  LoopState,
  ResumeLinks,
  RunState,
  Step,
} from './run-state.ts';

export const snapshotVersion = 1;

/** `[item]` or `[item, { node: item }]`, as positions in `items`. */
type TracedRef = [number] | [number, [string, number][]];

interface StoredArrival {
  port: string;
  items: TracedRef[];
  source?: StepSource | undefined;
}
interface StoredStep {
  node: string;
  index: number;
  inputs: StoredArrival[];
  started?: boolean | undefined;
  progress?: (ItemResult | null)[];
  due?: number | undefined;
  key?: string | undefined;
  deadline?: number | undefined;
  approval?: ApprovalProgress | undefined;
  announced?: boolean | undefined;
  links?: ResumeLinks | undefined;
  target?: ChildTarget | undefined;
  children?: (ChildRef | null)[];
}
interface StoredLoop extends Omit<LoopState, 'remaining' | 'returned'> {
  remaining: TracedRef[];
  returned: TracedRef[];
}

export interface Snapshot {
  version: typeof snapshotVersion;
  items: Item[];
  ready: StoredStep[];
  underWay: StoredStep[];
  inbox: [string, StoredArrival[]][];
  loops: [string, StoredLoop][];
  counts: [string, number][];
  lastOutputs: [string, { index: number; ports: [string, TracedRef[]][] }][];
  lastItems: TracedRef[];
  totalSteps: number;
  responded: boolean;
  /** Left out where no other run's steps count. */
  origins?: [string, number][];
  /** Left out when there are none, as in states taken before runs could be spoken to. */
  messages?: RunMessage[];
  heard?: string[];
}

export function takeSnapshot(state: RunState): Snapshot {
  const items: Item[] = [];
  const positions = new Map<Item, number>();
  const put = (item: Item): number => {
    const known = positions.get(item);
    if (known !== undefined) return known;
    positions.set(item, items.push(item) - 1);
    return items.length - 1;
  };
  const ref = ({ item, ancestors }: Traced): TracedRef => {
    const named = Object.entries(ancestors).map(([node, ancestor]): [string, number] => [
      node,
      put(ancestor),
    ]);
    return named.length === 0 ? [put(item)] : [put(item), named];
  };
  const arrival = (from: Arrival): StoredArrival => ({ ...from, items: from.items.map(ref) });
  // A wait is set again by whoever takes the step up.
  const step = ({ progress, children, inputs, awaits: _, ...rest }: Step): StoredStep => ({
    ...rest,
    inputs: inputs.map(arrival),
    ...(progress && { progress: Array.from(progress, (entry) => entry ?? null) }),
    ...(children && { children: Array.from(children, (entry) => entry ?? null) }),
  });
  return {
    version: snapshotVersion,
    items,
    ready: state.ready.map(step),
    underWay: [...state.underWay.values()].map(step),
    inbox: [...state.inbox].map(([key, arrivals]) => [key, arrivals.map(arrival)]),
    loops: [...state.loops].map(([node, loop]) => [
      node,
      { ...loop, remaining: loop.remaining.map(ref), returned: loop.returned.map(ref) },
    ]),
    counts: [...state.counts],
    lastOutputs: [...state.lastOutputs].map(([node, output]) => [
      node,
      { index: output.index, ports: [...output.ports].map(([port, list]) => [port, list.map(ref)]) },
    ]),
    lastItems: state.lastItems.map(ref),
    totalSteps: state.totalSteps,
    responded: state.responded,
    ...(state.origins.size > 0 && { origins: [...state.origins] }),
    ...(state.messages.length > 0 && { messages: state.messages }),
    ...(state.heard.length > 0 && { heard: state.heard }),
  };
}

/** Steps that were under way are ready again; they go on with the progress they had. */
export function restore(snapshot: Snapshot): RunState {
  if (snapshot.version !== snapshotVersion)
    throw new Error(`Snapshot version ${snapshot.version} is not known.`);
  const items = snapshot.items;
  const traced = ([position, named]: TracedRef): Traced => ({
    item: items[position]!,
    ancestors: named
      ? Object.assign(Object.create(null), Object.fromEntries(named.map(([node, at]) => [node, items[at]!])))
      : noAncestors,
  });
  const arrival = (from: StoredArrival): Arrival => ({ ...from, items: from.items.map(traced) });
  const step = ({ progress, children, inputs, ...rest }: StoredStep): Step => ({
    ...rest,
    inputs: inputs.map(arrival),
    ...(progress && { progress: progress.map((entry) => entry ?? undefined) }),
    ...(children && { children: children.map((entry) => entry ?? undefined) }),
  });
  return {
    ready: [...snapshot.underWay.map(step), ...snapshot.ready.map(step)],
    underWay: new Map(),
    inbox: new Map(snapshot.inbox.map(([key, arrivals]) => [key, arrivals.map(arrival)])),
    loops: new Map(
      snapshot.loops.map(([node, loop]) => [
        node,
        { ...loop, remaining: loop.remaining.map(traced), returned: loop.returned.map(traced) },
      ]),
    ),
    counts: new Map(snapshot.counts),
    lastOutputs: new Map(
      snapshot.lastOutputs.map(([node, output]) => [
        node,
        { index: output.index, ports: new Map(output.ports.map(([port, list]) => [port, list.map(traced)])) },
      ]),
    ),
    lastItems: snapshot.lastItems.map(traced),
    totalSteps: snapshot.totalSteps,
    responded: snapshot.responded,
    origins: new Map(snapshot.origins),
    messages: [...(snapshot.messages ?? [])],
    heard: [...(snapshot.heard ?? [])],
  };
}
