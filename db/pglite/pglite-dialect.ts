/**
 * Kysely's PGlite driver hands its one connection to everybody at once: a query sent while another caller's transaction is open
 * runs *inside* that transaction, is lost with its rollback, and would see its tenant. This driver lends the connection to one
 * caller at a time, and each of its statements acts as the dialect's role.
 */
import type { PGlite, QueryOptions } from '@electric-sql/pglite';
import { type DatabaseConnection, type Driver, PGliteDialect, type PGliteDialectConfig } from 'kysely';
import type { DatabaseRole } from '../rls/roles.ts';
import type { PgliteSession } from './pglite-session.ts';

type KyselyPglite = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>;

export class ExclusivePgliteDialect extends PGliteDialect {
  /**
   * @param pglite stays open when the ORM closes: whoever made it closes it.
   * @param role of every statement; `undefined` is the user PGlite was opened as
   */
  constructor(pglite: PGlite, session: PgliteSession, role: DatabaseRole | undefined) {
    super({
      pglite: {
        query: ((text: string, parameters?: unknown[], options?: QueryOptions) =>
          session.query(role, text, parameters, options)) as KyselyPglite['query'],
        transaction: ((work) => session.transaction(role, work as never)) as KyselyPglite['transaction'],
        close: async () => {},
        get closed() {
          return pglite.closed;
        },
        get ready() {
          return pglite.ready;
        },
        waitReady: pglite.waitReady,
      },
    });
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    let free = Promise.resolve();
    const releases = new WeakMap<DatabaseConnection, () => void>();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (...options) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = free;
      free = promise;
      await before;
      try {
        const connection = await acquire(...options);
        releases.set(connection, resolve);
        return connection;
      } catch (error) {
        resolve();
        throw error;
      }
    };
    driver.releaseConnection = async (connection) => releases.get(connection)?.();
    return driver;
  }
}
