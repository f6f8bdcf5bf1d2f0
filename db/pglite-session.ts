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
import type { PGlite, QueryOptions, Results, Transaction } from '@electric-sql/pglite';
import { type DatabaseRole, setRole } from './rls/roles.ts';
import { workspacePrelude } from './rls/workspace-prelude.ts';

/** `undefined`: the user PGlite was opened as, a superuser. For migrations. */
type ActAs = DatabaseRole | undefined;

export interface PgliteSession {
  query<Row>(
    role: ActAs,
    text: string,
    parameters?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Results<Row>>;
  transaction<T>(role: ActAs, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** A transaction of a tenant, which sees the workspace's rows only. */
  workspaceTransaction<T>(workspace: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

export function createPgliteSession(pglite: PGlite): PgliteSession {
  let current: { role: ActAs } | undefined = { role: undefined };
  let before: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = before.then(work);
    before = result.catch(() => {});
    return result;
  }

  async function actAs(role: ActAs): Promise<void> {
    if (current && current.role === role) return;
    current = undefined;
    await pglite.exec(setRole(role));
    current = { role };
  }

  return {
    query: <Row>(role: ActAs, text: string, parameters: readonly unknown[] = [], options?: QueryOptions) =>
      inTurn(async () => {
        await actAs(role);
        return pglite.query<Row>(text, [...parameters], options);
      }),

    transaction: (role, work) =>
      inTurn(async () => {
        await actAs(role);
        return pglite.transaction(work);
      }),

    // Whatever role the connection has: the transaction takes its own, and gives it back at its end.
    workspaceTransaction: (workspace, work) =>
      inTurn(() =>
        pglite.transaction(async (transaction) => {
          await transaction.exec(workspacePrelude(workspace));
          return work(transaction);
        }),
      ),
  };
}
