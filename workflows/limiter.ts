/**
 * Gives out the slots of one workspace's concurrency limits: `limits:<workspace>`, started by the first run that asks and ended when
 * nobody holds or waits. What it decides is in engine/limits/slot-table.ts; this tells the runs.
 *
 * A lease belongs to a run's workflow id. A run that ends says so; one that was terminated, timed out or deleted can't. So Temporal is
 * asked which holders still run: while somebody waits, and before somebody is refused.
 */
import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  getExternalWorkflowHandle,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type SlotNews, type SlotRequest, slotSignals } from '../contracts/limits.ts';
import { type SlotMove, SlotTable, type SlotTableState } from '../engine/limits/slot-table.ts';

/** Milliseconds that somebody waits before holders are asked after, and that it stays with nothing to do. */
const checkMs = 10_000;
const idleMs = 60_000;
/** Keys that an operator is shown. */
const shownKeys = 20;

const request = defineSignal<[SlotRequest]>(slotSignals.request);
const release = defineSignal<[string]>(slotSignals.release);
const news = defineSignal<[SlotNews]>(slotSignals.news);
const slotsQuery = defineQuery<SlotTableState>('slots');

const { endedWorkflows } = proxyActivities<Pick<Activities, 'endedWorkflows'>>({
  startToCloseTimeout: '60s',
  // Nobody gets a slot meanwhile: a worker that died with it is to be noticed soon.
  heartbeatTimeout: '5s',
  summary: 'Do the holders still run?',
});

export interface LimiterInput {
  workspace: string;
  /** Asks which holders still run before it refuses a run for them. Left out in limiters that were started before this was so. */
  sureOfHolders?: true | undefined;
  /** What the execution before this one knew. */
  state?: SlotTableState;
}

export async function limiter({ workspace, sureOfHolders, state }: LimiterInput): Promise<void> {
  const table = new SlotTable(state);
  const outbox: SlotMove[] = [];
  /** To be refused, unless one of those in their way has died without a word. Nobody would ask after it: they don't wait. */
  const doubtful: SlotRequest[] = [];
  const prefix = `automation:${workspace}:`;
  setHandler(request, (given) => {
    if (sureOfHolders && table.refusersOf(given).length > 0) doubtful.push(given);
    else outbox.push(...table.request(given));
  });
  setHandler(release, (holder) => void outbox.push(...table.release(holder)));
  setHandler(slotsQuery, () => table.state());

  const hasNews = () => outbox.length + doubtful.length > 0;
  for (;;) {
    const isNews = await condition(hasNews, table.waiting > 0 ? checkMs : idleMs);
    if (doubtful.length > 0) await decide(doubtful.splice(0));
    else if (isNews) await tell(outbox.splice(0));
    else if (table.isEmpty) return;
    else if (table.waiting > 0) await releaseEnded(table.inTheWay());
    setCurrentDetails(describe(table));
    if (!hasNews() && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof limiter>({ workspace, sureOfHolders: true, state: table.state() });
  }

  async function decide(requests: SlotRequest[]): Promise<void> {
    await releaseEnded([...new Set(requests.flatMap((given) => table.refusersOf(given)))]);
    for (const given of requests) outbox.push(...table.request(given));
  }

  async function releaseEnded(holders: readonly string[]): Promise<void> {
    if (holders.length === 0) return;
    for (const ended of await endedWorkflows(holders.map((holder) => prefix + holder)))
      outbox.push(...table.release(ended.slice(prefix.length)));
  }

  /** All at once, but for one run only the last: a run that was queued and granted in one go was never queued. */
  async function tell(moves: readonly SlotMove[]): Promise<void> {
    const last = new Map(moves.map((move) => [move.holder, move]));
    await Promise.all([...last.values()].map(carryOut));
  }

  async function carryOut(move: SlotMove): Promise<void> {
    const run = getExternalWorkflowHandle(prefix + move.holder);
    try {
      if (move.kind === 'grant') await run.signal(news, { kind: 'granted' });
      if (move.kind === 'queue') await run.signal(news, { kind: 'queued', for: move.for });
      if (move.kind === 'skip') await run.signal(news, { kind: 'skipped', for: move.for });
      if (move.kind === 'skip' || move.kind === 'cancel') await run.cancel();
    } catch {
      // It has ended: what it was to get goes to the next.
      outbox.push(...table.release(move.holder));
    }
  }
}

/** What the Temporal UI shows of it, as Markdown. */
function describe(table: SlotTable): string {
  const counts = table.counts();
  const lines = counts.slice(0, shownKeys).map(({ key, used, limit }) => `- \`${key}\`: ${used} of ${limit}`);
  if (counts.length > shownKeys) lines.push(`- and ${counts.length - shownKeys} more`);
  return [`${table.waiting} runs wait.`, ...lines].join('\n');
}
