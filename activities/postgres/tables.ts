/** The columns of the tables that a step names: asked once for all its items. */
import { StepFailure } from '../../contracts/effect.ts';
import type { Connection } from './connection.ts';

export interface Tables {
  /** Types of the columns by name, as in `jsonb` or `text[]`. @throws StepFailure `no-such-table` */
  columnsOf(schema: string, table: string): Promise<ReadonlyMap<string, string>>;
}

export function createTables(connection: Connection): Tables {
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>();
  return {
    columnsOf(schema, table) {
      const key = JSON.stringify([schema, table]);
      const columns = known.get(key) ?? ask(connection, schema, table);
      known.set(key, columns);
      return columns;
    },
  };
}

async function ask(
  connection: Connection,
  schema: string,
  table: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await connection.query(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [schema, table],
  );
  if (rows.length > 0) return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
  throw new StepFailure({
    code: 'no-such-table',
    message: `There is no table "${table}" in the schema "${schema}", or this user may not see it.`,
    hint: 'Names are as they are written, in upper and lower case. Check the database of the credential too.',
  });
}
