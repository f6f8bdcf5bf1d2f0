/** What users of others complain of: schedules that fire twice, by the old version too, never, or after their end. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Schedule } from '../../contracts/api/schedules.ts';
import type { GraphInput } from '../../contracts/graph.ts';
import { healSchedules } from '../../runs/schedules/heal-schedules.ts';
import { scheduleIdOf } from '../../runs/schedules/schedule-id.ts';
import { eventually } from '../testing/eventually.ts';
import { graphOf, node } from '../testing/graphs.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
let workspace: string;
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

type Parameters = Record<string, string | number>;
const secondly: Parameters = { mode: 'interval', every: 1, unit: 'seconds' };
const hourly: Parameters = { mode: 'interval', every: 1, unit: 'hours' };
const graphWith = (parameters: Parameters): GraphInput =>
  graphOf(node('schedule-trigger', parameters, 'tick'));

const at = (id: string, path = '') => `/api/v1/automations/${id}${path}`;
const heal = () => healSchedules({ db: api.db, temporal: temporal.client, log: pino({ level: 'silent' }) });

async function create(parameters: Parameters): Promise<string> {
  const { body } = await api.call('POST', '/api/v1/automations', {
    name: 'Report',
    draft: graphWith(parameters),
  });
  expect(await api.call('POST', at(body.id, '/publish'))).toMatchObject({ status: 200 });
  return body.id;
}

async function publish(id: string, parameters: Parameters): Promise<void> {
  await api.call('PATCH', at(id), { draft: graphWith(parameters) });
  expect((await api.call('POST', at(id, '/publish'))).status).toBe(200);
}

async function scheduleOf(id: string): Promise<Schedule> {
  const { body } = await api.call('GET', at(id, '/schedules'));
  return body.items[0];
}

interface ListedRun {
  id: string;
  version: { number: number };
}
async function runsOf(id: string): Promise<ListedRun[]> {
  const { body } = await api.call('GET', `/api/v1/runs?automation=${id}&limit=200`);
  return body.items;
}

/** `tick-<time>-<execution>` */
const tickOf = ({ id }: ListedRun) => id.split('-').slice(1, -1).join('-');

function inTemporal(id: string) {
  return temporal.client.schedule
    .getHandle(scheduleIdOf(workspace, id, 'tick'))
    .describe()
    .catch(() => undefined);
}

