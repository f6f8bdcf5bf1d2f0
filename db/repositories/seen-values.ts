/** Which values a node has seen in earlier runs. Values are kept as hashes. */
import { createHash } from 'node:crypto';
import type { Sql } from '../sql.ts';
import { onceByStep } from './step-results.ts';

export interface SeenValuesRepository {
  /**
   * Remembers all of `values`, and says which were new: positions, the first of those that are the same. The oldest of the scope are
   * forgotten beyond `most`.
   * @param step its key: a step that asks twice gets the same answer
   */
  remember(input: {
    scope: string;
    values: readonly string[];
    most: number;
    step: string;
  }): Promise<number[]>;
  /** @returns how many there were */
  forget(scope: string): Promise<number>;
}

export const nodeScope = (automation: string, node: string): string => `node:${automation}:${node}`;
export const keyScope = (key: string): string => `key:${key}`;

export function createSeenValuesRepository(sql: Sql, workspace: string): SeenValuesRepository {
  return {
    remember: ({ scope, values, most, step }) =>
      onceByStep(sql, workspace, step, async (inside) => {
        const hashes = values.map(hash);
        const first = new Map<string, number>();
        for (const [position, value] of hashes.entries()) if (!first.has(value)) first.set(value, position);
        // In one order, so that two steps that remember the same values can't hold each other up.
        const distinct = [...first.keys()].sort();
        const known = await inside.query<{ hash: string }>(
          'select hash from seen_values where workspace = $1 and scope = $2 and hash = any($3::text[])',
          [workspace, scope, distinct],
        );
        const added = await inside.query<{ hash: string; added: boolean }>(
          `insert into seen_values (workspace, scope, hash, seen_at)
           select $1, $2, value, clock_timestamp() from unnest($3::text[]) as value
           on conflict (workspace, scope, hash) do update set seen_at = excluded.seen_at
           returning hash, xmax = 0 as added`,
          [workspace, scope, distinct],
        );
        await inside.query(
          `delete from seen_values where workspace = $1 and scope = $2 and hash in (
             select hash from seen_values where workspace = $1 and scope = $2 order by seen_at desc, hash offset $3)`,
          [workspace, scope, most],
        );
        // Both: what another step has added since the first question is not new either.
        const seen = new Set(known.map((row) => row.hash));
        const isNew = new Set(added.filter((row) => row.added && !seen.has(row.hash)).map((row) => row.hash));
        return hashes.flatMap((value, position) =>
          isNew.has(value) && first.get(value) === position ? [position] : [],
        );
      }),

    async forget(scope) {
      const gone = await sql.query(
        'delete from seen_values where workspace = $1 and scope = $2 returning hash',
        [workspace, scope],
      );
      return gone.length;
    },
  };
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
