/**
 * `npm run bench -- --list 1000000`: the list of runs over so many rows on a real Postgres. Fills a database of its own, asks for a
 * page by every combination of filters, and prints one JSON line each and one for all: milliseconds at the median and the 95th
 * percentile. The server is started for it, with the settings that Postgres comes with but for syncing.
 */
import { cpus } from 'node:os';
import pg from 'pg';
import { openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { startPostgres } from '../../scripts/stack/postgres-server.ts';
import { say } from '../../scripts/stack/say.ts';
import { percentile as share } from '../load.ts';
import { fillRuns } from './fill-runs.ts';
import { filterCombinations } from './filter-combinations.ts';

/** Pages asked for by one combination; the first ones warm up. */
const asked = 40;
const warmUp = 5;

const rows = Number(process.argv[process.argv.indexOf('--list') + 1]) || 1_000_000;
await benchList();

async function benchList(): Promise<void> {
  const postgres = await startPostgres({ say: (line) => process.stderr.write(`${line}\n`) });
  if ('skipped' in postgres) throw new Error(`Postgres is not to be had: ${postgres.skipped}`);
  const db = await openDatabase({ url: postgres.url, dataDir: '' });
  const client = new pg.Client({ connectionString: postgres.url });
  try {
    await db.migrate();
    const workspace = await createWorkspace(db);
    await client.connect();
    const began = performance.now();
    await fillRuns(client, workspace, rows);
    say(JSON.stringify({ figure: 'fill', rows, seconds: round((performance.now() - began) / 1_000) }));

    const all: number[] = [];
    let worst = { filter: '', p95: 0 };
    for (const { name, filter } of filterCombinations()) {
      const taken: number[] = [];
      let found = 0;
      let cursor: string | undefined;
      for (let turn = 0; turn < asked; turn++) {
        const from = performance.now();
        const page = await db.inWorkspace(workspace, ({ runs }) => runs.list(filter, { limit: 50, cursor }));
        if (turn >= warmUp) taken.push(performance.now() - from);
        found = Math.max(found, page.items.length);
        // Deeper and deeper, and from the start again at the end.
        cursor = page.nextCursor;
      }
      all.push(...taken);
      const p95 = percentile(taken, 0.95);
      if (p95 > worst.p95) worst = { filter: name, p95: round(p95) };
      say(
        JSON.stringify({
          figure: 'list',
          filter: name,
          found,
          p50: round(percentile(taken, 0.5)),
          p95: round(p95),
        }),
      );
    }
    const cpu = cpus();
    say(
      JSON.stringify({
        figure: 'list of all',
        rows,
        p50: round(percentile(all, 0.5)),
        p95: round(percentile(all, 0.95)),
        worst,
        machine: `${cpu.length} × ${cpu[0]?.model}`,
      }),
    );
  } finally {
    await client.end();
    await db.close();
    await postgres.stop();
  }
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function percentile(values: readonly number[], at: number): number {
  return share(
    values.toSorted((a, b) => a - b),
    at,
  );
}
