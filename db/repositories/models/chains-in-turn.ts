import type { Sql } from '../../sql.ts';

/**
 * Whoever changes what the chains of a workspace name, or takes away what they may name, takes turns until their transaction ends:
 * there is no row that all of them would lock.
 */
export async function chainsInTurn(inside: Sql, workspace: string): Promise<void> {
  await inside.query(`select pg_advisory_xact_lock(hashtext('model_chains ' || $1))`, [workspace]);
}
