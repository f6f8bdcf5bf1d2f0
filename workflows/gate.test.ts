/** The workflow that holds deliveries, on a real Temporal server: continue-as-new, and what its activities do when they come twice. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createGateActivities } from '../activities/gates/gate-activities.ts';
import { eventually } from '../api/testing/eventually.ts';
import type { GateSettings } from '../contracts/gates.ts';
import type { GateState } from '../engine/gates/gate.ts';
import type { RunDeps } from '../runs/run-deps.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { openGate } from '../tests/replay/opened-gate.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';

const week = 7 * 24 * 3_600_000;
const batch = (items: number): GateSettings => ({ kind: 'batch', items, withinMs: week });

describeWithTemporal('A gate', () => {
  let engine: RunningEngine;
  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 40 });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  const runsOf = async (automation: string) =>
    (await engine.db.inWorkspace(engine.workspace, ({ runs }) => runs.list({ automation }, { limit: 50 })))
      .items;
  const given = async (run: string) => {
    const { items: steps } = await engine.db.inWorkspace(engine.workspace, ({ steps: all }) =>
      all.list(run, { limit: 10 }),
    );
    return steps[0]?.outputs?.main?.map(({ json }) => json.n);
  };
  const dropsOf = (automation: string) =>
    engine.db.inWorkspace(engine.workspace, async ({ auditEvents }) => {
      const { items } = await auditEvents.list({
        action: 'delivery.dropped',
        resource: automation,
        limit: 50,
      });
      return items;
    });

  it('goes on with what it holds and knows when it continues as new', async () => {
    const gate = await openGate(engine, 'long', batch(61));
    await gate.passAndHear('d0', { n: 0 });
    const { runId: first } = await gate.handle.describe();
    for (let n = 1; n < 60; n++) await gate.pass(`d${n}`, { n });
    await eventually(
      () => gate.handle.describe(),
      ({ runId }) => runId !== first,
    );
    expect(await gate.passAndHear('d0', { n: 0 })).toEqual({ kind: 'known' });
    expect((await gate.handle.query<GateState>('gate')).held.map(({ id }) => id)).toEqual(
      Array.from({ length: 60 }, (_, n) => `d${n}`),
    );
    await gate.pass('d60', { n: 60 });
    const runs = await eventually(
      () => runsOf(gate.automation),
      ([one]) => one?.state === 'succeeded',
    );
    expect(runs).toHaveLength(1);
    expect(await given(runs[0]!.id)).toEqual(Array.from({ length: 61 }, (_, n) => n));
    await gate.handle.terminate();
  }, 120_000);

  it('lets all go when it is cancelled, and ends', async () => {
    const gate = await openGate(engine, 'cancelled', batch(10));
    for (const id of ['a', 'b']) await gate.pass(id, { id });
    await gate.handle.cancel();
    await gate.handle.result();
    // Records are written in batches.
    await eventually(
      () => runsOf(gate.automation),
      ({ length }) => length === 1,
    );
  }, 60_000);

  it('reports a drop once, though its activity comes twice', async () => {
    const gate = await openGate(engine, 'reported', batch(10));
    const { reportDropped } = activities();
    const report = { place: gate.place, reason: 'throttled', since: Date.now(), count: 3 } as const;
    for (let times = 0; times < 2; times++) await reportDropped({ ...report, deliveries: [{ id: 'a' }] });
    expect(await dropsOf(gate.automation)).toMatchObject([{ after: { reason: 'throttled', count: 3 } }]);
    // A later one of the same delivery is another one.
    await reportDropped({ ...report, since: report.since + 1, deliveries: [{ id: 'a' }] });
    expect(await dropsOf(gate.automation)).toHaveLength(2);
  }, 60_000);

  it('starts a run once, and says of none that started that it was dropped', async () => {
    const gate = await openGate(engine, 'twice', batch(10));
    const { startGated } = activities();
    const start = {
      place: gate.place,
      run: 'a-1',
      items: [{ json: {} }],
      since: 1,
      deliveries: [{ id: 'a' }],
    };
    for (let times = 0; times < 2; times++) await startGated(start);
    // Records are written in batches.
    await eventually(
      () => runsOf(gate.automation),
      ({ length }) => length === 1,
    );
    await engine.db.inWorkspace(engine.workspace, ({ automations }) =>
      automations.unpublish(gate.automation),
    );
    await startGated(start);
    expect(await dropsOf(gate.automation)).toEqual([]);
    await startGated({ ...start, run: 'b-1', deliveries: [{ id: 'b' }] });
    expect(await dropsOf(gate.automation)).toMatchObject([{ after: { reason: 'unpublished', count: 1 } }]);
  }, 60_000);

  function activities() {
    const { db, client, writer } = engine;
    const deps: RunDeps = { db, temporal: client, writer, eagerStart: false };
    return createGateActivities(deps);
  }
});
