/** Every table whose rows go with a run: one test each, and one that knows of every table there is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { createLocalBus, createRunWriter, retentionAnswers } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader, webhookGraph } from '../../db/testing/fixtures.ts';
import { createFolderStore, type FolderStore } from '../../storage/index.ts';
import { applyRetention } from './retention.ts';
import { besideRuns, putBesideRun } from './testing/beside-runs.ts';

const day = 86_400_000;

const whereRun: Readonly<Record<string, string>> = { step_results: `split_part(key, ':', 1) = $1` };
/** What is left of the rows when the bodies are gone: no content, and what was decided. */
const emptied: Readonly<Record<string, object[]>> = {
  approvals: [{ question: { title: 'Pay?', text: '', items: [] }, mails: [], state: 'approved' }],
  webhook_deliveries: [{ item: null, status: 202 }],
  form_pages: [],
  step_results: [],
};

describeDatabases('Rows beside runs', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-rows-'));
  let store: FolderStore;
  let workspace: string;
  let automation: string;
  beforeAll(async () => {
    store = createFolderStore({ folder, linkBase: 'http://localhost/' });
    workspace = await createWorkspace(database());
    const made = await database().inWorkspace(workspace, ({ automations }) =>
      automations.create({ name: 'A', description: '', draft: webhookGraph(workspace) }),
    );
    automation = made.id;
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function recordRun(daysAgo: number, of = workspace): Promise<string> {
    const startedAt = Date.now() - daysAgo * day;
    const header = runHeader(of, { automation, startedAt });
    const writer = createRunWriter({ db: database(), bus: createLocalBus() });
    writer.record(header, runEvents(startedAt, ['hook', 'edit']));
    await writer.close();
    return header.run;
  }
  const put = (table: string, run: string, of = workspace) =>
    putBesideRun(database().sql, table, { workspace: of, automation, run });
  const rowsOf = (table: string, run: string) =>
    database().sql.query(`select * from ${table} where ${whereRun[table] ?? 'run = $1'}`, [run]);
  const apply = () => applyRetention({ db: database(), store, log: silent, bodyDays: 10, runDays: 100 });

  it('has a test for every table that is said to go with runs', () => {
    const said = Object.entries(retentionAnswers).flatMap(([table, answer]) =>
      answer.with === 'runs' ? [table] : [],
    );
    expect(Object.keys(besideRuns).concat('runs', 'steps').sort()).toEqual(said.sort());
  });

  it('has an answer for every table with a workspace, and none for one that is not there', async () => {
    const tables = await database().sql.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'workspace' order by table_name`,
    );
    expect(Object.keys(retentionAnswers).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  describe.each(Object.keys(besideRuns))('%s', (table) => {
    it('lose their content with the bodies, go with the run, and stay with one that is held or young', async () => {
      const [young, old, ancient, held] = [
        await recordRun(9),
        await recordRun(11),
        await recordRun(101),
        await recordRun(500),
      ];
      for (const run of [young, old, ancient, held]) await put(table, run);
      await database().inWorkspace(workspace, ({ runs }) => runs.hold(held, true));
      const before = await rowsOf(table, held);
      expect(before).toHaveLength(1);
      await apply();
      expect(await rowsOf(table, ancient)).toEqual([]);
      expect(await rowsOf(table, young)).toHaveLength(1);
      expect(await rowsOf(table, held)).toEqual(before);
      expect(await rowsOf(table, old)).toMatchObject(emptied[table] ?? [{}]);
    });
  });

  it('of an automation that is held stay, whatever their age', async () => {
    const run = await recordRun(500);
    await put('webhook_deliveries', run);
    await put('event_hearings', run);
    await database().sql.query(
      `update webhook_deliveries set at = now() - interval '500 days' where run = $1`,
      [run],
    );
    await database().sql.query(
      `update events set told_at = now() - interval '500 days' where id in (select event from event_hearings where run = $1)`,
      [run],
    );
    const forget = () =>
      database().asSystem(async ({ events, webhookDeliveries }) => {
        await events.removeOld(30);
        await webhookDeliveries.removeOld(30);
      });
    await database().inWorkspace(workspace, ({ automations }) =>
      automations.keep(automation, { hold: true }),
    );
    await apply();
    await forget();
    expect(await rowsOf('webhook_deliveries', run)).toHaveLength(1);
    expect(await rowsOf('event_hearings', run)).toHaveLength(1);
    await database().inWorkspace(workspace, ({ automations }) =>
      automations.keep(automation, { hold: false }),
    );
    await forget();
    expect(await rowsOf('webhook_deliveries', run)).toEqual([]);
    expect(await rowsOf('event_hearings', run)).toEqual([]);
  });

  it('go where their run is gone already, and jobs over many runs with the days of runs', async () => {
    const lost = ulid();
    for (const table of ['approvals', 'form_pages', 'resumptions']) await put(table, lost);
    await apply();
    expect(await rowsOf('approvals', lost)).toHaveLength(1);
    await database().sql.query(`update approvals set opened_at = now() - interval '8 days' where run = $1`, [
      lost,
    ]);
    await database().sql.query(`update form_pages set opened_at = now() - interval '8 days' where run = $1`, [
      lost,
    ]);
    await database().sql.query(
      `update resumptions set claimed_at = now() - interval '8 days' where run = $1`,
      [lost],
    );
    const job = (id: string, days: number) =>
      database().sql.query(
        `insert into bulk_jobs (id, workspace, action, filter, options, state, total, done, skipped, failed, failures, created_at, finished_at)
         values ($1, $2, 'cancel', '{}', '{}', 'done', 0, 0, 0, 0, '[]', now(), now() - $3::int * interval '1 day')`,
        [id, workspace, days],
      );
    const [old, young] = [ulid(), ulid()];
    await job(old, 101);
    await job(young, 99);
    await apply();
    for (const table of ['approvals', 'form_pages', 'resumptions'])
      expect(await rowsOf(table, lost)).toEqual([]);
    const jobs = await database().sql.query<{ id: string }>('select id from bulk_jobs where workspace = $1', [
      workspace,
    ]);
    expect(jobs.map(({ id }) => id)).toEqual([young]);
  });

  it('are gone with a purged workspace, from every table but the audit log', async () => {
    const other = await createWorkspace(database());
    const { id } = await database().inWorkspace(other, ({ automations }) =>
      automations.create({ name: 'B', description: '', draft: webhookGraph(other) }),
    );
    const run = await recordRun(1, other);
    const before = automation;
    automation = id;
    for (const table of Object.keys(besideRuns)) await put(table, run, other);
    automation = before;
    await database().sql.query(
      `update workspaces set deleted_at = now() - interval '31 days' where id = $1`,
      [other],
    );
    expect(await database().asSystem(({ workspaces }) => workspaces.purge(other))).toBe(true);
    for (const table of Object.keys(retentionAnswers).filter((name) => name !== 'audit_events'))
      expect([
        table,
        await database().sql.query(`select 1 from ${table} where workspace = $1`, [other]),
      ]).toEqual([table, []]);
  });
});
