/** Runs on a real server that wait for an event: which one they hear, and that nothing stays behind when they hear none. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createAnnounce } from '../activities/announcements/announce.ts';
import { createEventForgetting } from '../activities/events/event-sweep.ts';
import { eventually } from '../api/testing/eventually.ts';
import type { Announcement } from '../contracts/announcement.ts';
import { createLocalBus } from '../db/index.ts';
import { silent } from '../db/log.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { emitEvent } from '../runs/events/emit-event.ts';
import { tellEvent } from '../runs/events/tell-event.ts';
import { versionGraphsOf } from '../runs/version-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';

const paid = (more: object = {}) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Paid',
        'wait',
        { mode: 'event', event: 'order.*', matchPath: 'order.id', matchValue: '={{ $json.order }}', ...more },
      ],
      ['Done', 'no-op'],
      ['Late', 'no-op'],
    ],
    more && 'limitWait' in more
      ? ['Start > Paid', 'Paid > Done', 'Paid.timeout > Late']
      : ['Start > Paid', 'Paid > Done'],
  );

describeWithTemporal('A run that waits for an event', () => {
  let engine: RunningEngine;
  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary() });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  const deps = () => ({
    ...{ db: engine.db, writer: engine.writer, temporal: engine.client, eagerStart: false },
    ...{ graphs: versionGraphsOf(engine.db), log: silent },
  });
  const emit = (name: string, id: number | string | null) =>
    emitEvent(deps(), engine.workspace, {
      ...{ name, data: { order: id === null ? 'none' : { id } }, source: { kind: 'api', by: 'key' } },
    });
  const start = (order: number, graph = paid()) => engine.start(graph, { items: json({ order }) });
  const waiting = async () =>
    (await engine.db.sql.query<{ run: string }>('select run from event_waiters')).map(({ run }) => run);
  const waits = (run: string) => eventually(waiting, (runs) => runs.includes(run));
  const gone = (run: string) => eventually(waiting, (runs) => !runs.includes(run));
  /** What reached the node after the wait. */
  const heard = (run: string, node = 'Done') =>
    engine
      .events(run)
      .flatMap((event) =>
        event.type === 'step.finished' && event.node === node ? (event.outputs.main ?? []) : [],
      )
      .map((item) => item.json);

  it('hears the first that carries its value, a number or its text, and nobody else does', async () => {
    const one = await start(1);
    const other = await start(2);
    await waits(one.run);
    await waits(other.run);
    await emit('order', 1);
    await emit('refund.paid', 1);
    await emit('order.paid', 3);
    await emit('order.paid', null);
    const event = await emit('order.paid', '1');
    expect(await one.handle.result()).toMatchObject({ state: 'succeeded' });
    expect(heard(one.run)).toMatchObject([
      { id: event.id, name: 'order.paid', data: { order: { id: '1' } } },
    ]);
    await gone(one.run);
    expect(await waiting()).toContain(other.run);
    await other.handle.cancel();
    await gone(other.run);
  });

  it('hears one that came while it began to wait, before anybody knew of it, and none from before', async () => {
    const { run, handle } = await start(50, paid({ event: 'other.never', matchPath: '' }));
    await waits(run);
    const wait = await engine.seen(run, (event) => event.type === 'run.state' && event.state === 'waiting');
    const step = (node: string) => ({
      ...{ workspace: engine.workspace, automation: { id: 'automation-1', name: 'Test' }, run, node },
      ...{ nodeName: node, index: 0 },
    });
    const before = await emit('order.paid', 50);
    const during = await emit('order.paid', 50);
    const announce = createAnnounce({
      ...{ db: engine.db, temporal: engine.client, bus: createLocalBus(), mailer: engine.mailer },
      ...{ log: pino({ level: 'silent' }), publicUrl: 'https://hiviex.test' },
    });
    // What the step would have announced had it begun between the two; made twice, as after a crash.
    const awaited: Announcement = {
      ...{ kind: 'event.awaited', step: step('Paid'), at: Date.parse(before.at) + 1 },
      event: { name: 'order.*', match: { path: 'order.id', value: '50' } },
    };
    expect(Date.parse(during.at)).toBeGreaterThanOrEqual(wait.at);
    await announce({ kind: 'event.over', step: step('Paid'), at: 0 });
    await announce(awaited);
    await announce(awaited);
    expect(await handle.result()).toMatchObject({ state: 'succeeded' });
    expect(heard(run).map(({ id }) => id)).toEqual([during.id]);
  });

  it('resumes once when an event is told twice, by two at once', async () => {
    const twice = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['First', 'wait', { mode: 'event', event: 'tick' }],
        ['Second', 'wait', { mode: 'event', event: 'tick' }],
        ['Done', 'no-op'],
      ],
      ['Start > First', 'First > Second', 'Second > Done'],
    );
    const { run, handle } = await engine.start(twice);
    await waits(run);
    const first = await emit('tick', 1);
    await Promise.all([tellEvent(deps(), first), tellEvent(deps(), first)]);
    await eventually(
      () => engine.db.sql.query<{ node: string }>('select node from event_waiters'),
      ([row]) => row?.node === 'Second',
    );
    await tellEvent(deps(), { ...first, told: false });
    expect((await handle.describe()).status.name).toBe('RUNNING');
    const second = await emit('tick', 2);
    await handle.result();
    expect(heard(run).map(({ id }) => id)).toEqual([second.id]);
  });

  it('leaves by its limit, and no longer listens', async () => {
    const limit = { limitWait: true, limitAmount: 1, limitUnit: 'seconds' };
    const { run, handle } = await start(7, paid(limit));
    await handle.result();
    expect(heard(run, 'Late')).toEqual([{ order: 7 }]);
    expect(await waiting()).not.toContain(run);
  });

  it('is forgotten when it is cancelled, or ended from outside, or its record is gone', async () => {
    const cancelled = await start(8);
    const terminated = await start(9);
    await waits(cancelled.run);
    await waits(terminated.run);
    await engine.writer.flush();
    await cancelRun(deps(), { workspace: engine.workspace, run: cancelled.run });
    await gone(cancelled.run);

    // The end of this one is nobody's news yet. The event is told all the same.
    await terminated.handle.terminate();
    const told = await emit('order.paid', 9);
    expect(await waiting()).not.toContain(terminated.run);
    expect(await engine.db.inWorkspace(engine.workspace, ({ events }) => events.get(told.id))).toMatchObject({
      told: true,
    });

    const { db, workspace } = engine;
    const kept = await start(10);
    await waits(kept.run);
    await engine.writer.flush();
    await db.inWorkspace(workspace, ({ eventWaiters }) =>
      eventWaiters.add({
        ...{ run: 'nobody', node: 'Paid', index: 0, automation: 'a', event: { name: 'order.*' }, since: 0 },
      }),
    );
    await db.sql.query(`update event_waiters set since = now() - interval '2 hours'`);
    const forgetting = createEventForgetting({ runs: deps(), log: pino({ level: 'silent' }) });
    forgetting.start();
    await gone('nobody');
    await forgetting.stop();
    expect(await waiting()).toEqual([kept.run]);
    await kept.handle.cancel();
  });
});
