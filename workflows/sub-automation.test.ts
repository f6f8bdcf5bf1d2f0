/** Automations that call automations, on a real Temporal server: ends, cancels, hand-overs and ends from outside. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../api/testing/eventually.ts';
import type { JsonObject } from '../contracts/json.ts';
import type { RunEvent } from '../contracts/run.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';

const outputOf = (events: RunEvent[], node: string) =>
  events
    .flatMap((event) => (event.type === 'step.finished' && event.node === node ? [event] : []))
    .at(-1)
    ?.outputs.main?.map((item) => item.json);
const endOf = (events: RunEvent[]) => events.find((event) => event.type === 'run.finished');

/** Calls an automation and goes on. */
const caller = (automation: string, parameters: JsonObject = {}, extra = {}) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Call', 'sub-automation', { automation, ...parameters }, extra],
      ['After', 'no-op'],
      ['Caught', 'no-op'],
    ],
    ['Start > Call', 'Call > After', 'Call.error > Caught'],
  );

/** Doubles `n`, by a node in the middle, and waits before its end. */
const doubles = (seconds = 0) =>
  drawGraph(
    [
      ['Called', 'sub-automation-trigger', { fields: [{ name: 'n', type: 'number' }], returns: 'Double' }],
      ['Double', 'edit-fields', { assignments: [{ name: 'n', value: '={{ $json.n * 2 }}' }] }],
      ['Wait', 'wait', { amount: seconds, unit: 'seconds' }],
      ['Last', 'edit-fields', { assignments: [{ name: 'n', value: '0' }] }],
    ],
    ['Called > Double', 'Double > Wait', 'Wait > Last'],
  );

describeWithTemporal('A run that calls another automation', () => {
  let engine: RunningEngine;

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary() });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  const recordsOf = async (parent: string) => {
    await engine.writer.flush();
    return await engine.db.sql.query<{ id: string; state: string; parent_node: string; workflow_id: string }>(
      'select id, state, parent_node, workflow_id from runs where parent = $1 order by started_at, id',
      [parent],
    );
  };

  it('gets the items of the node that the other one names, for each item in order', async () => {
    const other = await engine.publish('Doubles', doubles());
    const { run, handle } = await engine.start(caller(other, { mode: 'each', concurrency: 3 }), {
      items: json({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }),
    });
    await handle.result();
    expect(outputOf(engine.events(run), 'After')).toEqual([{ n: 2 }, { n: 4 }, { n: 6 }, { n: 8 }]);
    const children = await recordsOf(run);
    expect(children.map(({ state, parent_node }) => [state, parent_node])).toEqual(
      Array.from({ length: 4 }, () => ['succeeded', 'Call']),
    );
  }, 60_000);

  it('refuses what the other one does not take, before it starts', async () => {
    const other = await engine.publish('Picky', doubles());
    const { run, handle } = await engine.start(caller(other), { items: json({ n: 'one' }) });
    await expect(handle.result()).rejects.toThrow();
    expect(endOf(engine.events(run))).toMatchObject({ failure: { code: 'sub-automation-input' } });
    expect(await recordsOf(run)).toEqual([]);
  }, 60_000);

  it('refuses an automation of nowhere, one that is not callable, and one that calls itself', async () => {
    const plain = await engine.publish('Plain', drawGraph([['Start', 'manual-trigger']], []));
    for (const [automation, code] of [
      ['of-another-workspace', 'sub-automation-missing'],
      [plain, 'sub-automation-not-callable'],
      ['automation-1', 'sub-automation-circle'],
    ] as const) {
      const { run, handle } = await engine.start(caller(automation));
      await expect(handle.result()).rejects.toThrow();
      expect(endOf(engine.events(run))).toMatchObject({ state: 'failed', failure: { code } });
    }
  }, 60_000);

  it('sends what fails to the error port, with the run and its reason', async () => {
    const fails = await engine.publish(
      'Fails',
      drawGraph(
        [
          ['Called', 'sub-automation-trigger'],
          ['Stop', 'stop-and-error', { message: 'no stock', code: 'stock' }],
        ],
        ['Called > Stop'],
      ),
    );
    const { run, handle } = await engine.start(caller(fails, {}, { onError: 'errorPort' }));
    await handle.result();
    const [child] = await recordsOf(run);
    expect(child).toMatchObject({ state: 'failed' });
    const step = engine.events(run).find((event) => event.type === 'step.finished' && event.node === 'Call');
    expect(step).toMatchObject({
      state: 'succeeded',
      failure: { code: 'sub-automation-failed', details: { run: child!.id, code: 'stock' } },
    });
  }, 60_000);

  it('cancels the runs it waits for, and is cancelled when they are', async () => {
    const slow = await engine.publish('Slow', doubles(3_600));
    const { run, handle } = await engine.start(caller(slow), { items: json({ n: 1 }) });
    await eventually(
      () => recordsOf(run),
      (found) => found[0]?.state === 'waiting',
    );
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    await eventually(
      () => recordsOf(run),
      (found) => found[0]?.state === 'cancelled',
    );
    expect(endOf(engine.events(run))).toMatchObject({ state: 'cancelled' });
  }, 60_000);

  it('fails with a reason when only the other run is cancelled or terminated', async () => {
    const slow = await engine.publish('Slow too', doubles(3_600));
    for (const end of ['cancel', 'terminate'] as const) {
      const { run, handle } = await engine.start(caller(slow), { items: json({ n: 1 }) });
      const [child] = await eventually(
        () => recordsOf(run),
        (found) => found[0]?.state === 'waiting',
      );
      await engine.client.workflow.getHandle(child!.workflow_id)[end]();
      await expect(handle.result()).rejects.toThrow();
      expect(endOf(engine.events(run))).toMatchObject({
        state: 'failed',
        failure: { code: end === 'cancel' ? 'sub-automation-cancelled' : 'sub-automation-failed' },
      });
    }
  }, 60_000);

  it('lets a run that it does not wait for live on', async () => {
    const slow = await engine.publish('Lives on', doubles(3_600));
    const { run, handle } = await engine.start(caller(slow, { wait: false }), { items: json({ n: 1 }) });
    await handle.result();
    const [child] = await eventually(
      () => recordsOf(run),
      (found) => found[0]?.state === 'waiting',
    );
    await engine.client.workflow.getHandle(child!.workflow_id).terminate();
  }, 60_000);
});

