/** What people have agreed to at MCP servers, in one workspace: sealed JSON, whose form only `outbound/mcp/oauth` knows. */
import { ulid } from 'ulid';
import type { JsonObject } from '../../contracts/json.ts';
import type { Sql } from '../sql.ts';
import type { Seals } from '../vault/index.ts';

export interface McpConnectionsRepository {
  /** Ids of the servers at which a person is connected. */
  connectedAt(user: string): Promise<string[]>;
  remove(server: string, user: string): Promise<boolean>;
  /** Of one person at one server. */
  of(server: string, user: string): KeptMcpConnection;
}

export interface KeptMcpConnection {
  /** Undefined: nobody has begun. @throws VaultError */
  read(): Promise<JsonObject | undefined>;
  /** @throws VaultError */
  save(state: JsonObject, connected: boolean): Promise<void>;
  /** For whoever asks first; it ends by `release`, or by itself after `ms`. */
  claim(ms: number): Promise<boolean>;
  release(): Promise<void>;
}

const purpose = 'mcp-connection';

export function createMcpConnectionsRepository(
  sql: Sql,
  workspace: string,
  seals: Seals,
): McpConnectionsRepository {
  const rowOf = async (server: string, user: string) => {
    const [row] = await sql.query<{ id: string; sealed: string }>(
      'select id, sealed from mcp_connections where workspace = $1 and server = $2 and "user" = $3',
      [workspace, server, user],
    );
    return row;
  };

  return {
    async connectedAt(user) {
      const rows = await sql.query<{ server: string }>(
        'select server from mcp_connections where workspace = $1 and "user" = $2 and connected',
        [workspace, user],
      );
      return rows.map(({ server }) => server);
    },

    async remove(server, user) {
      const removed = await sql.query(
        'delete from mcp_connections where workspace = $1 and server = $2 and "user" = $3 returning id',
        [workspace, server, user],
      );
      return removed.length > 0;
    },

    of: (server, user) => ({
      async read() {
        const row = await rowOf(server, user);
        return row && JSON.parse(await seals.open(row.sealed, { purpose, id: row.id }));
      },

      async save(state, connected) {
        const id = (await rowOf(server, user))?.id ?? ulid();
        const sealed = await seals.seal(JSON.stringify(state), { purpose, id });
        // The server's id is looked up in this workspace: a foreign key looks past it.
        await sql.query(
          `insert into mcp_connections (id, workspace, server, "user", sealed, connected, created_at, updated_at)
           select $1, $2, id, $4, $5, $6::boolean, now(), now() from mcp_servers where workspace = $2 and id = $3
           on conflict (id) do update set sealed = excluded.sealed, connected = excluded.connected, updated_at = now()`,
          [id, workspace, server, user, sealed, connected],
        );
      },

      async claim(ms) {
        const claimed = await sql.query(
          `update mcp_connections set refreshing_until = now() + $4::int * interval '1 millisecond'
           where workspace = $1 and server = $2 and "user" = $3
             and coalesce(refreshing_until < now(), true) returning id`,
          [workspace, server, user, ms],
        );
        return claimed.length > 0;
      },

      async release() {
        await sql.query(
          'update mcp_connections set refreshing_until = null where workspace = $1 and server = $2 and "user" = $3',
          [workspace, server, user],
        );
      },
    }),
  };
}
