/**
 * PGlite's one connection, lent to one statement or transaction at a time together with the role it is to act as.
 *
 * The role is a property of the connection, so who changes it has to be sure that nobody gets in between. PGlite itself would
 * keep the order: `query`, `exec` and `transaction` all take one first-in-first-out mutex after the same `await _checkReady()`
 * (its `base.ts`). But an `exec('set role …')` that failed would let the statement queued behind it run as somebody else. Here the
 * statement waits for the role, and does not run without it. The turns cost nothing, as PGlite does one thing at a time anyway.
 *
 * Switching costs a statement (about 0.1 ms), so the role stays until somebody needs another.
 */
import type { PGlite, QueryOptions, Results } from '@electric-sql/pglite';
import { type DatabaseRole, setRole, tenantRole } from '../rls/roles.ts';
import { workspacePrelude } from '../rls/workspace-prelude.ts';
import { createPreparedStatements } from './prepared-statements.ts';

/** `undefined`: the user PGlite was opened as, a superuser. For migrations. */
type ActAs = DatabaseRole | undefined;

export interface PgliteTransaction {
  query<Row>(text: string, parameters?: readonly unknown[], options?: QueryOptions): Promise<Results<Row>>;
}

export interface PgliteSession {
  query<Row>(
    role: ActAs,
    text: string,
    parameters?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Results<Row>>;
  transaction<T>(role: ActAs, work: (transaction: PgliteTransaction) => Promise<T>): Promise<T>;
  /** A transaction of a tenant, which sees the workspace's rows only. */
  workspaceTransaction<T>(
    workspace: string,
    work: (transaction: PgliteTransaction) => Promise<T>,
  ): Promise<T>;
}

export function createPgliteSession(pglite: PGlite): PgliteSession {
  const statements = createPreparedStatements(pglite);
  let current: { role: ActAs } | undefined = { role: undefined };
  let before: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = before.then(work);
    before = result.catch(() => {});
    return result;
  }

  async function actAs(role: ActAs): Promise<void> {
    if (current && current.role === role) return;
    // Who was the owner has changed tables: what was prepared before may not fit them.
    if (!current?.role) await statements.forget();
    current = undefined;
    await pglite.exec(setRole(role));
    current = { role };
  }

  /** @param role undefined: the owner, whose statements are migrations; each runs once */
  function statementsOf(role: ActAs, unprepared: Pick<PGlite, 'query'>): PgliteTransaction {
    return {
      query: (text, parameters = [], options) =>
        role
          ? statements.query(role, text, parameters, options)
          : unprepared.query(text, [...parameters], options),
    };
  }

  return {
    query: (role, text, parameters, options) =>
      inTurn(async () => {
        await actAs(role);
        return statementsOf(role, pglite).query(text, parameters, options);
      }),

    transaction: (role, work) =>
      inTurn(async () => {
        await actAs(role);
        return pglite.transaction((transaction) => work(statementsOf(role, transaction)));
      }),

    // Whatever role the connection has: the transaction takes its own, and gives it back at its end.
    workspaceTransaction: (workspace, work) =>
      inTurn(() =>
        pglite.transaction(async (transaction) => {
          await transaction.exec(workspacePrelude(workspace));
          return work(statementsOf(tenantRole, transaction));
        }),
      ),
  };
}
