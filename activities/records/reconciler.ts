/**
 * Makes records true again. Temporal has the truth; a record can only be behind it: rows were lost with a process, or a workflow
 * was ended from outside and could not report. One pass
 *
 * 1. looks at rows without an end: their workflow has ended, is gone, or has moved on without news;
 * 2. looks for workflows without a row.
 *
 * It writes through the run writer, whose rules make a pass harmless whatever else is written meanwhile, and by however many
 * processes. When nothing is wrong a pass costs one indexed query and one or two lists of Temporal's visibility.
 */
import type { Client } from '@temporalio/client';
import { automationWorkflow, type RunHeader } from '../../contracts/run.ts';
import { runOfWorkflow } from '../../contracts/workflow-id.ts';
import type { Database, Log, OpenRun, RunWriter } from '../../db/index.ts';
import { type OutsideEnd, outsideEnd } from './outside-end.ts';
import { createPasses, type Passes } from './passes.ts';
import { tellChain } from './tell-chain.ts';
import { type Ask, createAsk, endReason, failingTaskAttempts, headerOf, statusOf } from './workflow-truth.ts';

export interface ReconcilerOptions {
  client: Client;
  db: Database;
  writer: RunWriter;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default 30,000. */
  everyMs?: number | undefined;
  /** Milliseconds without news after which a row without an end is looked at, default 10,000. */
  graceMs?: number | undefined;
  /** Milliseconds without news after which a run that is still open is asked, default 60,000. */
  staleMs?: number | undefined;
  /** Milliseconds an ended workflow waits for a worker that can answer for it, before its status alone decides; default 120,000. */
  patienceMs?: number | undefined;
  /** Milliseconds that a run has to stop after it was asked to, before one whose workflow task only fails is ended; default 60,000. */
  cancelGraceMs?: number | undefined;
  /** Milliseconds that a pass looks back behind the one before and the grace, default 20,000. */
  lookBackMs?: number | undefined;
}

export interface Reconciler extends Passes {
  /** One pass. `checked`: workflows that were looked at; `fixed`: runs whose record was written. @throws when Temporal or the database is away. */
  runOnce(): Promise<{ checked: number; fixed: number }>;
}

