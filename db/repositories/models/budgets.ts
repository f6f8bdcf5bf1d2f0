/** Budgets of one workspace, and how much of them is used. What a call takes of them: ledger.ts. */
import { ulid } from 'ulid';
import { type BudgetRule, periodOf } from '../../../contracts/models/budget.ts';
import { type Sql, toMoment } from '../../sql.ts';

export interface BudgetAccount {
  /** `workspace`, or the id of an agent, run or user. */
  subject: string;
  spent: number;
  /** By calls under way. */
  reserved: number;
}

export interface StoredBudget extends BudgetRule {
  id: string;
  createdAt: string;
  updatedAt: string;
  /** Of the period under way; those who have used most first, ten at most. */
  accounts: BudgetAccount[];
}

export interface ModelBudgetsRepository {
  /** Oldest first. */
  list(): Promise<StoredBudget[]>;
  get(id: string): Promise<StoredBudget | undefined>;
  create(rule: BudgetRule): Promise<StoredBudget>;
  /** What was spent stays spent. */
  setLimit(id: string, limit: number): Promise<StoredBudget | undefined>;
  /** Calls under way are settled without it. */
  remove(id: string): Promise<StoredBudget | undefined>;
}

interface Row extends BudgetRule {
  id: string;
  created_at: string;
  updated_at: string;
}

/** As numbers: the drivers give a bigint as text. */
export const budgetColumns = 'id, scope, target, unit, amount::float8 as "limit", period';
const columns = `${budgetColumns}, created_at, updated_at`;

export function createModelBudgetsRepository(sql: Sql, workspace: string): ModelBudgetsRepository {
  async function withAccounts(rows: Row[]): Promise<StoredBudget[]> {
    const now = new Date();
    return Promise.all(
      rows.map(async ({ created_at, updated_at, target, ...row }) => ({
        ...row,
        ...(target && { target }),
        createdAt: toMoment(created_at),
        updatedAt: toMoment(updated_at),
        accounts: await sql.query<BudgetAccount>(
          `select subject, spent::float8 as spent, reserved::float8 as reserved from model_accounts
           where budget = $1 and period = $2 order by spent + reserved desc, subject limit 10`,
          [row.id, periodOf(row.period, now)],
        ),
      })),
    );
  }
  const one = async (rows: Row[]) => (await withAccounts(rows))[0];

  return {
    list: async () =>
      withAccounts(
        await sql.query<Row>(
          `select ${columns} from model_budgets where workspace = $1 order by created_at, id`,
          [workspace],
        ),
      ),

    get: async (id) =>
      one(
        await sql.query<Row>(`select ${columns} from model_budgets where workspace = $1 and id = $2`, [
          workspace,
          id,
        ]),
      ),

    async create({ scope, target, unit, limit, period }) {
      const made = await one(
        await sql.query<Row>(
          `insert into model_budgets (id, workspace, scope, target, unit, amount, period, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, now(), now()) returning ${columns}`,
          [ulid(), workspace, scope, target ?? null, unit, limit, period],
        ),
      );
      return made!;
    },

    setLimit: async (id, limit) =>
      one(
        await sql.query<Row>(
          `update model_budgets set amount = $3, updated_at = now() where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id, limit],
        ),
      ),

    remove: async (id) =>
      one(
        await sql.query<Row>(
          `delete from model_budgets where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id],
        ),
      ),
  };
}
