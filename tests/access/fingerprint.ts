/** All rows of a workspace in every table that has one, in brief: two that are the same mean that nothing was written. */
import type { TestApi } from '../../api/testing/test-api.ts';

/** Written when somebody merely looks: moments of use, and the log of what was refused. */
const passing = ['last_used_at', 'last_seen_at'];

export async function fingerprintOf(api: TestApi, workspace: string): Promise<string> {
  const tables = await api.db.sql.query<{ table_name: string }>(
    `select table_name from information_schema.columns
     where table_schema = 'public' and column_name = 'workspace' order by table_name`,
  );
  const lines: string[] = [];
  for (const { table_name: table } of tables) {
    const [row] = await api.db.sql.query<{ rows: number; hash: string | null }>(
      `select count(*)::int as rows, md5(string_agg(line, '' order by line)) as hash from
         (select (to_jsonb(t) - '${passing.join("' - '")}')::text as line from "${table}" t where workspace = $1) lines`,
      [workspace],
    );
    lines.push(`${table}: ${row?.rows} ${row?.hash}`);
  }
  return lines.join('\n');
}