describeWithTemporal('A run that continues as new while it waits for others', () => {
  let engine: RunningEngine;

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 20 });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  /** Calls, and takes steps beside that make the history long. */
  const busy = (automation: string, rounds: number) =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Call', 'sub-automation', { automation, mode: 'each', concurrency: 2 }],
        ['Pause', 'wait', { amount: 0.05, unit: 'seconds' }],
        ['Again', 'if', { conditions: [{ left: '={{ $runIndex }}', operator: 'number.lt', right: rounds }] }],
        ['After', 'no-op'],
      ],
      ['Start > Call', 'Start > Pause', 'Pause > Again', 'Again.true > Pause', 'Call > After'],
    );
  const executions = async (workflowId: string) => {
    const { raw } = await engine.client.workflow.getHandle(workflowId).describe();
    return raw.workflowExecutionInfo?.firstRunId !== raw.workflowExecutionInfo?.execution?.runId;
  };

  it('gets all results, each run started once', async () => {
    const other = await engine.publish('Doubles slowly', doubles(3));
    const { run, handle } = await engine.start(busy(other, 12), {
      items: json({ n: 1 }, { n: 2 }, { n: 3 }),
    });
    await handle.result();
    expect(outputOf(engine.events(run), 'After')).toEqual([{ n: 2 }, { n: 4 }, { n: 6 }]);
    expect(await executions(handle.workflowId)).toBe(true);
    await engine.writer.flush();
    const children = await engine.db.sql.query('select id from runs where parent = $1', [run]);
    expect(children).toHaveLength(3);
  }, 120_000);

  it('cancels runs that an earlier execution started', async () => {
    const other = await engine.publish('Doubles never', doubles(3_600));
    const { run, handle } = await engine.start(busy(other, 12), { items: json({ n: 1 }) });
    await eventually(
      async () => engine.events(run).filter((event) => event.type === 'step.finished').length,
      (count) => count > 20,
    );
    expect(await executions(handle.workflowId)).toBe(true);
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    await eventually(
      async () => {
        await engine.writer.flush();
        return await engine.db.sql.query<{ state: string }>('select state from runs where parent = $1', [
          run,
        ]);
      },
      (children) => children.every(({ state }) => state === 'cancelled'),
    );
  }, 120_000);

  it('leaves no run behind when it is terminated', async () => {
    const other = await engine.publish('Doubles for nobody', doubles(3_600));
    const { run, handle } = await engine.start(caller(other), { items: json({ n: 1 }) });
    const childOf = async () => {
      await engine.writer.flush();
      return await engine.db.sql.query<{ state: string }>('select state from runs where parent = $1', [run]);
    };
    await eventually(childOf, ([child]) => child?.state === 'waiting');
    await handle.terminate('by the test');
    // What the reconciler writes, which has its own tests.
    engine.writer.record(
      {
        ...{ run, workspace: engine.workspace, automation: 'automation-1', version: 'v', trigger: 'manual' },
        ...{ triggerNode: 'Start', workflowId: handle.workflowId, startedAt: Date.now() },
      },
      [
        {
          ...{ type: 'run.finished', seq: 1_000, at: Date.now(), state: 'failed' },
          failure: { code: 'terminated', message: 'terminated' },
        },
      ],
    );
    await eventually(childOf, ([child]) => child?.state === 'cancelled');
  }, 120_000);
});
