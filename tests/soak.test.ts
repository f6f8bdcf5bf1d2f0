/**
 * Some hundred runs come and go: what they leave in the database and in the object store is nothing, in any table. `npm run soak`
 * does it with 50,000 and measures the space.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { applyRetention } from '../activities/records/retention.ts';
import { besideRuns, putBesideRun } from '../activities/records/testing/beside-runs.ts';
import { createLocalBus, createRunWriter, type Database, openDatabase } from '../db/index.ts';
import { silent } from '../db/log.ts';
import { createWorkspace, runEvents, runHeader, webhookGraph } from '../db/testing/fixtures.ts';
import { createFolderStore, type FolderStore, runPrefix } from '../storage/index.ts';

const runs = 300;
const day = 86_400_000;
/** Events have days of their own: they are told of for longer than the runs that heard them are kept. Migrations are not for roles of ours. */
const ofTheirOwn = ['events', 'migrations'];

let folder: string;
let db: Database;
let store: FolderStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-soak-'));
  store = createFolderStore({ folder, linkBase: 'http://localhost/' });
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
}, 180_000);
afterAll(async () => {
  await store?.close();
  await db?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Rows by table, of all tables there are. */
async function countRows(): Promise<Record<string, number>> {
  const tables = await db.sql.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'mikro%' order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.filter((table) => !ofTheirOwn.includes(table.name))) {
    const [row] = await db.sql.query<{ count: number }>(`select count(*)::int as count from "${name}"`);
    counts[name] = row?.count ?? 0;
  }
  return counts;
}

async function storedBytes(): Promise<number> {
  let bytes = 0;
  for await (const object of store.list('w/')) bytes += object.bytes;
  return bytes;
}

it('leaves the database and the store as they were', async () => {
  const workspace = await createWorkspace(db);
  const { id: automation } = await db.inWorkspace(workspace, ({ automations }) =>
    automations.create({ name: 'Orders', description: '', draft: webhookGraph() }),
  );
  const before = { rows: await countRows(), bytes: await storedBytes() };
  const writer = createRunWriter({ db, bus: createLocalBus() });
  for (let n = 0; n < runs; n++) {
    const startedAt = Date.now() - 400 * day + n;
    const header = runHeader(workspace, { automation, startedAt });
    writer.record(header, runEvents(startedAt, ['hook', 'edit', 'send']));
    await store.put(`${runPrefix(header)}p/value`, Buffer.alloc(1_000, n % 256));
    for (const table of n % 10 === 0 ? Object.keys(besideRuns) : [])
      await putBesideRun(db.sql, table, { workspace, automation, run: header.run });
  }
  await writer.close();
  const full = { rows: await countRows(), bytes: await storedBytes() };
  expect(full.rows).toMatchObject({
    runs,
    steps: 3 * runs,
    approvals: runs / 10,
    approval_decisions: runs / 10,
  });
  expect(full.bytes).toBe(before.bytes + runs * 1_000);

  const bodies = await applyRetention({ db, store, log: silent, bodyDays: 90, runDays: 0 });
  expect(bodies).toEqual({ emptied: runs, removed: 0 });
  expect(await storedBytes()).toBe(before.bytes);
  const rest = await applyRetention({ db, store, log: silent, bodyDays: 90, runDays: 365 });
  expect(rest).toEqual({ emptied: 0, removed: runs });
  expect({ rows: await countRows(), bytes: await storedBytes() }).toEqual(before);
}, 180_000);
