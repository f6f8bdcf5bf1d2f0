/** Workspace variables: what expressions read as `$vars.<name>`. Values of secret ones are sealed. */
import { randomBytes } from 'node:crypto';
import type { MentionedVariables, RunVariables } from '../../contracts/variables.ts';
import { type Sql, toMoment } from '../sql.ts';
import type { Seals } from '../vault/index.ts';

export interface StoredVariable {
  name: string;
  /** Left out for a secret. */
  value?: string | undefined;
  secret: boolean;
  updatedAt: string;
}

export interface VariablesRepository {
  /** By name. */
  list(): Promise<StoredVariable[]>;
  /** @returns what there is now, and what there was */
  put(input: {
    name: string;
    value: string;
    secret: boolean;
    by?: string | undefined;
  }): Promise<{ now: StoredVariable; before: StoredVariable | undefined }>;
  /** Returns what was taken away. */
  remove(name: string): Promise<StoredVariable | undefined>;
  /** What a run that mentions these starts with: plain values, names of the secret ones, and a marker of its own. */
  forRun(mentioned: MentionedVariables): Promise<RunVariables>;
  /** Values of secret variables by name. Who is not there any more is left out. @throws VaultError */
  reveal(names: readonly string[]): Promise<Map<string, string>>;
}

interface Row {
  name: string;
  value: string;
  secret: boolean;
  updated_at: string;
}

const purpose = 'variable';

export function createVariablesRepository(sql: Sql, workspace: string, seals: Seals): VariablesRepository {
  const find = (where = 'true', parameters: unknown[] = [], inside = sql) =>
    inside.query<Row>(
      `select name, value, secret, updated_at from variables where workspace = $1 and ${where} order by name`,
      [workspace, ...parameters],
    );

  return {
    async list() {
      return (await find()).map(toVariable);
    },

    async put({ name, value, secret, by }) {
      const stored = secret ? await seals.seal(value, { purpose, id: name }) : value;
      return sql.transaction(async (inside) => {
        const [before] = await find('name = $2', [name], inside);
        const [row] = await inside.query<Row>(
          `insert into variables (workspace, name, value, secret, updated_by, updated_at) values ($1, $2, $3, $4, $5, now())
           on conflict (workspace, name) do update
             set value = excluded.value, secret = excluded.secret, updated_by = excluded.updated_by, updated_at = now()
           returning name, value, secret, updated_at`,
          [workspace, name, stored, secret, by ?? null],
        );
        if (!row) throw new Error('A variable was written and not returned.');
        return { now: toVariable(row), before: before && toVariable(before) };
      });
    },

    async remove(name) {
      const [row] = await sql.query<Row>(
        'delete from variables where workspace = $1 and name = $2 returning name, value, secret, updated_at',
        [workspace, name],
      );
      return row && toVariable(row);
    },

    async forRun(mentioned) {
      const rows =
        mentioned === 'all' ? await find() : await find('name = any($2::text[])', [[...mentioned]]);
      return {
        plain: Object.fromEntries(rows.flatMap((row) => (row.secret ? [] : [[row.name, row.value]]))),
        secret: rows.flatMap((row) => (row.secret ? [row.name] : [])),
        marker: randomBytes(12).toString('hex'),
      };
    },

    async reveal(names) {
      const rows = await find('secret and name = any($2::text[])', [[...names]]);
      return new Map(
        await Promise.all(
          rows.map(
            async ({ name, value }) => [name, await seals.open(value, { purpose, id: name })] as const,
          ),
        ),
      );
    },
  };
}

function toVariable({ name, value, secret, updated_at }: Row): StoredVariable {
  return { name, secret, updatedAt: toMoment(updated_at), ...(secret ? {} : { value }) };
}
