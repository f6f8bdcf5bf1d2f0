/** Which resume links were used. A link works once; a call whose process died before Temporal had it leaves its place to the next. */
import type { StepAddress } from '../../contracts/step-address.ts';
import type { Sql } from '../sql.ts';

/** Seconds after which a call that has not reached Temporal counts as lost: longer than it is tried. */
const patience = 15;

type Of = Pick<StepAddress, 'run' | 'node' | 'index'>;

export interface ResumptionsRepository {
  /** Whether the link was used, or is being used by a call under way. */
  isTaken(of: Of): Promise<boolean>;
  /** @returns false when another call was first */
  claim(of: Of, delivery: string): Promise<boolean>;
  /** Temporal has it. */
  settle(of: Of, delivery: string): Promise<void>;
  /** Temporal does not have it: the link works again. */
  release(of: Of, delivery: string): Promise<void>;
}

export function createResumptionsRepository(sql: Sql, workspace: string): ResumptionsRepository {
  const lost = `r.sent_at is null and r.claimed_at < now() - interval '${patience} seconds'`;
  const mine = 'workspace = $1 and run = $2 and node = $3 and index = $4 and delivery = $5';
  return {
    async isTaken({ run, node, index }) {
      const rows = await sql.query(
        `select 1 from resumptions r where workspace = $1 and run = $2 and node = $3 and index = $4 and not (${lost})`,
        [workspace, run, node, index],
      );
      return rows.length > 0;
    },
    async claim({ run, node, index }, delivery) {
      const rows = await sql.query(
        `insert into resumptions as r (workspace, run, node, index, delivery, claimed_at) values ($1, $2, $3, $4, $5, now())
         on conflict (run, node, index) do update set delivery = excluded.delivery, claimed_at = now()
           where ${lost} and r.workspace = $1
         returning 1`,
        [workspace, run, node, index, delivery],
      );
      return rows.length > 0;
    },
    async settle({ run, node, index }, delivery) {
      await sql.query(`update resumptions set sent_at = now() where ${mine}`, [
        workspace,
        run,
        node,
        index,
        delivery,
      ]);
    },
    async release({ run, node, index }, delivery) {
      await sql.query(`delete from resumptions where ${mine} and sent_at is null`, [
        workspace,
        run,
        node,
        index,
        delivery,
      ]);
    },
  };
}