const pageSize = 500;
/** Open runs that one pass asks at most: each is replayed by a worker. */
const questionsPerPass = 200;
/** Visibility is written after the fact: how far back a pass looks behind the one before, in milliseconds. */
const overlapMs = 5 * 60_000;
/** So far back looks one pass in so many (the others `lookBackMs`); a busy server starts tens of thousands of workflows in that time. */
const deepPassEvery = 10;
/** Attempts of one workflow task after which it counts as stuck: a task that times out once is none. */
const attemptsOfStuck = 3;
const stuckReason = 'Hiviex: the run was cancelled, and its workflow could not act on it.';
const checkpointKey = 'reconciler.checkpoint';

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { client, db, writer, log } = options;
  const {
    everyMs = 30_000,
    graceMs = 10_000,
    staleMs = 60_000,
    patienceMs = 120_000,
    lookBackMs = 20_000,
    cancelGraceMs = 60_000,
  } = options;
  let passes = 0;
  const tell = (workflowId: string, ask: Ask, after = -1) =>
    tellChain({ client, writer, ask }, workflowId, after);

  /** Rows without an end → their workflows. */
  async function checkOpenRows(ask: Ask): Promise<{ checked: number; fixed: number }> {
    const quiet = await quietRows(db, Date.now() - graceMs);
    if (quiet.length === 0) return { checked: 0, fixed: 0 };
    const running = await runningWorkflows(client);
    let questions = questionsPerPass;
    let checked = 0;
    let fixed = 0;
    for (const row of quiet) {
      const isRunning = running.has(row.header.workflowId);
      const isCancelDue = row.cancelRequestedAt > 0 && Date.now() - row.cancelRequestedAt >= cancelGraceMs;
      if (isRunning && !isCancelDue && (questions <= 0 || !isDue(row, staleMs))) continue;
      checked++;
      if (isRunning) questions--;
      if (isRunning && (await endStuck(row))) fixed++;
      else if (isRunning ? await refresh(row, ask) : await settle(row, ask)) fixed++;
    }
    return { checked, fixed };
  }

  /**
   * A run that was asked to stop and can't hear it, because its workflow task fails again and again: it is ended from outside, so
   * that cancel always cancels. False: it is none of those; a run that is merely slow to stop is left alone.
   */
  async function endStuck({ header, cancelRequestedAt, lastSeq }: OpenRun): Promise<boolean> {
    if (cancelRequestedAt === 0 || Date.now() - cancelRequestedAt < cancelGraceMs) return false;
    if ((await failingTaskAttempts(client, header.workflowId)) < attemptsOfStuck) return false;
    await client.workflow.getHandle(header.workflowId).terminate(stuckReason);
    return end(header, 'stuck', Date.now(), lastSeq);
  }

  /** A run that is open and quiet: what it reports is written, if there is any news. */
  async function refresh(row: OpenRun, ask: Ask): Promise<boolean> {
    await db.asSystem(({ runRecords }) => runRecords.markChecked([row.header.run], Date.now()));
    const told = await tell(row.header.workflowId, ask, row.lastSeq);
    return told !== undefined && told.lastSeq > row.lastSeq;
  }

  /** A run whose workflow is not among the running ones. */
  async function settle(row: OpenRun, ask: Ask): Promise<boolean> {
    const { workflowId } = row.header;
    const status = await statusOf(client, workflowId);
    // Visibility was behind.
    if (status.kind === 'open') return false;
    if (status.kind === 'gone') {
      // A row may be written a moment before its workflow is started.
      if (Date.now() - row.lastEventAt < staleMs) return false;
      return end(row.header, 'gone', Date.now(), row.lastSeq);
    }
    const told = await tell(workflowId, ask);
    if (told?.hasEnd) return true;
    if (!told?.isUpToDate && Date.now() - status.closedAt < patienceMs) return false;
    const lastSeq = Math.max(row.lastSeq, told?.lastSeq ?? -1);
    return end(row.header, status.end, status.closedAt, lastSeq);
  }

  async function end(header: RunHeader, how: OutsideEnd, at: number, lastSeq: number): Promise<true> {
    await writer.flush();
    const openSteps = await db.asSystem(({ runRecords }) => runRecords.openSteps(header.run));
    const reason = how === 'gone' || how === 'stuck' ? undefined : await endReason(client, header.workflowId);
    writer.record(header, outsideEnd({ end: how, reason, at, lastSeq, openSteps }));
    log.warn(
      { run: header.run, workflowId: header.workflowId, end: how, reason },
      'A run was ended from outside',
    );
    return true;
  }

  /** Workflows → rows that were lost. */
  async function checkMissingRows(ask: Ask): Promise<{ checked: number; fixed: number }> {
    const began = Date.now();
    const checkpoint = await db.asSystem(({ settings }) => settings.get(checkpointKey));
    const lookBack = passes++ % deepPassEvery === 0 ? overlapMs : graceMs + lookBackMs;
    const since = typeof checkpoint === 'number' ? checkpoint - lookBack : 0;
    let unresolved = began;
    let checked = 0;
    let fixed = 0;
    for await (const started of pagesOfStarted(client, since)) {
      const known = await db.asSystem(({ runRecords }) => runRecords.known([...started.keys()]));
      for (const [run, { workflowId, startedAt }] of started) {
        if (known.has(run) || began - startedAt < graceMs) continue;
        checked++;
        if (await recover(workflowId, ask)) {
          fixed++;
          log.warn({ run, workflowId }, 'A run had no record; it has one again');
        } else {
          // Asked again next time, however little that pass looks back.
          unresolved = Math.min(unresolved, startedAt);
        }
      }
    }
    const reached = Math.min(began, Math.max(unresolved, began - 24 * 3_600_000));
    await writer.flush();
    await db.asSystem(({ settings }) => settings.set(checkpointKey, reached));
    return { checked, fixed };
  }

  /** Writes the rows of a run that has none. False: nobody can tell yet, or this is none of ours. */
  async function recover(workflowId: string, ask: Ask): Promise<boolean> {
    const told = await tell(workflowId, ask);
    if (told?.hasEnd) return true;
    const status = await statusOf(client, workflowId);
    if (status.kind !== 'ended') return told !== undefined;
    if (!told?.isUpToDate && Date.now() - status.closedAt < patienceMs) return false;
    const header = told?.header ?? (await headerOf(client, workflowId));
    if (!header) return false;
    return end(header, status.end, status.closedAt, told?.lastSeq ?? -1);
  }

  async function runOnce(): Promise<{ checked: number; fixed: number }> {
    const ask = createAsk(client);
    const open = await checkOpenRows(ask);
    const missing = await checkMissingRows(ask);
    await writer.flush();
    return { checked: open.checked + missing.checked, fixed: open.fixed + missing.fixed };
  }

  const inTheBackground = createPasses({
    async pass() {
      const { checked, fixed } = await runOnce();
      if (fixed > 0) log.info({ checked, fixed }, 'Run records reconciled with Temporal');
    },
    onError: (error) => log.warn({ err: error }, 'Run records could not be reconciled; next try soon'),
    everyMs,
  });
  return { ...inTheBackground, runOnce };
}

