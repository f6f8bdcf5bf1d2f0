/** How the list of runs is read, on a real Postgres: by index, and no more than pages. Times are `npm run bench -- --list`. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { fillRuns } from '../../bench/list/fill-runs.ts';
import { filterCombinations } from '../../bench/list/filter-combinations.ts';
import { openDatabase } from '../database.ts';
import { createPostgresDatabase, type TestPostgres, testPostgresUrl } from '../testing/postgres-database.ts';
import { runListQuery } from './run-list.ts';

const limit = 51;
/** States × triggers × a page of each, at the very most. */
const mostRows = 6 * 12 * limit;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

(testPostgresUrl ? describe : describe.skip)('The list of runs among 60,000', () => {
  let postgres: TestPostgres;
  let client: InstanceType<typeof pg.Client>;

  beforeAll(async () => {
    postgres = await createPostgresDatabase();
    const database = await openDatabase({ url: postgres.url, dataDir: '' });
    await database.migrate();
    await database.close();
    client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await fillRuns(client, 'workspace-1', 60_000);
  }, 120_000);

  afterAll(async () => {
    await client?.end();
    await postgres?.drop();
  });

  it.each(filterCombinations().map(({ name, filter }) => [name, filter] as const))(
    'reads an index and bounded pages: %s',
    async (_, filter) => {
      const { from, parameters } = runListQuery('workspace-1', filter, undefined, limit);
      const { rows } = (await client.query(
        `explain (analyze, format json) select * from ${from} as r order by started_at desc, id desc`,
        parameters,
      )) as unknown as { rows: { 'QUERY PLAN': { Plan: Plan }[] }[] };
      const scans = scansOfRuns(rows[0]!['QUERY PLAN'][0]!.Plan);
      expect(scans.length).toBeGreaterThan(0);
      expect(scans.map((scan) => scan['Node Type'])).not.toContain('Seq Scan');
      const read = scans.reduce(
        (sum, scan) =>
          sum + (scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)) * scan['Actual Loops'],
        0,
      );
      expect(read).toBeLessThanOrEqual(mostRows);
    },
  );
});

function scansOfRuns(plan: Plan): Plan[] {
  return [...(plan['Relation Name'] === 'runs' ? [plan] : []), ...(plan.Plans ?? []).flatMap(scansOfRuns)];
}
