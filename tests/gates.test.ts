/**
 * Triggers with a gate on a Hiviex as people run it: what callers are told, the runs that start, and that nothing which was taken in is
 * lost, whatever is published, unpublished or killed meanwhile. What a gate decides at which moment is tried in engine/gates/gate.test.ts.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Delivery } from '../contracts/api/deliveries.ts';
import type { WorkspaceEventDetails } from '../contracts/api/events.ts';
import type { JsonObject } from '../contracts/json.ts';
import { describeWithTemporal } from '../scripts/stack/test-tools.ts';
import { chain, node, webhook } from './support/graphs.ts';
import { dataFolder, type Hiviex } from './support/hiviex.ts';
import { eventually } from './support/hiviex-api.ts';

const startMs = 240_000;
const week = 7 * 24 * 3_600;

interface Told {
  gated: true;
  gate: string;
  state: string;
  run?: string;
  message: string;
}

describeWithTemporal('A webhook with a gate', () => {
  const data = dataFolder();
  let hiviex: Hiviex;
  beforeAll(async () => {
    hiviex = await data.start();
  }, startMs);
  afterAll(() => data.remove(), startMs);

  const draft = (path: string, gate: JsonObject) =>
    chain(webhook(path, { keepDeliveries: true, deduplicateByBody: 'id', ...gate }), node('end', 'no-op'));
  const publish = async (path: string, gate: JsonObject) =>
    (await hiviex.api.publish(path, draft(path, gate))).id;
  const call = (path: string, body: JsonObject) => hiviex.api.hook<Told>(path, body);
  /** One after the other. */
  async function callAll(path: string, bodies: JsonObject[]): Promise<Told[]> {
    const told: Told[] = [];
    for (const body of bodies) told.push((await call(path, body)).body);
    return told;
  }
  const n = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index }));

  /** What the trigger gave in each run, the first run first. */
  async function given(automation: string, count: number): Promise<unknown[][]> {
    const runs = await eventually(
      () => hiviex.api.runs({ automation }),
      (all) => all.length >= count && all.every(({ state }) => state === 'succeeded'),
    );
    const whole = await Promise.all(runs.map(({ id }) => hiviex.api.ended(id)));
    return whole
      .toSorted((one, other) => one.startedAt.localeCompare(other.startedAt))
      .map(({ steps }) => steps[0]!.outputs!.main!.map(({ json }) => (json.body as JsonObject).n));
  }

  const deliveries = async (automation: string) =>
    (await hiviex.api.ask<{ items: Delivery[] }>('GET', `/api/v1/automations/${automation}/deliveries`))
      .items;
  const logOnce = (automation: string, good: (items: Delivery[]) => boolean) =>
    eventually(() => deliveries(automation), good);

  const drops = async (automation: string) =>
    (
      await hiviex.api.ask<{ items: { after: JsonObject }[] }>(
        'GET',
        `/api/v1/audit?action=delivery.dropped&resource=${automation}`,
      )
    ).items.map(({ after }) => after);

  /** An operator ends the gates of an automation: what they hold leaves now. */
  async function endGates(automation: string): Promise<void> {
    const temporal = await hiviex.temporal();
    try {
      const query = `WorkflowType = 'gate' and ExecutionStatus = 'Running'`;
      const open = async () => {
        const ids: string[] = [];
        for await (const { workflowId } of temporal.workflow.list({ query })) ids.push(workflowId);
        return ids.filter((id) => id.includes(`:${automation}:`));
      };
      for (const id of await eventually(open, ({ length }) => length > 0)) {
        const handle = temporal.workflow.getHandle(id);
        await handle.cancel();
        await handle.result();
      }
    } finally {
      await temporal.connection.close();
    }
  }

  it('that debounces makes one run of a burst, with the last call', async () => {
    const automation = await publish('last', { gate: 'debounce', gateWait: 6 });
    const told = await callAll('last', n(1, 5));
    expect(
      told.every(({ gated, gate, state, run }) => gated && gate === 'debounce' && state === 'held' && !run),
    ).toBe(true);
    expect(told[0]!.message).toContain('6 s after the last delivery');
    expect((await deliveries(automation)).map(({ gate }) => gate)).toEqual(Array(5).fill('held'));
    expect(await given(automation, 1)).toEqual([[5]]);
    const [run] = await hiviex.api.runs({ automation });
    const log = await logOnce(automation, (items) => items.every(({ gate }) => gate === 'passed'));
    expect(log.map((one) => one.run)).toEqual(Array(5).fill(run!.id));
  });

  it('that debounces by a key makes a run for each, with all calls', async () => {
    const gate = {
      gate: 'debounce',
      gateWait: week,
      gateMaxWait: week,
      gateKeep: 'all',
      gateKey: 'customer',
    };
    const automation = await publish('keyed', gate);
    await callAll('keyed', [
      { customer: 'ana', n: 1 },
      { customer: 'bo', n: 2 },
      { customer: 'ana', n: 3 },
    ]);
    await endGates(automation);
    expect((await given(automation, 2)).toSorted()).toEqual([[1, 3], [2]]);
  });

  it('that throttles queues the rest: each has its run, which its caller knows', async () => {
    const automation = await publish('queue', { gate: 'throttle', gateRuns: 2, gatePeriod: 2 });
    const told = await callAll('queue', n(1, 5));
    expect(told.map(({ state }) => state)).toEqual(Array(5).fill('queued'));
    expect(await given(automation, 5)).toEqual([[1], [2], [3], [4], [5]]);
    const runs = (await hiviex.api.runs({ automation })).map(({ id }) => id);
    expect(runs.toSorted()).toEqual(told.map(({ run }) => run).toSorted());
  });

  it('that throttles drops the rest: each caller is told, at once and many at a time', async () => {
    const automation = await publish('drop', {
      ...{ gate: 'throttle', gateRuns: 2, gatePeriod: week, gateOver: 'drop' },
    });
    const answers = await Promise.all(n(1, 30).map((body) => call('drop', body)));
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    const told = answers.map(({ body }) => body);
    const passed = told.filter(({ state }) => state === 'passed');
    const dropped = told.filter(({ state }) => state === 'dropped');
    expect([passed.length, dropped.length]).toEqual([2, 28]);
    expect(dropped[0]!.message).toContain('2 runs');
    const runs = await eventually(
      () => hiviex.api.runs({ automation }),
      ({ length }) => length === 2,
    );
    expect(runs.map(({ id }) => id).toSorted()).toEqual(passed.map(({ run }) => run).toSorted());
    const log = await logOnce(automation, ({ length }) => length === 30);
    expect(log.filter(({ gate }) => gate === 'throttled')).toHaveLength(28);

    await endGates(automation);
    expect(await drops(automation)).toMatchObject([{ reason: 'throttled', count: 28 }]);
    expect(await hiviex.api.runs({ automation })).toHaveLength(2);
  });

  it('that batches starts a run when it is full, and counts a delivery that comes twice once', async () => {
    const automation = await publish('batch', { gate: 'batch', gateItems: 3, gateWithin: week });
    const bodies = [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
      { id: 'a', n: 1 },
    ];
    expect((await callAll('batch', bodies)).map(({ state }) => state)).toEqual(['held', 'held', 'known']);
    expect(await hiviex.api.runs({ automation })).toEqual([]);
    await callAll('batch', [{ id: 'c', n: 3 }]);
    expect(await given(automation, 1)).toEqual([[1, 2, 3]]);
    const [run] = await hiviex.api.runs({ automation });
    const [again] = await callAll('batch', [{ id: 'b', n: 2 }]);
    expect(again).toMatchObject({ state: 'known', run: run!.id });
    expect((await deliveries(automation)).filter(({ repeated }) => repeated)).toHaveLength(2);
  });

  it('that batches starts a run when the first has waited long enough', async () => {
    const automation = await publish('age', { gate: 'batch', gateItems: 100, gateWithin: 6 });
    await callAll('age', n(1, 3));
    expect(await given(automation, 1)).toEqual([[1, 2, 3]]);
  });

  it('that is published anew gives what it holds to the new version', async () => {
    const automation = await publish('anew', { gate: 'batch', gateItems: 3, gateWithin: week });
    await callAll('anew', n(1, 2));
    const next = draft('anew', { gate: 'batch', gateItems: 4, gateWithin: week });
    await hiviex.api.ask('PATCH', `/api/v1/automations/${automation}`, { draft: next });
    await hiviex.api.ask('POST', `/api/v1/automations/${automation}/publish`);
    await callAll('anew', n(3, 4));
    expect(await given(automation, 1)).toEqual([[1, 2, 3, 4]]);
    expect(await hiviex.api.runs({ automation })).toMatchObject([{ version: { number: 2 } }]);
  });

  it('that is unpublished says what became of what it held: the log of deliveries, and the audit log', async () => {
    const automation = await publish('gone', { gate: 'batch', gateItems: 3, gateWithin: week });
    await callAll('gone', n(1, 2));
    await hiviex.api.ask('POST', `/api/v1/automations/${automation}/unpublish`);
    await endGates(automation);
    expect(await drops(automation)).toMatchObject([{ reason: 'unpublished', count: 2 }]);
    const log = await deliveries(automation);
    expect(log.map(({ gate, run }) => [gate, run])).toEqual(Array(2).fill(['unpublished', undefined]));
    expect(await hiviex.api.runs({ automation })).toEqual([]);
  });

  it('takes no files, and says when its key can not be worked out', async () => {
    const key = '={{ JSON.parse($json.body.customer) }}';
    const automation = await publish('refuses', { gate: 'batch', gateItems: 1, gateKey: key });
    const form = new FormData();
    form.append('file', new Blob(['text']), 'a.txt');
    const sent = await fetch(`${hiviex.url}/hooks/refuses`, { method: 'POST', body: form });
    expect([sent.status, await sent.json()]).toMatchObject([415, { code: 'gate-files' }]);
    expect(await call('refuses', { customer: '{' })).toMatchObject({
      status: 422,
      body: { code: 'gate-key' },
    });
    const log = await logOnce(automation, ({ length }) => length === 2);
    expect(log.map(({ problem, gate }) => [problem, gate])).toEqual([
      ['gate-key', undefined],
      ['gate-files', undefined],
    ]);
  });

  it('is not published when its callers wait for an answer', async () => {
    const { id } = await hiviex.api.create('waits', draft('waits', { gate: 'debounce', answer: 'lastNode' }));
    expect(await hiviex.api.call('POST', `/api/v1/automations/${id}/publish`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'parameters.gate' }] },
    });
  });

  it('has its likeness in an event trigger: who heard an event is shown with the run that stands for it', async () => {
    const trigger = node('heard', 'event-trigger', {
      name: 'gate.test',
      gate: 'batch',
      gateItems: 2,
      gateWithin: week,
    });
    const { id: automation } = await hiviex.api.publish('Heard', chain(trigger, node('end', 'no-op')));
    const emit = (order: number) =>
      hiviex.api.ask<{ id: string }>('POST', '/api/v1/events', { name: 'gate.test', data: { order } });
    const hearing = async (id: string) =>
      (await hiviex.api.ask<WorkspaceEventDetails>('GET', `/api/v1/events/${id}`)).hearings[0];
    const first = await emit(1);
    await eventually(
      () => hearing(first.id),
      (heard) => heard?.state === 'gated',
    );
    const second = await emit(2);
    const [run] = await eventually(
      () => hiviex.api.runs({ automation }),
      ({ length }) => length === 1,
    );
    for (const { id } of [first, second])
      expect(
        await eventually(
          () => hearing(id),
          (heard) => heard?.state === 'started',
        ),
      ).toMatchObject({ run: run!.id });
    const { steps } = await hiviex.api.ended(run!.id);
    expect(steps[0]!.outputs!.main!.map(({ json }) => json.data)).toEqual([{ order: 1 }, { order: 2 }]);
  });

  it(
    'holds what it holds when everything is killed',
    async () => {
      const automation = await publish('killed', {
        ...{ gate: 'debounce', gateWait: 20, gateMaxWait: 60, gateKeep: 'all' },
      });
      await callAll('killed', n(1, 4));
      await hiviex.kill();
      hiviex = await data.start({ port: hiviex.port });
      expect((await given(automation, 1)).flat()).toEqual([1, 2, 3, 4]);
    },
    startMs,
  );
});
