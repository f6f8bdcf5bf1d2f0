/**
 * `npm run soak -- --runs 50000 [--postgres]`: records so many runs through the writer that runs report to, with outputs and objects
 * in the store, lets retention take them, and prints one JSON line: bytes of database and store before, full, and after, and whether
 * they are back within 10 %. Without Temporal: what is tested is what the records leave behind, not how runs are run.
 *
 * The space is handed back to the disk by VACUUM FULL here, so that it can be measured. In production autovacuum keeps it for new rows.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyRetention } from '../../activities/records/retention.ts';
import type { RunEvent } from '../../contracts/run.ts';
import { createDatabase, openDriver } from '../../db/database.ts';
import { createLocalBus, createRunWriter } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { createWorkspace, runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { startPostgres } from '../../scripts/stack/postgres-server.ts';
import { say } from '../../scripts/stack/say.ts';
import { createFolderStore, runPrefix } from '../../storage/index.ts';

const given = process.argv.indexOf('--runs');
const runs = given > 0 ? Number(process.argv[given + 1]) : 50_000;
const onPostgres = process.argv.includes('--postgres');
const day = 86_400_000;
const output = { json: { text: 'x'.repeat(1_500) } };

const folder = mkdtempSync(join(tmpdir(), 'hiviex-soak-'));
const postgres = onPostgres ? await startPostgres({ say: () => undefined }) : undefined;
if (postgres && 'skipped' in postgres) throw new Error(`Postgres is not to be had: ${postgres.skipped}`);
const driver = await openDriver({ url: postgres?.url, dataDir: join(folder, 'data') });
const db = createDatabase(driver);
const store = createFolderStore({ folder: join(folder, 'objects'), linkBase: 'http://localhost/' });
const writer = createRunWriter({ db, bus: createLocalBus() });
try {
  await db.migrate();
  const workspace = await createWorkspace(db);
  await vacuum();
  const before = await measure();
  for (let n = 0; n < runs; n++) {
    const startedAt = Date.now() - 400 * day + n;
    const header = runHeader(workspace, { startedAt });
    writer.record(header, runEvents(startedAt, ['hook', 'edit', 'send']).map(withOutput));
    if (n % 50 === 0) await store.put(`${runPrefix(header)}p/value`, Buffer.alloc(100_000, n % 256));
    if (n % 500 === 499) await writer.flush();
  }
  await writer.flush();
  const full = await measure();
  const began = performance.now();
  // First the bodies alone, then the runs: both ways of letting go.
  const { emptied } = await applyRetention({ db, store, log: silent, bodyDays: 90, runDays: 0 });
  const { removed } = await applyRetention({ db, store, log: silent, bodyDays: 90, runDays: 365 });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  await vacuum();
  const after = await measure();
  const isBack = after.database <= before.database * 1.1 && after.store <= before.store * 1.1 + 1;
  say(
    JSON.stringify({
      ...{ figure: 'soak', on: onPostgres ? 'Postgres' : 'PGlite', runs, emptied, removed },
      ...{ before, full, after, retentionSeconds: seconds, isBack },
    }),
  );
  if (!isBack) process.exitCode = 1;
} finally {
  await writer.close();
  await store.close();
  await db.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function withOutput(event: RunEvent): RunEvent {
  return event.type === 'step.finished' ? { ...event, outputs: { main: [output] } } : event;
}

async function vacuum(): Promise<void> {
  await driver.asOwner(async (orm) => {
    for (const table of ['steps', 'runs'])
      await orm.em.getConnection().execute(`vacuum (full, analyze) ${table}`);
  });
}

/** Bytes. */
async function measure(): Promise<{ database: number; store: number }> {
  const [row] = await driver.systemSql.query<{ size: string }>(
    'select pg_database_size(current_database())::text as size',
  );
  return { database: Number(row?.size), store: bytesUnder(join(folder, 'objects')) };
}

function bytesUnder(path: string): number {
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  } catch {
    return 0; // nothing was ever stored
  }
}
