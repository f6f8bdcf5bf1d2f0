/** How much a workspace may ask of all its models together. */
import type { ModelLimits } from '../../../contracts/models/provider.ts';
import type { Sql } from '../../sql.ts';

export interface ModelLimitsRepository {
  get(): Promise<ModelLimits>;
  set(limits: ModelLimits): Promise<void>;
}

export function createModelLimitsRepository(sql: Sql, workspace: string): ModelLimitsRepository {
  return {
    async get() {
      const [row] = await sql.query<{ limits: ModelLimits }>(
        'select limits from model_limits where workspace = $1',
        [workspace],
      );
      return row?.limits ?? {};
    },

    async set(limits) {
      await sql.query(
        `insert into model_limits (workspace, limits, updated_at) values ($1, $2::text::jsonb, now())
         on conflict (workspace) do update set limits = excluded.limits, updated_at = now()`,
        [workspace, JSON.stringify(limits)],
      );
    },
  };
}
