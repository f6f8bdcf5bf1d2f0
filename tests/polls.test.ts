/**
 * A feed that is published, ticks by its schedule, is asked by a worker and starts runs that reach their end: the whole way, on a real
 * server.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServer, type TestServer } from '../activities/testing.ts';
import { eventually } from '../api/testing/eventually.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { syncSchedules } from '../runs/schedules/sync-schedules.ts';
import { findTemporalBinary } from '../scripts/stack/temporal-binary.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';

let engine: RunningEngine;
let server: TestServer;
let titles = ['first'];
beforeAll(async () => {
  engine = await startEngine({ binary: await findTemporalBinary({ say: () => undefined }) });
  server = await startServer((_, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    const items = titles.map((title) => `<item><guid>${title}</guid><title>${title}</title></item>`);
    response.end(
      `<rss version="2.0"><channel><title>T</title><link>http://e.com</link>${items.join('')}</channel></rss>`,
    );
  });
}, 180_000);
afterAll(async () => {
  await server?.close();
  await engine?.close();
}, 60_000);

it('starts one run for what is new, and none after it is unpublished', async () => {
  const { db, workspace, client } = engine;
  const graph = drawGraph(
    [
      ['Feed', 'rss-trigger', { url: `${server.origin}/feed.xml`, every: 1, unit: 'seconds' }],
      ['Tell', 'emit-event', { name: '=news.{{ $json.title }}' }],
    ],
    ['Feed > Tell'],
  );
  const automation = await db.inWorkspace(workspace, async ({ automations }) => {
    const { id } = await automations.create({ name: 'News', description: '', draft: graph });
    await automations.publish(id, { graph, webhooks: [] });
    return id;
  });
  await syncSchedules({ db, temporal: client }, { workspace, automation });
  const cursor = () =>
    db.inWorkspace(workspace, ({ triggerCursors }) => triggerCursors.get({ automation, node: 'Feed' }));
  await eventually(cursor, (found) => found !== undefined);
  titles = ['second', 'first'];
  const events = () => db.inWorkspace(workspace, ({ events: all }) => all.list({ limit: 10 }));
  const { items } = await eventually(events, (page) => page.items.length > 0);
  expect(items).toMatchObject([{ name: 'news.second', source: { kind: 'run', automation } }]);
  const runs = async () =>
    (await db.inWorkspace(workspace, ({ runs: all }) => all.list({ automation }, { limit: 10 }))).items;
  expect(await eventually(runs, ([run]) => run?.state === 'succeeded')).toMatchObject([{ trigger: 'poll' }]);

  await db.inWorkspace(workspace, ({ automations }) => automations.unpublish(automation));
  await syncSchedules({ db, temporal: client }, { workspace, automation, former: ['Feed'] });
  await expect(
    client.schedule.getHandle(`schedule:${workspace}:${automation}:Feed`).describe(),
  ).rejects.toThrow();
}, 120_000);
