/** Concurrency limits and error automations on a real Temporal server: cancels, terminations, priorities, the workspace's share. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../api/testing/eventually.ts';
import type { GraphInput } from '../contracts/graph.ts';
import type { RunEvent } from '../contracts/run.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';
import { tickedRun } from '../tests/replay/ticked-run.ts';

const endOf = (events: RunEvent[]) => events.find((event) => event.type === 'run.finished');
const isQueued = (event: RunEvent) => event.type === 'run.state' && event.state === 'queued';
const isStarted = (event: RunEvent) => event.type === 'run.started';

/** Waits, under the limits given. */
const waits = (seconds: number, settings: GraphInput['settings']) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', { amount: seconds, unit: 'seconds' }],
    ],
    ['Start > Wait'],
    settings,
  );

describeWithTemporal('Runs under limits', () => {
  let engine: RunningEngine;
  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary() });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  /** One run that holds the slot for an hour, and one behind it. */
  async function holderAndWaiter(id: string, policy: 'queue' | 'skip' | 'replace' = 'queue') {
    const automation = { id, name: id };
    const graph = waits(3_600, { concurrency: { limit: 1, policy } });
    const holder = await engine.start(graph, { automation });
    await engine.seen(holder.run, isStarted);
    const waiter = await engine.start(graph, { automation });
    return { holder, waiter };
  }

  it('work so many at a time, and say why they wait', async () => {
    const automation = { id: 'two', name: 'Two at a time' };
    const graph = waits(0.2, { concurrency: { limit: 2 } });
    const runs = await Promise.all(Array.from({ length: 6 }, () => engine.start(graph, { automation })));
    await Promise.all(runs.map(({ handle }) => handle.result()));
    const changes = runs
      .flatMap(({ run }) => engine.events(run))
      .flatMap((event) =>
        event.type === 'run.started'
          ? [{ at: event.at, by: 1 }]
          : event.type === 'run.finished'
            ? [{ at: event.at, by: -1 }]
            : [],
      )
      .sort((a, b) => a.at - b.at || a.by - b.by);
    let now = 0;
    for (const { by } of changes) {
      now += by;
      expect(now).toBeLessThanOrEqual(2);
    }
    const queued = runs.flatMap(({ run }) => engine.events(run)).filter(isQueued);
    expect(queued.length).toBeGreaterThan(0);
    expect(queued[0]).toMatchObject({ queuedFor: { kind: 'limit', scope: 'automation', limit: 2 } });
  }, 90_000);

  it('share a limit only with runs of the same key', async () => {
    const automation = { id: 'keyed', name: 'By customer' };
    const graph = waits(3_600, { concurrencyByKey: { limit: 1, key: '={{ $json.customer }}' } } as never);
    const start = (customer: string) => engine.start(graph, { automation, items: json({ customer }) });
    const ana = await start('ana');
    await engine.seen(ana.run, isStarted);
    const [again, bo] = [await start('ana'), await start('bo')];
    await engine.seen(bo.run, isStarted);
    expect(await engine.seen(again.run, isQueued)).toMatchObject({
      queuedFor: { kind: 'limit', scope: 'key', key: 'ana' },
    });
    for (const { handle } of [again, bo, ana]) await handle.terminate();
  }, 60_000);

  it('go on when the one in front is cancelled', async () => {
    const { holder, waiter } = await holderAndWaiter('cancelled');
    await engine.seen(waiter.run, isQueued);
    await holder.handle.cancel();
    await engine.seen(waiter.run, isStarted);
    await waiter.handle.terminate();
  }, 60_000);

  it('go on when the one in front is terminated and can say nothing', async () => {
    const { holder, waiter } = await holderAndWaiter('terminated');
    await engine.seen(waiter.run, isQueued);
    await holder.handle.terminate();
    await engine.seen(waiter.run, isStarted);
    await waiter.handle.terminate();
  }, 60_000);

  it('leave the queue when they are cancelled, and hold nothing then', async () => {
    const { holder, waiter } = await holderAndWaiter('leaves');
    await engine.seen(waiter.run, isQueued);
    await waiter.handle.cancel();
    await expect(waiter.handle.result()).rejects.toThrow();
    expect(endOf(engine.events(waiter.run))).toMatchObject({ state: 'cancelled' });
    const third = await engine.start(waits(0, { concurrency: { limit: 1 } }), {
      automation: { id: 'leaves', name: 'leaves' },
    });
    await holder.handle.cancel();
    await third.handle.result();
  }, 60_000);

  it('are skipped, and say so, where the policy is to skip', async () => {
    const { holder, waiter } = await holderAndWaiter('skips', 'skip');
    await expect(waiter.handle.result()).rejects.toThrow();
    expect(endOf(engine.events(waiter.run))).toMatchObject({
      state: 'cancelled',
      failure: { code: 'limit-skipped' },
    });
    await holder.handle.terminate();
  }, 60_000);

  it('are not skipped for the sake of one that was terminated and could say nothing', async () => {
    const automation = { id: 'dead-in-front', name: 'Dead in front' };
    const graph = waits(3_600, { concurrency: { limit: 1, policy: 'skip' } });
    const dead = await engine.start(graph, { automation });
    await engine.seen(dead.run, isStarted);
    await dead.handle.terminate();
    const next = await engine.start(graph, { automation });
    await engine.seen(next.run, isStarted);
    await next.handle.terminate();
  }, 60_000);

  it('take the place of the one under way where the policy is to replace', async () => {
    const { holder, waiter } = await holderAndWaiter('replaces', 'replace');
    await engine.seen(waiter.run, isStarted);
    expect(endOf(engine.events(holder.run))).toMatchObject({ state: 'cancelled' });
    await waiter.handle.terminate();
  }, 60_000);

  it('share the limit of their workspace, those of a schedule as well', async () => {
    const { client, workspace } = engine;
    await engine.limit({ limit: 1, policy: 'queue' });
    const holder = await engine.start(waits(3_600, {}), { automation: { id: 'held', name: 'Held' } });
    await engine.seen(holder.run, isStarted);
    const tick = await tickedRun(engine, waits(0, {}), { id: 'ticks', name: 'Ticks' });
    expect(await engine.seen(tick.run, isQueued)).toMatchObject({
      queuedFor: { kind: 'limit', scope: 'workspace', limit: 1 },
    });
    const { raw } = await client.workflow.getHandle(tick.handle.workflowId).describe();
    expect(raw.workflowExecutionInfo?.priority).toMatchObject({ priorityKey: 4, fairnessKey: workspace });
    await engine.limit(undefined);
    await holder.handle.terminate();
    await tick.handle.result();
    expect(endOf(engine.events(tick.run))).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('are skipped by the limit of their workspace, those of a schedule as well', async () => {
    await engine.limit({ limit: 1, policy: 'skip' });
    const holder = await engine.start(waits(3_600, {}), { automation: { id: 'in-front', name: 'In front' } });
    await engine.seen(holder.run, isStarted);
    const tick = await tickedRun(engine, waits(0, {}), { id: 'skipped-tick', name: 'Skipped' });
    await expect(tick.handle.result()).rejects.toThrow();
    expect(endOf(engine.events(tick.run))).toMatchObject({
      state: 'cancelled',
      failure: { code: 'limit-skipped' },
    });
    await engine.limit(undefined);
    await holder.handle.terminate();
  }, 60_000);

  it('of a schedule keep to the limit of their automation', async () => {
    const graph = waits(3_600, { concurrency: { limit: 1 } });
    const automation = { id: 'ticks-and-runs', name: 'Ticks and runs' };
    const holder = await engine.start(graph, { automation });
    await engine.seen(holder.run, isStarted);
    const tick = await tickedRun(engine, graph, automation);
    expect(await engine.seen(tick.run, isQueued)).toMatchObject({
      queuedFor: { kind: 'limit', scope: 'automation', limit: 1 },
    });
    await holder.handle.cancel();
    await engine.seen(tick.run, isStarted);
    await tick.handle.terminate();
  }, 60_000);

  it('start the error automation once when they fail, whoever ended them, and never for itself', async () => {
    const handler = await engine.publish(
      'Alerts',
      drawGraph(
        [
          ['Failed', 'error-trigger'],
          ['Stop', 'stop-and-error', { message: 'the alert fails too' }],
        ],
        ['Failed > Stop'],
        {},
      ),
    );
    const fails = drawGraph(
      [
        ['Start', 'sub-automation-trigger'],
        ['Stop', 'stop-and-error', { message: 'no stock', code: 'stock' }],
      ],
      ['Start > Stop'],
      { errorAutomation: handler },
    );
    const id = await engine.publish('Sells', fails);
    const published = await engine.db.inWorkspace(engine.workspace, ({ automations }) =>
      automations.published(id),
    );
    const { run, handle } = await engine.start(fails, {
      automation: { id, name: 'Sells' },
      version: { id: published!.version.id, number: 1 },
    });
    await expect(handle.result()).rejects.toThrow();
    const alerts = async () => {
      await engine.writer.flush();
      return await engine.db.sql.query<{ id: string; state: string }>(
        'select id, state from runs where automation = $1',
        [handler],
      );
    };
    await eventually(alerts, ([alert]) => alert?.state === 'failed');
    const [alert] = await alerts();
    const given = engine
      .events(alert!.id)
      .find((event) => event.type === 'step.finished' && event.node === 'Failed');
    expect(given).toMatchObject({
      outputs: {
        main: [
          {
            json: {
              run: { id: run },
              automation: { id, name: 'Sells' },
              failure: { code: 'stock', message: 'no stock' },
              step: { node: 'Stop', name: 'Stop', index: 0 },
              url: `https://hiviex.example/runs/${run}`,
            },
          },
        ],
      },
    });
    // The alert's own failure has been announced by now, and started nothing.
    const other = await engine.start(fails, {
      automation: { id, name: 'Sells' },
      version: { id: published!.version.id, number: 1 },
    });
    await expect(other.handle.result()).rejects.toThrow();
    await eventually(alerts, (all) => all.length === 2);
  }, 90_000);
});