/** Rows without an end and without news since `before`. */
async function quietRows(db: Database, before: number): Promise<OpenRun[]> {
  const quiet: OpenRun[] = [];
  let after: string | undefined;
  while (true) {
    const page = await db.asSystem(({ runRecords }) => runRecords.open({ after, limit: pageSize }));
    quiet.push(...page.filter((row) => row.lastEventAt <= before));
    after = page.at(-1)?.header.run;
    if (page.length < pageSize) return quiet;
  }
}

async function runningWorkflows(client: Client): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { workflowId } of listed(client, `ExecutionStatus = 'Running'`)) ids.add(workflowId);
  return ids;
}

type Started = Map<string, { workflowId: string; startedAt: number }>;

/** Automation workflows that started since, by the run in their id; a chain of continued executions counts once. */
async function* pagesOfStarted(client: Client, since: number): AsyncGenerator<Started> {
  let page: Started = new Map();
  for await (const { workflowId, executionId, startedAt } of listed(
    client,
    `StartTime >= '${new Date(since).toISOString()}'`,
  )) {
    page.set(runOfWorkflow(workflowId, executionId), { workflowId, startedAt });
    if (page.size < pageSize) continue;
    yield page;
    page = new Map();
  }
  if (page.size > 0) yield page;
}

/** Automation workflows in Temporal's visibility. Not by `client.workflow.list`, which decodes every search attribute of each. */
async function* listed(
  client: Client,
  condition: string,
): AsyncGenerator<{ workflowId: string; executionId: string; startedAt: number }> {
  const query = `WorkflowType = '${automationWorkflow}' AND ${condition}`;
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      query,
      pageSize: 1_000,
      nextPageToken,
    });
    for (const { execution, startTime } of page.executions)
      yield {
        workflowId: execution?.workflowId ?? '',
        executionId: execution?.runId ?? '',
        startedAt: Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1_000_000,
      };
    nextPageToken = page.nextPageToken;
  } while (nextPageToken?.length);
}

/** The longer a run is quiet (it waits for days, say), the rarer it is asked: at half its silence, at the latest every hour. */
function isDue({ lastEventAt, checkedAt }: OpenRun, staleMs: number): boolean {
  const silence = Date.now() - lastEventAt;
  return silence >= staleMs && Date.now() - checkedAt >= Math.min(3_600_000, silence / 2);
}
