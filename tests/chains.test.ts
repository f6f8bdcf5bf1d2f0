/** Records of runs whose history was continued: rebuilt from all of their executions, as far as Temporal has kept them. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { createReconciler } from '../activities/records/reconciler.ts';
import { silent } from '../db/log.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';
import { type StubServer, startStub } from './support/stub-server.ts';

describeWithTemporal('A run that continued as new and lost its records', () => {
  let engine: RunningEngine;
  let stub: StubServer;

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 12 });
    stub = await startStub();
  }, 180_000);
  afterAll(async () => {
    await engine?.close();
    await stub?.close();
  }, 60_000);

  /** Six calls, one after the other, and a wait. */
  const calls = (seconds: number) =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ...[1, 2, 3, 4, 5, 6].map((n): [string, string, { method: string; url: string }] => [
          `Call ${n}`,
          'http-request',
          { method: 'POST', url: `${stub.url}/${n}` },
        ]),
        ['Wait', 'wait', { amount: seconds, unit: 'seconds' }],
      ],
      ['Start > Call 1', ...[1, 2, 3, 4, 5].map((n) => `Call ${n} > Call ${n + 1}`), 'Call 6 > Wait'],
    );

  async function rows(run: string) {
    await engine.writer.flush();
    const { sql } = engine.db;
    const [row] = await sql.query('select state, last_seq, finished_at, failure from runs where id = $1', [
      run,
    ]);
    const steps = await sql.query<{ node: string; state: string }>(
      'select node, index, state, seq, last_seq, sources, outputs, key from steps where run = $1 order by seq',
      [run],
    );
    return { run: row as { state: string } | undefined, steps };
  }

  async function lose(run: string) {
    await engine.writer.flush();
    await engine.db.sql.query('delete from steps where run = $1', [run]);
    await engine.db.sql.query('delete from runs where id = $1', [run]);
  }

  const pass = () =>
    createReconciler({
      ...{ client: engine.client, db: engine.db, writer: engine.writer, log: silent },
      ...{ graceMs: 0, staleMs: 0, patienceMs: 1_000 },
    }).runOnce();

  /** Visibility follows after the fact. */
  async function passUntil(holds: () => Promise<boolean>) {
    while (!(await holds())) {
      await pass();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function timerOf(handle: WorkflowHandle) {
    for (;;) {
      const { events } = await handle.fetchHistory();
      if (events?.some((event) => event.timerStartedEventAttributes)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function executions(handle: WorkflowHandle): Promise<number> {
    let { runId } = await handle.describe();
    for (let count = 1; ; count++) {
      const { events } = await engine.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
      const former = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
      if (!former) return count;
      runId = former;
    }
  }

  it('has them again, as they were', async () => {
    const { run, handle } = await engine.start(calls(0));
    await handle.result();
    expect(await executions(handle)).toBeGreaterThanOrEqual(3);
    const before = await rows(run);
    expect(before.steps).toHaveLength(8);
    await lose(run);
    await passUntil(async () => (await rows(run)).run !== undefined);
    expect(await rows(run)).toEqual(before);
  });

  it('has all that it did, and its end, when it was terminated in a later execution', async () => {
    const { run, handle } = await engine.start(calls(3_600));
    await engine.seen(run, (event) => event.type === 'step.started' && event.node === 'Wait');
    // Stored, not only told.
    await timerOf(handle);
    await handle.terminate('by hand');
    await lose(run);
    await passUntil(async () => (await rows(run)).run?.state === 'failed');
    const { run: row, steps } = await rows(run);
    expect(row).toMatchObject({ failure: { code: 'terminated' } });
    // Not the wait: the worker that has the last execution in memory has told it, and tells again only what it replays.
    const done = steps.filter(({ node }) => node !== 'Wait');
    expect(done.map(({ node, state }) => [node, state])).toEqual([
      ['Start', 'succeeded'],
      ...[1, 2, 3, 4, 5, 6].map((n) => [`Call ${n}`, 'succeeded']),
    ]);
  });
});
