/**
 * Gives out the slots of one workspace's concurrency limits: `limits:<workspace>`, started by the first run that asks and ended when
 * nobody holds or waits. What it decides is in engine/limits/slot-table.ts; this tells the runs.
 *
 * A lease belongs to a run's workflow id. A run that ends says so; one that was terminated, timed out or deleted can't, so while
 * somebody waits Temporal is asked which holders still run.
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
  summary: 'Do the holders still run?',
});

export interface LimiterInput {
  workspace: string;
  /** What the execution before this one knew. */
  state?: SlotTableState;
}

export async function limiter({ workspace, state }: LimiterInput): Promise<void> {
  const table = new SlotTable(state);
  const outbox: SlotMove[] = [];
  const prefix = `automation:${workspace}:`;
  setHandler(request, (given) => void outbox.push(...table.request(given)));
  setHandler(release, (holder) => void outbox.push(...table.release(holder)));
  setHandler(slotsQuery, () => table.state());

  for (;;) {
    const isNews = await condition(() => outbox.length > 0, table.waiting > 0 ? checkMs : idleMs);
    if (isNews) await tell(outbox.splice(0));
    else if (table.isEmpty) return;
    else if (table.waiting > 0) {
      const asked = table.inTheWay().map((holder) => prefix + holder);
      for (const ended of await endedWorkflows(asked))
        outbox.push(...table.release(ended.slice(prefix.length)));
    }
    setCurrentDetails(describe(table));
    if (outbox.length === 0 && workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof limiter>({ workspace, state: table.state() });
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
