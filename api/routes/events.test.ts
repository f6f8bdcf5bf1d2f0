import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ulid } from 'ulid';
import { createEventSweep } from '../../activities/events/event-sweep.ts';
import type { GraphInput } from '../../contracts/graph.ts';
import { emitSystemEvent } from '../../runs/events/emit-event.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { eventually } from '../testing/eventually.ts';
import { graphOf, node } from '../testing/graphs.ts';
import { apiKey, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
let workspace: string;
const log = pino({ level: 'silent' });
beforeAll(async () => {
  temporal = await startTestTemporal();
  api = await startTestApi({ temporal: temporal.client });
  await temporal.work(api.writer);
  workspace = (await api.call('GET', '/api/v1/workspace')).body.id;
}, 180_000);
afterAll(async () => {
  await temporal.close();
  await api.close();
});

async function listener(parameters: Record<string, unknown>, name = 'Listener'): Promise<string> {
  const draft: GraphInput = graphOf(node('event-trigger', parameters as never));
  const { body } = await api.call('POST', '/api/v1/automations', { name, draft });
  expect(await api.call('POST', `/api/v1/automations/${body.id}/publish`)).toMatchObject({ status: 200 });
  return body.id;
}

const unpublish = (id: string) => api.call('POST', `/api/v1/automations/${id}/unpublish`);

const emit = (name: string, data: unknown = {}, headers: Record<string, string> = {}) =>
  api.call('POST', '/api/v1/events', { name, data }, { authorization: `Bearer ${apiKey}`, ...headers });

const runsOf = async (automation: string) =>
  (await api.call('GET', `/api/v1/runs?automation=${automation}`)).body.items as {
    id: string;
    trigger: string;
  }[];

describe('Events', () => {
  it('start a run of each automation that listens by name, by what is above it, or to all', async () => {
    const area = `a${ulid()}`;
    const exact = await listener({ name: `${area}.order.paid` });
    const above = await listener({ name: `${area}.*` });
    const other = await listener({ name: `${area}.order.sent` });
    const { status, body } = await emit(`${area}.order.paid`, { total: 120 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: `${area}.order.paid`, told: true, heard: 2, depth: 0 });
    expect(body.hearings.map((one: { automation: { id: string } }) => one.automation.id).sort()).toEqual(
      [exact, above].sort(),
    );
    const { run } = body.hearings[0];
    const { body: started } = await eventually(
      () => api.call('GET', `/api/v1/runs/${run}`),
      (answer) => answer.body.state === 'succeeded',
    );
    expect(started).toMatchObject({ trigger: 'event', triggerNode: 'event-trigger' });
    expect(started.steps[0].outputs.main).toEqual([
      {
        json: {
          id: body.id,
          name: `${area}.order.paid`,
          at: body.at,
          source: { kind: 'api', by: expect.any(String) },
          data: { total: 120 },
        },
      },
    ]);
    expect(await runsOf(other)).toEqual([]);
    for (const id of [exact, above, other]) await unpublish(id);
  });

  it('are heard by those whose conditions hold, and say of the others why not', async () => {
    const name = `filter.${ulid()}`;
    const when = (left: string) => ({
      name,
      conditions: [{ left, operator: 'number.gt', right: 100 }],
    });
    const large = await listener(when('={{ $json.data.total }}'), 'Large');
    const broken = await listener(when('={{ $json.data.deep.total }}'), 'Broken');
    const { body: small } = await emit(name, { total: 5 });
    const states = (event: { hearings: { automation: { id: string }; state: string }[] }) =>
      Object.fromEntries(event.hearings.map(({ automation, state }) => [automation.id, state]));
    expect(states(small)[large]).toBe('filtered');
    const { body: big } = await emit(name, { total: 500, deep: { total: 1 } });
    expect(states(big)).toEqual({ [large]: 'started', [broken]: 'filtered' });
    expect(await runsOf(large)).toHaveLength(1);
    for (const id of [large, broken]) await unpublish(id);
  });

  it('are there once for an Idempotency-Key', async () => {
    const name = `once.${ulid()}`;
    const id = await listener({ name });
    const key = { 'idempotency-key': ulid() };
    const first = await emit(name, { n: 1 }, key);
    await api.db.sql.query('delete from idempotency_keys');
    const second = await emit(name, { n: 1 }, key);
    expect(second.body.id).toBe(first.body.id);
    expect(await runsOf(id)).toHaveLength(1);
    await unpublish(id);
  });

  it('are accepted while Temporal is away, and told once when it is back', async () => {
    const name = `away.${ulid()}`;
    const id = await listener({ name });
    const alone = await startTestApi({ db: api.db });
    const { status, body } = await alone.call('POST', '/api/v1/events', { name, data: {} });
    await alone.close();
    expect(status).toBe(201);
    expect(body).toMatchObject({ told: false, heard: 0, hearings: [{ state: 'pending' }] });

    await api.db.sql.query('update events set retry_at = now() where id = $1', [body.id]);
    const runs = { db: api.db, writer: api.writer, temporal: temporal.client, eagerStart: false };
    const sweeps = [1, 2].map(() => createEventSweep({ runs, log, everyMs: 10 }));
    for (const sweep of sweeps) sweep.start();
    const told = await eventually(
      () => api.call('GET', `/api/v1/events/${body.id}`),
      (answer) => answer.body.told,
    );
    for (const sweep of sweeps) await sweep.stop();
    expect(told.body.hearings).toMatchObject([{ state: 'started' }]);
    expect(await runsOf(id)).toHaveLength(1);
    await unpublish(id);
  }, 60_000);

  it('are told again to whoever listens now, when a person asks', async () => {
    const name = `again.${ulid()}`;
    const { body: first } = await emit(name, { n: 7 });
    expect(first.hearings).toEqual([]);
    const id = await listener({ name });
    const { status, body } = await api.call('POST', `/api/v1/events/${first.id}/replay`);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name,
      data: { n: 7 },
      source: { kind: 'replay', event: first.id },
      heard: 1,
    });
    const { body: page } = await api.call('GET', `/api/v1/events?name=again.*&limit=1`);
    expect(page).toMatchObject({ items: [{ id: body.id, heard: 1 }], nextCursor: expect.any(String) });
    await unpublish(id);
  });

  it('of Hiviex itself are emitted only when somebody else listens, and by nobody else', async () => {
    const deps = {
      ...{ db: api.db, writer: api.writer, temporal: temporal.client, eagerStart: false },
      ...{ graphs: versionGraphsOf(api.db), log },
    };
    const ended = (automation: string, run: string) =>
      emitSystemEvent(deps, workspace, {
        name: 'run.failed',
        source: { kind: 'system', automation, run },
        data: { run },
        key: ['run.failed', run],
      });
    await ended('some', 'run-1');
    const all = async () => (await api.call('GET', '/api/v1/events?name=run.failed')).body.items;
    expect(await all()).toEqual([]);
    const id = await listener({ name: 'run.*' });
    await ended('some', 'run-2');
    await ended('some', 'run-2');
    await ended(id, 'run-3');
    expect(await all()).toMatchObject([{ source: { run: 'run-2' }, heard: 1 }]);
    expect(await emit('run.failed')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    await unpublish(id);
  });

  it('that carry too much are refused, and say so', async () => {
    const fits = await startTestApi({
      db: api.db,
      env: { HIVIEX_API_KEY: apiKey, HIVIEX_MAX_BODY_BYTES: '1000000' },
    });
    const answer = await fits.call('POST', '/api/v1/events', { name: 'big', data: 'x'.repeat(300_000) });
    await fits.close();
    expect(answer).toMatchObject({ status: 422, body: { code: 'event-refused' } });
  });
});
