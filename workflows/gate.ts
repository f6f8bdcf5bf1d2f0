/**
 * The gate in front of a trigger (docs/decisions/024): started by the first delivery, told of each by a signal (or, by who wants to hear
 * what becomes of it, an update), ended when it holds nothing and remembers nothing. What it decides is in engine/gates/gate.ts; this
 * keeps the time and has runs started.
 *
 * Who cancels it has everything that it holds started at once.
 */
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import {
  type GateCall,
  type GatePlace,
  type GateVerdict,
  gateSignal,
  gateUpdate,
} from '../contracts/gates.ts';
import { Gate, type GateMove, type GateState, traceOf } from '../engine/gates/gate.ts';

const pass = defineSignal<[GateCall]>(gateSignal);
const passAndTell = defineUpdate<GateVerdict, [GateCall]>(gateUpdate);
const stateQuery = defineQuery<GateState>('gate');

/** Tried until they work: what a gate has taken in becomes a run, or is reported. A worker that dies with one is noticed by the time. */
const { startGated, reportDropped } = proxyActivities<Pick<Activities, 'startGated' | 'reportDropped'>>({
  startToCloseTimeout: '20s',
});

export interface GateInput {
  place: GatePlace;
  /** What the execution before this one knew. */
  state?: GateState;
}

export async function gate({ place, state }: GateInput): Promise<void> {
  const held = new Gate(Date.now(), state);
  let isEnding = false;
  setHandler(pass, (call) => void held.receive(call, Date.now()));
  setHandler(passAndTell, (call) => held.receive(call, Date.now()));
  setHandler(stateQuery, () => held.state());
  CancellationScope.current().cancelRequested.catch(() => {
    isEnding = true;
  });
  await CancellationScope.nonCancellable(serve);

  async function serve(): Promise<void> {
    for (;;) {
      const moves = isEnding ? held.takeAll(Date.now()) : held.take(Date.now());
      // One after the other: runs start in the order of their deliveries.
      for (const move of moves) await carryOut(place, move);
      setCurrentDetails(`Holds ${held.holding} deliveries.`);
      if (isEnding ? moves.length === 0 : held.isOver(Date.now())) return;
      if (!isEnding && isLong()) await continueAsNew<typeof gate>({ place, state: held.state() });
      // A deadline that moves on is looked at when the old one comes: a delivery costs no timer of its own.
      const { wakeAt } = held;
      const rest = wakeAt - Date.now();
      if (rest > 0)
        await condition(
          // A gate that only takes in, for days, must not grow its history until then.
          () => isEnding || isLong() || held.wakeAt < wakeAt || held.wakeAt <= Date.now(),
          rest,
        );
    }
  }
}

function isLong(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

async function carryOut(place: GatePlace, move: GateMove): Promise<void> {
  if (move.kind === 'report') {
    const { reason, since, count, deliveries } = move;
    return await reportDropped({ place, reason, since, count, deliveries });
  }
  const { run, deliveries } = move;
  await startGated({
    place,
    run,
    items: deliveries.flatMap(({ item }) => item ?? []),
    since: deliveries[0]!.at,
    deliveries: deliveries.map(traceOf),
  });
}
