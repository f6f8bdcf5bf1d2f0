/** What became of all that was accepted: in the records, in Temporal and at the stub. */
import type { Client } from '@temporalio/client';
import type { RunSummary } from '../../contracts/api/runs.ts';
import { isTerminal } from '../../contracts/states.ts';
import { recordedResults } from '../kill-drill/recorded-results.ts';
import { eventually } from '../support/hiviex-api.ts';
import type { StubRequest } from '../support/stub-server.ts';
import type { Cluster } from './cluster.ts';
import { givenUp } from './given-up.ts';
import { runsInTemporal } from './runs-in-temporal.ts';
import type { Accepted, Mishap, Weather } from './storm.ts';

export interface Judgement {
  accepted: number;
  completed: number;
  /** Accepted, and not in the records. */
  lost: string[];
  /** Without an end after all patience. */
  stuck: string[];
  /** Ended, but not well: nothing in the storm is a reason to fail. */
  failed: string[];
  /** Effects that never came, by token. */
  missing: string[];
  /** Effects with more than one key, of no run, or made again without a reason: their result was stored, or nobody had died or been given up. */
  doubled: string[];
  /** Ticks of the schedule that were due and have no run. */
  missed: string[];
  /** Records whose state is not Temporal's. */
  mismatched: string[];
  /** Effects made again with their key because what did them died before its result was stored: allowed. */
  repeated: number;
}

/** @param patienceMs for what is under way when the storm is over */
export async function judge(cluster: Cluster, weather: Weather, patienceMs: number): Promise<Judgement> {
  const { accepted } = weather;
  const expected = new Set(accepted.map(({ run }) => run));
  const calm = (runs: readonly RunSummary[]) =>
    runs.every(({ state }) => isTerminal(state)) &&
    runs.filter(({ id }) => expected.has(id)).length === expected.size;
  const runs = await eventually(() => cluster.api.runs(), calm, patienceMs).catch(() => cluster.api.runs());
  const byId = new Map(runs.map((run) => [run.id, run]));
  const ended = (run: RunSummary | undefined) => run !== undefined && isTerminal(run.state);
  const client = await cluster.temporal();
  try {
    return {
      accepted: accepted.length,
      completed: accepted.filter(({ run }) => byId.get(run)?.state === 'succeeded').length,
      lost: accepted.filter(({ run }) => !byId.has(run)).map(name),
      stuck: accepted.filter(({ run }) => byId.has(run) && !ended(byId.get(run))).map(name),
      failed: accepted.flatMap((one) => {
        const run = byId.get(one.run);
        return run && ended(run) && run.state !== 'succeeded'
          ? [`${name(one)}: ${run.state} ${run.failure?.code}`]
          : [];
      }),
      missed: weather.ticks.missed,
      mismatched: await mismatches(client, runs),
      ...(await judgeEffects(client, weather)),
    };
  } finally {
    await client.connection.close();
  }
}

function name({ load, token, run }: Accepted): string {
  return `${load.name} ${token} ${run}`;
}

/** Both ways: a run without a record is as wrong as a record without a run. */
async function mismatches(client: Client, runs: readonly RunSummary[]): Promise<string[]> {
  const look = async () => {
    const inTemporal = new Map((await runsInTemporal(client)).map(({ run, state }) => [run, state]));
    const wrong = runs.flatMap(({ id, state }) => {
      const there = inTemporal.get(id);
      inTemporal.delete(id);
      return there === state ? [] : [`${id}: ${state}, in Temporal ${there ?? 'nothing'}`];
    });
    return [...wrong, ...[...inTemporal].map(([id, state]) => `${id}: no record, in Temporal ${state}`)];
  };
  // Temporal's own list follows a moment later.
  return await eventually(look, (wrong) => wrong.length === 0, 20_000).catch(look);
}

async function judgeEffects(
  client: Client,
  { accepted, requests, mishaps }: Weather,
): Promise<Pick<Judgement, 'missing' | 'doubled' | 'repeated'>> {
  const byEffect = Map.groupBy(requests, ({ path }) => path);
  const workflows = new Map((await runsInTemporal(client)).map(({ run, workflowId }) => [run, workflowId]));
  const missing: string[] = [];
  const doubled: string[] = [];
  let repeated = 0;
  for (const one of accepted) {
    const recorded = memo(async () => {
      const workflow = workflows.get(one.run);
      return workflow ? await recordedResults(client, workflow) : new Map<string, number>();
    });
    const gaveUp = memo(async () => {
      const workflow = workflows.get(one.run);
      const times = workflow ? await givenUp(client, workflow) : [];
      return times.map((at) => ({ from: at, to: at }));
    });
    for (const effect of one.load.effects) {
      const path = `/${one.token}/${effect}`;
      const made = byEffect.get(path) ?? [];
      byEffect.delete(path);
      if (made.length === 0) missing.push(`${name(one)} ${effect}`);
      if (made.length < 2) continue;
      const keys = new Set(made.map(({ key }) => key));
      const after = await madeAgain(made, recorded);
      if (keys.size > 1) doubled.push(`${name(one)} ${effect}: keys ${[...keys].join(', ')}`);
      else if (after.length > 0) doubled.push(`${name(one)} ${effect}: again although its result was stored`);
      else if (!isExplained(made, mishaps) && !isExplained(made, await gaveUp()))
        doubled.push(`${name(one)} ${effect}: again, and nothing was wrong`);
      else repeated += made.length - 1;
    }
  }
  for (const path of byEffect.keys()) doubled.push(`${path}: of no accepted run`);
  return { missing, doubled, repeated };
}

/** Something went wrong between each request and the one before it. */
function isExplained(made: readonly StubRequest[], mishaps: readonly Pick<Mishap, 'from' | 'to'>[]): boolean {
  return made.every(({ receivedAt }, n) => {
    const before = made[n - 1]?.receivedAt;
    return before === undefined || mishaps.some(({ from, to }) => from <= receivedAt && to >= before);
  });
}

/** Requests that came after Temporal had the result: nothing had been lost, so there was no reason for them. */
async function madeAgain(
  made: readonly StubRequest[],
  recorded: () => Promise<Map<string, number>>,
): Promise<StubRequest[]> {
  const at = (await recorded()).get(made[0]?.key ?? '');
  return at === undefined ? [] : made.filter(({ receivedAt }) => receivedAt > at);
}

function memo<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
