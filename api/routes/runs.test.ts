import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { type GraphInput, graph } from '../../contracts/graph.ts';
import type { RunEvent } from '../../contracts/run.ts';
import { healSchedules } from '../../runs/schedules/heal-schedules.ts';
import { scheduleIdOf } from '../../runs/schedules/schedule-id.ts';
import { eventually } from '../testing/eventually.ts';
import { graphOf, manual, node } from '../testing/graphs.ts';
import { apiKey, owner, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
beforeAll(async () => {
  temporal = await startTestTemporal();
  api = await startTestApi({ temporal: temporal.client, temporalUiUrl: 'http://ui.example/' });
  await temporal.work(api.writer);
}, 180_000);
afterAll(async () => {
  await temporal.close();
  await api.close();
});

const authorization = `Bearer ${apiKey}`;

async function create(draft: GraphInput, publish = true): Promise<string> {
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Nightly', draft });
  if (publish) expect((await api.call('POST', `/api/v1/automations/${body.id}/publish`)).status).toBe(200);
  return body.id;
}

function start(automation: string, body: unknown = {}, headers: Record<string, string> = {}) {
  return api.call('POST', `/api/v1/automations/${automation}/runs`, body, { authorization, ...headers });
}

function reach(run: string, state: string) {
  return eventually(
    () => api.call('GET', `/api/v1/runs/${run}`),
    ({ body }) => body.state === state,
  );
}

describe('runs', () => {
  it('are there as soon as they are started, and carry what operators look for', async () => {
    const automation = await create(manual());
    const { status, body } = await start(automation, { items: [{ json: { n: 1 } }] });
    expect(status).toBe(201);
    expect((await api.call('GET', `/api/v1/runs/${body.id}`)).status).toBe(200);

    const { body: run } = await reach(body.id, 'succeeded');
    expect(run).toMatchObject({
      automation: { id: automation, name: 'Nightly' },
      version: { number: 1 },
      trigger: 'manual',
      workflowId: body.workflowId,
      stepCount: 1,
      steps: [{ node: 'manual-trigger', outputs: { main: [{ json: { n: 1 } }] } }],
    });
    expect(run.temporalUrl).toBe(
      `http://ui.example/namespaces/default/workflows/${encodeURIComponent(body.workflowId)}`,
    );
    const described = await temporal.client.workflow.getHandle(body.workflowId).describe();
    expect(described.searchAttributes).toMatchObject({ Automation: [automation], RunKind: ['manual'] });
    expect(await described.staticSummary()).toBe('Nightly · manual-trigger');
    expect((await api.call('GET', `/api/v1/runs/${body.id}/steps`)).body.items).toHaveLength(1);
  });

  it('are found for a job by every filter of the list, and a filter that nobody knows finds none', async () => {
    const automation = await create(manual());
    const [{ body: one }, { body: other }] = [await start(automation), await start(automation)];
    await reach(one.id, 'succeeded');
    await reach(other.id, 'succeeded');
    const count = (query: string) =>
      api.call('GET', `/api/v1/bulk-jobs/count?automation=${automation}&state=succeeded${query}`);
    expect((await count('')).body).toEqual({ count: 2 });
    expect((await count(`&id=${one.id}`)).body).toEqual({ count: 1 });
    expect((await count('&id=nothing')).body).toEqual({ count: 0 });
    expect((await count('&automatoin=x')).status).toBe(400);
    const misspelt = { action: 'cancel', filter: { automatoin: automation } };
    expect((await api.call('POST', '/api/v1/bulk-jobs', misspelt)).status).toBe(400);
  });

  it('of a draft run what is drawn, with no version published', async () => {
    const automation = await create(manual(), false);
    expect(await start(automation)).toMatchObject({ status: 409, body: { code: 'not-published' } });
    const { body } = await start(automation, { draft: true });
    const { body: run } = await reach(body.id, 'succeeded');
    expect(run.version).toEqual({ id: 'draft:1', number: 0 });

    const broken = await create(graphOf(node('manual-trigger'), node('nonsense')), false);
    expect(await start(broken, { draft: true })).toMatchObject({
      status: 422,
      body: { code: 'invalid-graph' },
    });
    const nothing = await create({ nodes: [node('no-op')] }, false);
    expect(await start(nothing, { draft: true })).toMatchObject({
      status: 422,
      body: { code: 'no-trigger' },
    });
    expect(await start(automation, { draft: true, trigger: 'no-op' })).toMatchObject({ status: 404 });
    expect(await start('nope')).toMatchObject({ status: 404 });
  });

  it('start once per Idempotency-Key, even when the first answer was never kept', async () => {
    const automation = await create(manual());
    const headers = { 'idempotency-key': 'order-17' };
    const first = await start(automation, { items: [{ json: { n: 1 } }] }, headers);
    const again = await start(automation, { items: [{ json: { n: 1 } }] }, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await start(automation, { items: [{ json: { n: 2 } }] }, headers)).toMatchObject({
      status: 409,
      body: { code: 'idempotency-conflict' },
    });
    // The process died between starting and answering: nothing was kept of the first request.
    await api.db.sql.query('delete from idempotency_keys');
    const afterCrash = await start(automation, { items: [{ json: { n: 1 } }] }, headers);
    expect(afterCrash.body).toEqual(first.body);
    const { body: listed } = await api.call('GET', `/api/v1/runs?automation=${automation}`);
    expect(listed.items).toHaveLength(1);
  });

  it('are cancelled through Temporal, once', async () => {
    const automation = await create(manual());
    const { body } = await start(automation, { items: [{ json: { sleepMs: 600_000 } }] });
    await reach(body.id, 'running');
    const cancelled = await api.call('POST', `/api/v1/runs/${body.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 202, body: { id: body.id } });
    await reach(body.id, 'cancelled');
    expect(await api.call('POST', `/api/v1/runs/${body.id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'run-ended', run: body.id },
    });
    expect((await api.call('POST', '/api/v1/runs/nope/cancel')).status).toBe(404);
  });

  it('are listed by what they are, page by page', async () => {
    const automation = await create(manual());
    const ids: string[] = [];
    for (const fail of [undefined, undefined, 'No luck.']) {
      const { body } = await start(automation, { items: [{ json: fail ? { fail } : {} }] });
      await reach(body.id, fail ? 'failed' : 'succeeded');
      ids.unshift(body.id);
    }
    const query = `automation=${automation}&limit=2`;
    const { body: first } = await api.call('GET', `/api/v1/runs?${query}`);
    const { body: second } = await api.call('GET', `/api/v1/runs?${query}&cursor=${first.nextCursor}`);
    const seen = [...first.items, ...second.items];
    expect(seen.map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    const { body: failed } = await api.call('GET', `/api/v1/runs?automation=${automation}&state=failed`);
    expect(failed.items).toEqual([
      expect.objectContaining({ failure: expect.objectContaining({ message: 'No luck.' }) }),
    ]);
    expect((await api.call('GET', '/api/v1/runs?state=tired')).body.errors[0].field).toBe('state');
    const future = new Date(Date.now() + 60_000).toISOString();
    expect((await api.call('GET', `/api/v1/runs?from=${future}`)).body.items).toEqual([]);
  });
});

describe('sockets', () => {
  type Client = Socket<ServerToClient, ClientToServer>;
  const open = (options: object): Client =>
    io(api.url, { transports: ['websocket'], reconnection: false, ...options });
  const settled = (socket: Client) =>
    new Promise<string>((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('connect_error', ({ message }) => resolve(message));
    });

  it('tell a watcher every event of its run, and the workspace its states', async () => {
    const socket = open({ auth: { token: apiKey } });
    expect(await settled(socket)).toBe('connected');
    const events: RunEvent[] = [];
    const states: string[] = [];
    socket.on('run:events', (message) => void events.push(...message.events));
    const automation = await create(manual());
    const { body } = await start(automation, { items: [{ json: { sleepMs: 500 } }] });
    socket.on('run:state', ({ run, state }) => void (run === body.id && states.push(state)));
    expect(await socket.timeout(20_000).emitWithAck('run:watch', body.id)).toEqual({ ok: true });
    expect(await socket.timeout(20_000).emitWithAck('run:watch', 'nope')).toEqual({
      ok: false,
      code: 'not-found',
    });
    await eventually(
      async () => [events.at(-1)?.type, states.at(-1)],
      ([event, state]) => event === 'run.finished' && state === 'succeeded',
    );
    socket.close();
  });

  it('open only to who is signed in, from our own pages', async () => {
    const { headers } = await api.call('POST', '/api/v1/session', owner, {});
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    const tries: [object, string][] = [
      [{}, 'unauthorized'],
      [{ auth: { token: 'hvx_wrong' } }, 'unauthorized'],
      [{ extraHeaders: { cookie, origin: 'https://evil.example' } }, 'unauthorized'],
      [{ extraHeaders: { cookie, origin: api.url } }, 'connected'],
    ];
    for (const [options, outcome] of tries) {
      const socket = open(options);
      expect(await settled(socket)).toBe(outcome);
      socket.close();
    }
  });
});

describe('schedules', () => {
  const ticking = (...nodes: ReturnType<typeof node>[]) => graphOf(...nodes);
  const second = (id: string) =>
    node('schedule-trigger', { mode: 'interval', every: 1, unit: 'seconds' }, id);
  const rare = (id: string) => node('schedule-trigger', { mode: 'cron', cron: '0 9 * * 1-5' }, id);

  const workspace = async () => (await api.call('GET', '/api/v1/account')).body.workspace.id as string;
  const describeSchedule = async (automation: string, nodeId: string) =>
    temporal.client.schedule
      .getHandle(scheduleIdOf(await workspace(), automation, nodeId))
      .describe()
      .catch(() => undefined);

  it('tick while published, one run per tick, and no more afterwards', async () => {
    const automation = await create(ticking(second('tick')));
    const { body } = await eventually(
      () => api.call('GET', `/api/v1/runs?automation=${automation}&trigger=schedule&state=succeeded`),
      ({ body: page }) => page.items.length >= 2,
    );
    const [run] = body.items;
    expect(run).toMatchObject({ version: { number: 1 }, trigger: 'schedule' });
    expect(run.id).toMatch(/^tick-\d{4}-/);
    const { body: whole } = await api.call('GET', `/api/v1/runs/${run.id}`);
    expect(whole.workflowId).toMatch(new RegExp(`^automation:${await workspace()}:${automation}:tick-`));
    const pasted = await api.call('GET', `/api/v1/runs?id=${encodeURIComponent(whole.workflowId)}`);
    expect(pasted.body.items.map(({ id }: { id: string }) => id)).toEqual([run.id]);

    await api.call('POST', `/api/v1/automations/${automation}/unpublish`);
    expect(await describeSchedule(automation, 'tick')).toBeUndefined();
  });

  it('are replaced in place: never the old and the new one', async () => {
    const zone = graph.parse({
      ...ticking(rare('a'), rare('b')),
      settings: { timezone: 'America/Sao_Paulo' },
    });
    const automation = await create(zone);
    const before = await describeSchedule(automation, 'a');
    expect(before).toMatchObject({ policies: { overlap: 'BUFFER_ONE', catchupWindow: 3_600_000 } });
    expect(before!.spec.timezone).toBe('America/Sao_Paulo');

    const hourly = node('schedule-trigger', { mode: 'interval', every: 1, unit: 'hours' }, 'a');
    await api.call('PATCH', `/api/v1/automations/${automation}`, { draft: ticking(hourly) });
    await api.call('POST', `/api/v1/automations/${automation}/publish`);
    const after = await describeSchedule(automation, 'a');
    expect(after!.spec.intervals).toEqual([expect.objectContaining({ every: 3_600_000 })]);
    expect(after!.spec.calendars ?? []).toEqual([]);
    expect(await describeSchedule(automation, 'b')).toBeUndefined();

    expect((await api.call('DELETE', `/api/v1/automations/${automation}`)).status).toBe(204);
    expect(await describeSchedule(automation, 'a')).toBeUndefined();
  });

  it('are healed at start: what a crash left behind is removed', async () => {
    const automation = await create(ticking(rare('left')));
    const home = await workspace();
    // Unpublished in the database only, as if the process had died before it told Temporal.
    await api.db.inWorkspace(home, ({ automations }) => automations.unpublish(automation));
    const { pino } = await import('pino');
    const heal = () =>
      healSchedules({ db: api.db, temporal: temporal.client, log: pino({ level: 'silent' }) });
    // Temporal's list of schedules lags a moment behind.
    await eventually(
      async () => {
        await heal();
        return describeSchedule(automation, 'left');
      },
      (schedule) => schedule === undefined,
    );
  });
});