describe('A schedule', () => {
  it('ticks once a time while it is published again and again, never by the old version after the new', async () => {
    const id = await create(secondly);
    for (let version = 2; version <= 4; version++) {
      await eventually(
        () => runsOf(id),
        (runs) => runs.some((run) => run.version.number === version - 1),
      );
      await publish(id, { ...secondly, catchUp: 60 + version });
    }
    await eventually(
      () => runsOf(id),
      (runs) => runs.some((run) => run.version.number === 4),
    );
    await api.call('POST', at(id, '/unpublish'));
    expect(await inTemporal(id)).toBeUndefined();
    const runs = (await runsOf(id)).toSorted((one, other) => (tickOf(one) < tickOf(other) ? -1 : 1));
    expect(new Set(runs.map(tickOf)).size).toBe(runs.length);
    const versions = runs.map(({ version }) => version.number);
    expect(versions).toEqual(versions.toSorted());
  }, 120_000);

  it('is that of the version that counts, however many publish at once', async () => {
    const id = await create(hourly);
    await Promise.all(
      [2, 3, 4, 5, 6].map(async (every) => {
        await api.call('PATCH', at(id), { draft: graphWith({ ...hourly, every }) });
        await api.call('POST', at(id, '/publish'));
      }),
    );
    const published = await api.db.inWorkspace(workspace, ({ automations }) => automations.published(id));
    const { every } = published!.graph.nodes.find((one) => one.id === 'tick')!.parameters;
    expect((await inTemporal(id))?.spec.intervals?.[0]?.every).toBe(Number(every) * 3_600_000);
    await api.call('DELETE', at(id));
    expect(await inTemporal(id)).toBeUndefined();
  });

  it('is made, corrected and removed by the next start, when a process died before Temporal knew', async () => {
    const id = await create(hourly);
    const truth = async (parameters: Parameters | undefined) => {
      await api.db.inWorkspace(workspace, async ({ automations }) => {
        if (!parameters) return await automations.unpublish(id);
        return await automations.publish(id, {
          graph: graphOf(node('schedule-trigger', parameters, 'tick')),
          webhooks: [],
        });
      });
    };
    await truth({ ...hourly, every: 7 });
    await heal();
    expect((await inTemporal(id))?.spec.intervals?.[0]?.every).toBe(7 * 3_600_000);
    await temporal.client.schedule.getHandle(scheduleIdOf(workspace, id, 'tick')).delete();
    await heal();
    expect(await inTemporal(id)).toBeDefined();
    await truth(undefined);
    // Temporal's list of schedules lags a moment behind.
    await eventually(
      async () => {
        await heal();
        return inTemporal(id);
      },
      (found) => found === undefined,
    );
  }, 120_000);

  it('shows when it ticks next, and the runs of its last ticks', async () => {
    const id = await create(secondly);
    const shown = await eventually(
      () => scheduleOf(id),
      ({ lastTicks }) => lastTicks.length >= 2,
    );
    expect(shown).toMatchObject({
      node: 'tick',
      kind: 'schedule',
      paused: false,
      automation: { name: 'Report' },
    });
    expect(shown.nextTicks.length).toBeGreaterThan(0);
    const run = shown.lastTicks[1]!.run;
    expect((await api.call('GET', `/api/v1/runs/${run}`)).status).toBe(200);
    const { body: all } = await api.call('GET', '/api/v1/schedules');
    expect(all.items.map(({ automation }: Schedule) => automation.id)).toContain(id);
    await api.call('POST', at(id, '/unpublish'));
    expect((await api.call('GET', at(id, '/schedules'))).body.items).toEqual([]);
  }, 60_000);

  it('stays paused when it is published anew, ticks by hand, and goes on when told', async () => {
    const id = await create(hourly);
    const paused = await api.call('POST', at(id, '/schedules/tick/pause'), { note: 'The shop is closed' });
    expect(paused).toMatchObject({ status: 200, body: { paused: true, note: 'The shop is closed' } });
    await publish(id, { ...hourly, every: 2 });
    expect(await scheduleOf(id)).toMatchObject({ paused: true, note: 'The shop is closed' });
    expect((await api.call('POST', at(id, '/schedules/tick/trigger'))).status).toBe(202);
    await eventually(
      () => runsOf(id),
      (runs) => runs.length === 1,
    );
    const { body } = await api.call('POST', at(id, '/schedules/tick/resume'));
    expect(body).toMatchObject({ paused: false });
    expect(body.note).toBeUndefined();
    expect((await api.call('POST', at(id, '/schedules/other/pause'), {})).status).toBe(404);
    await api.call('DELETE', at(id));
  }, 60_000);

  it('makes up for ticks of a time that is over, each another run', async () => {
    const id = await create({ ...hourly, overlap: 'allowAll' });
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-01T05:00:00Z' };
    const fill = (body: object) => api.call('POST', at(id, '/schedules/tick/backfill'), body);
    // One that Temporal does not know, because a process died before it could tell, is made first.
    await temporal.client.schedule.getHandle(scheduleIdOf(workspace, id, 'tick')).delete();
    expect(await fill(range)).toMatchObject({ status: 202, body: { ticks: 6 } });
    const six = await eventually(
      () => runsOf(id),
      (runs) => runs.length === 6,
    );
    expect(new Set(six.map(tickOf)).size).toBe(6);
    // Once more: the runs that there were stay what they are.
    await fill({ ...range, to: '2026-03-01T01:00:00Z' });
    const eight = await eventually(
      () => runsOf(id),
      (runs) => runs.length === 8,
    );
    expect(new Set(eight.map(({ id: run }) => run)).size).toBe(8);
    expect(await fill({ ...range, to: '2027-03-01T00:00:00Z' })).toMatchObject({ status: 422 });
    expect(await fill({ from: range.to, to: range.from })).toMatchObject({
      status: 422,
      body: { code: 'backfill-range' },
    });
    expect(await fill({ from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' })).toMatchObject({
      status: 422,
      body: { code: 'backfill-too-many' },
    });
    await api.call('DELETE', at(id));
  }, 120_000);

  it('says beforehand when it would tick, in its time zone', async () => {
    const calendar = {
      ...{ mode: 'calendar', times: '09:00, 17:30', weekDays: 'mon-fri' },
      startAt: '2030-07-05T00:00Z',
      timezone: 'America/Sao_Paulo',
    };
    const preview = (parameters: object) => api.call('POST', '/api/v1/schedules/preview', { parameters });
    const { status, body } = await preview(calendar);
    expect(status).toBe(200);
    // A Friday, then the Monday after it; 09:00 there is 12:00 UTC.
    expect(body.nextTicks.slice(0, 3)).toEqual([
      '2030-07-05T12:00:00.000Z',
      '2030-07-05T20:30:00.000Z',
      '2030-07-08T12:00:00.000Z',
    ]);
    const monthly = await preview({
      ...calendar,
      weekDays: '',
      monthDays: '15',
      months: '12',
      times: '08:00',
    });
    expect(monthly.body.nextTicks[0]).toBe('2030-12-15T11:00:00.000Z');
    const ended = await preview({ ...calendar, endAt: '2030-07-05T13:00Z' });
    expect(ended.body.nextTicks).toEqual(['2030-07-05T12:00:00.000Z']);
    expect(await preview({ ...calendar, times: '25:00' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'parameters.times' }] },
    });
  });

  it.each([
    ['skip', 'SKIP'],
    ['bufferAll', 'BUFFER_ALL'],
    ['cancelOther', 'CANCEL_OTHER'],
  ])('tells Temporal what to do when a run is late: %s', async (overlap, policy) => {
    const id = await create({ ...hourly, overlap, jitter: 30, catchUp: 5 });
    expect(await inTemporal(id)).toMatchObject({
      policies: { overlap: policy, catchupWindow: 300_000 },
      spec: { jitter: 30_000 },
    });
    await api.call('DELETE', at(id));
  });
});
