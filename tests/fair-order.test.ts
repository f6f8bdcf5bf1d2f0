/** Who is served first when there is more to do than workers can: asked of the order in which runs began, never of the time. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createWorkspace } from '../db/testing/fixtures.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import type { Member } from './storm/member.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

describeWithKills('With more runs than its workers can take', () => {
  let apart: WorkersApart;
  let worker: Member;

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
  }, 180_000);
  afterAll(() => apart?.close(), 60_000);

  const graph = drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Pass', 'no-op'],
    ],
    ['Start > Pass'],
  );

  /** Begun before this one of these automations. Both have ended. */
  async function before(run: string, automation: string): Promise<number> {
    const [row] = await apart.db.sql.query<{ n: number }>(
      `select count(*)::int as n from runs r where automation = $2 and
         (select min(started_at) from steps where run = r.id) < (select min(started_at) from steps where run = $1)`,
      [run, automation],
    );
    return row!.n;
  }

  async function flood(size: number, automation: string, priority?: number) {
    const runs: string[] = [];
    for (let begun = 0; begun < size; begun += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, size - begun) }, async () => {
          const more = { automation: { id: automation, name: automation }, priority };
          runs.push((await apart.start(graph, more)).run);
        }),
      );
    return runs;
  }

  it('a run of priority 1 goes before those of priority 5 that came first', async () => {
    await worker.kill();
    const late = await flood(150, 'batch', 5);
    const first = await apart.start(graph, { automation: { id: 'urgent', name: 'Urgent' }, priority: 1 });
    await worker.start();
    for (const run of [...late, first.run]) await apart.reached(run, 'succeeded');
    // As many as the worker takes at a time may have gone with it.
    expect(await before(first.run, 'batch')).toBeLessThan(50);
  }, 180_000);

  it('a workspace that floods with 500 runs does not hold up the single one of another', async () => {
    const other = await createWorkspace(apart.db);
    await worker.kill();
    const flooding = await flood(500, 'flood');
    const single = await apart.start(graph, {
      workspace: other,
      automation: { id: 'single', name: 'Single' },
    });
    await worker.start();
    for (const run of [...flooding, single.run]) await apart.reached(run, 'succeeded');
    expect(await before(single.run, 'flood')).toBeLessThan(100);
  }, 240_000);
});
