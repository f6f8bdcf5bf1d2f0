import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { createLocalBus, createRunWriter, type EndedRun } from '../../db/index.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { type Announcer, createAnnouncer, type EndedRunListener } from './announce-ended-runs.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

describeDatabases('Announcing ended runs', (database) => {
  let workspace: string;
  beforeAll(async () => {
    workspace = await createWorkspace(database());
  });

  const bus = createLocalBus();
  const announcer = (...listeners: EndedRunListener[]) =>
    createAnnouncer({ db: database(), bus, log, listeners });

  async function record(run = ulid(), ended = true): Promise<string> {
    const writer = createRunWriter({ db: database(), bus, flushMs: 1 });
    const events = runEvents(Date.now(), ['a']);
    writer.record(runHeader(workspace, { run }), ended ? events : events.slice(0, -1));
    await writer.close();
    return run;
  }

  /** Other databases of the server write too, and nothing is read before what they have under way is done. */
  async function untilAnnounced(from: Announcer, count: number): Promise<number> {
    let announced = 0;
    for (let looks = 0; announced < count && looks < 1_000; looks++) {
      announced += await from.runOnce();
      if (announced < count) await sleep(10);
    }
    return announced;
  }

  it('tells each end once, in the order of writing, and none of a run that goes on', async () => {
    const heard: EndedRun[] = [];
    const hears = announcer(async (ended) => void heard.push(...ended));
    await hears.runOnce();
    heard.length = 0;
    const runs = [await record('z'), await record('a')];
    await record('open', false);
    expect(await untilAnnounced(hears, 2)).toBe(2);
    expect(heard.map(({ run }) => run)).toEqual(runs);
    expect(heard[0]).toMatchObject({ workspace, state: 'succeeded', trigger: 'webhook' });
    expect(await hears.runOnce()).toBe(0);
    await record('open');
    expect(await untilAnnounced(hears, 1)).toBe(1);
    // What is told again by a replay is no second end.
    await record('open');
    expect(await hears.runOnce()).toBe(0);
    await hears.stop();
  });

  it('tells again what a listener could not take', async () => {
    const run = await record();
    const fails = announcer(async () => {
      throw new Error('Temporal is away');
    });
    await expect(untilAnnounced(fails, 1)).rejects.toThrow('away');
    await fails.stop();
    const heard: string[] = [];
    const hears = announcer(async (ended) => void heard.push(...ended.map((of) => of.run)));
    await untilAnnounced(hears, 1);
    expect(heard).toEqual([run]);
    await hears.stop();
  });

  it('leaves it to the process that does it already, and takes over when that one stops', async () => {
    const first = announcer();
    const second = announcer();
    await first.runOnce();
    await record();
    expect(await second.runOnce()).toBe(0);
    await first.stop();
    expect(await untilAnnounced(second, 1)).toBe(1);
    await second.stop();
  });

  it('passes nothing over that a slow transaction writes late', async () => {
    const hears = announcer();
    await hears.runOnce();
    if (database().kind === 'pglite') return hears.stop(); // one connection: no two transactions at a time
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const slow = database().sql.transaction(async (inside) => {
      await inside.query(
        `insert into runs (id, workspace, automation, version, trigger, trigger_node, workflow_id, state, state_seq, last_seq, started_at, last_event_at, ended_tx)
         values ($1, $2, 'a', 'v', 'manual', 'n', 'w', 'failed', 0, 0, now(), now(), pg_current_xact_id()::text::bigint)`,
        [ulid(), workspace],
      );
      begin();
      await held;
    });
    await begun;
    await record();
    const early = await hears.runOnce();
    release();
    await slow;
    expect(early + (await untilAnnounced(hears, 2 - early))).toBe(2);
    await hears.stop();
  });
});
