import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { ulid } from 'ulid';
import { graphOf, node } from '../../api/testing/graphs.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  type EndedRun,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createRunEvents } from './announce-ended-runs.ts';

let db: Database;
let writer: RunWriter;
let workspace: string;
/** The events are written down; that nobody can be told now is another test's matter. */
const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 200, interceptors: [] });
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  writer = createRunWriter({ db, bus: createLocalBus() });
}, 60_000);
afterAll(async () => {
  await writer.close();
  await db.close();
  await away.close();
});

const announce = (...runs: EndedRun[]) =>
  createRunEvents({
    runs: { db, writer, temporal: new Client({ connection: away }), eagerStart: false },
    log: pino({ level: 'silent' }),
  })(runs);

function ended(state: EndedRun['state'], automation = 'orders'): EndedRun {
  return {
    ...{ run: ulid(), workspace, automation, version: 'v1', trigger: 'webhook', triggerNode: 'hook' },
    ...{
      workflowId: 'w',
      state,
      startedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: '2026-01-01T00:00:01.000Z',
    },
    ...(state === 'failed' && { failure: { code: 'http-404', message: 'Not there', node: 'Fetch' } }),
  };
}

const emitted = async () =>
  (await db.inWorkspace(workspace, ({ events }) => events.list({ limit: 100 }))).items;

it('says nothing where nobody listens, and each end once where somebody does', async () => {
  await announce(ended('failed'));
  expect(await emitted()).toEqual([]);
  const listener = await db.inWorkspace(workspace, async ({ automations }) => {
    const graph = graphOf(node('event-trigger', { name: '*' }));
    const { id } = await automations.create({ name: 'Watch', description: '', draft: graph });
    await automations.publish(id, { graph, webhooks: [] });
    return id;
  });
  const [failed, succeeded, own] = [ended('failed'), ended('succeeded'), ended('failed', listener)];
  await announce(failed, succeeded, own);
  await announce(failed);
  const events = (await emitted()).map(({ name, data, source }) => [
    name,
    (data as { run: string }).run,
    source,
  ]);
  const source = (run: EndedRun) => ({ kind: 'system', automation: 'orders', run: run.run });
  expect(events.toSorted()).toEqual(
    [
      ['run.failed', failed.run, source(failed)],
      ['run.finished', failed.run, source(failed)],
      ['run.finished', succeeded.run, source(succeeded)],
    ].toSorted(),
  );
  const [one] = (await emitted()).filter(({ name }) => name === 'run.failed');
  expect(one?.data).toMatchObject({
    automation: { id: 'orders' },
    state: 'failed',
    failure: { code: 'http-404', message: 'Not there' },
  });
}, 60_000);
