/**
 * Kysely's PGlite driver hands its one connection to everybody at once: a query sent while another caller's transaction is open
 * runs *inside* that transaction, is lost with its rollback, and would see its tenant. This driver lends the connection to one
 * caller at a time.
 */
import type { PGlite } from '@electric-sql/pglite';
import { type DatabaseConnection, type Driver, PGliteDialect, type PGliteDialectConfig } from 'kysely';

type KyselyPglite = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>;

export class ExclusivePgliteDialect extends PGliteDialect {
  /** @param pglite stays open when the ORM closes: whoever made it closes it. */
  constructor(pglite: PGlite) {
    super({
      pglite: {
        query: pglite.query.bind(pglite),
        transaction: pglite.transaction.bind(pglite) as KyselyPglite['transaction'],
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
