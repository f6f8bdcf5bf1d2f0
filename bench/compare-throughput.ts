/** W1 and W2: callers who send their next request when the last was answered, to each contestant in turns. */
import { joinLoads, type Load, median, percentile, rate, runLoad } from './load.ts';
import { printFigure } from './print-figure.ts';
import { cpuMs, idle, rssMb, type ThreadCpu, threadCpuMs } from './process-usage.ts';
import { callerCounts, roundsPerFigure, warmUpSeconds } from './time-budget.ts';

export interface Contestant {
  /** Behind the name of what is measured; ours has none. */
  label: string;
  url: string;
  /** All its processes; the first is the one that is called. */
  pids(): readonly number[];
}

export interface Throughput {
  /** What is measured: `W1`. */
  name: string;
  contestants: { ours: Contestant; handWritten: Contestant; peer?: Contestant };
  /** Sends one request and resolves with its answer. */
  call: (url: string) => Promise<void>;
  /** Pieces of work done so far, by whomever. */
  worked: () => number;
  /** Length of a round. */
  seconds: number;
}

interface Tally {
  loads: Load[];
  cpu: number;
  threads: ThreadCpu | undefined;
  rss: number;
}

/**
 * Short rounds in turns, and the ratio is the median of the pairs': a machine whose speed drifts is unfair to nobody. Prints a
 * line for each contestant; `ratio` is ours against the hand-written one, and on the peer's line ours against the peer.
 */
export async function compareThroughput({ name, contestants, ...how }: Throughput): Promise<void> {
  const { ours, handWritten, peer } = contestants;
  const all = [ours, handWritten, ...(peer ? [peer] : [])];
  const load = ({ url }: Contestant, callers: number, seconds: number) =>
    runLoad({ callers, durationMs: seconds * 1_000, call: () => how.call(url), worked: how.worked });

  for (const contestant of all) await load(contestant, 10, warmUpSeconds);
  for (const callers of callerCounts) {
    const tallies = new Map<Contestant, Tally>(
      all.map((contestant) => [contestant, { loads: [], cpu: 0, threads: undefined, rss: 0 }]),
    );
    for (let round = 0; round < roundsPerFigure; round++)
      for (const contestant of round % 2 ? all.toReversed() : all) {
        await idle(all.flatMap(({ pids }) => pids()));
        await measure(contestant, tallies.get(contestant)!, () => load(contestant, callers, how.seconds));
      }
    const figureOf = (contestant: Contestant) => figure(name, callers, contestant, tallies.get(contestant)!);
    const ratioTo = (other: Contestant) => medianRatio(tallies.get(ours)!.loads, tallies.get(other)!.loads);
    const [mine, hand] = [figureOf(ours), figureOf(handWritten)];
    printFigure({ ...mine, ratio: ratioTo(handWritten), p50Ratio: hand.p50 / mine.p50 });
    printFigure({ ...hand, ratio: 1 });
    if (peer) printFigure({ ...figureOf(peer), ratio: ratioTo(peer) });
  }
}

async function measure({ pids }: Contestant, tally: Tally, round: () => Promise<Load>): Promise<void> {
  const before = pids();
  const cpuBefore = cpuMs(before);
  const threadsBefore = threadCpuMs(before[0]!);
  tally.loads.push(await round());
  tally.rss = Math.max(tally.rss, rssMb(pids()));
  tally.cpu += cpuMs(before) - cpuBefore;
  const threads = threadCpuMs(before[0]!);
  if (!threads || !threadsBefore) return;
  tally.threads ??= { main: 0, workflow: 0, others: 0 };
  for (const kind of ['main', 'workflow', 'others'] as const)
    tally.threads[kind] += threads[kind] - threadsBefore[kind];
}

function figure(name: string, callers: number, { label }: Contestant, { loads, cpu, threads, rss }: Tally) {
  const all = joinLoads(loads);
  return {
    name: `${name} ${label}`.trim(),
    callers,
    runsPerSecond: rate(all),
    p50: percentile(all.latencies, 0.5),
    p95: percentile(all.latencies, 0.95),
    p99: percentile(all.latencies, 0.99),
    cpuMsPerRun: cpu / all.count,
    ...(threads && { threadCpuMsPerRun: perRun(threads, all.count) }),
    rssMb: rss,
  };
}

function perRun({ main, workflow, others }: ThreadCpu, runs: number): ThreadCpu {
  return { main: main / runs, workflow: workflow / runs, others: others / runs };
}

/** Of the pairs of rounds that were beside each other. */
function medianRatio(mine: readonly Load[], theirs: readonly Load[]): number {
  return median(mine.map((load, round) => rate(load) / rate(theirs[round]!)));
}
