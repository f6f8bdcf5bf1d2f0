/** MCP servers of one workspace. What they are called with is a credential, and never here. */
import { ulid } from 'ulid';
import type { McpAuth, McpTransport } from '../../contracts/mcp/mcp-server.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import type { Failure } from '../../contracts/run.ts';
import { type Sql, toMoment, toOptionalMoment } from '../sql.ts';
import { contentHash } from './content-hash.ts';

export interface StoredMcpServer {
  id: string;
  name: string;
  transport: McpTransport;
  auth: McpAuth;
  enabled: boolean;
  /** Grows when where it is or how it is called changes. */
  revision: number;
  listed: McpTool[];
  approved: McpTool[];
  listedAt?: string | undefined;
  failure?: Failure | undefined;
  createdAt: string;
  updatedAt: string;
}

export type McpServerChange = Partial<Pick<StoredMcpServer, 'name' | 'transport' | 'auth' | 'enabled'>>;

/** Names what was read, so that nothing else is approved in its place. */
export interface SeenTool {
  name: string;
  digest: string;
}

export interface McpServersRepository {
  /** By name. */
  list(): Promise<StoredMcpServer[]>;
  get(id: string): Promise<StoredMcpServer | undefined>;
  /** @returns undefined when the name is taken */
  create(input: Pick<StoredMcpServer, 'name' | 'transport' | 'auth'>): Promise<StoredMcpServer | undefined>;
  /** Another address or command is another server: what was approved of the former one is approved no longer. */
  update(id: string, change: McpServerChange): Promise<StoredMcpServer | 'name-taken' | undefined>;
  remove(id: string): Promise<StoredMcpServer | undefined>;
  /** What the server says of its tools. False: it is not there any more, or has another revision. */
  noteTools(id: string, revision: number, tools: readonly McpTool[]): Promise<boolean>;
  /** It did not say. What it said before stays. */
  noteFailure(id: string, failure: Failure): Promise<void>;
  /** @returns the names of tools that are described otherwise by now, and approves nothing, when there are any */
  review(
    id: string,
    change: { approve: readonly SeenTool[]; revoke: readonly string[] },
  ): Promise<StoredMcpServer | { changed: string[] } | undefined>;
}

interface Row {
  id: string;
  name: string;
  transport: McpTransport;
  auth: McpAuth;
  enabled: boolean;
  revision: number;
  listed: McpTool[];
  approved: McpTool[];
  listed_at: string | null;
  failure: Failure | null;
  created_at: string;
  updated_at: string;
}

const columns =
  'id, name, transport, auth, enabled, revision, listed, approved, listed_at, failure, created_at, updated_at';

export function createMcpServersRepository(sql: Sql, workspace: string): McpServersRepository {
  const read = async (inside: Sql, id: string, lock = ''): Promise<StoredMcpServer | undefined> => {
    const [row] = await inside.query<Row>(
      `select ${columns} from mcp_servers where workspace = $1 and id = $2 ${lock}`,
      [workspace, id],
    );
    return row && toServer(row);
  };

  return {
    async list() {
      const rows = await sql.query<Row>(
        `select ${columns} from mcp_servers where workspace = $1 order by lower(name), id`,
        [workspace],
      );
      return rows.map(toServer);
    },

    get: (id) => read(sql, id),

    async create({ name, transport, auth }) {
      const [row] = await sql.query<Row>(
        `insert into mcp_servers (id, workspace, name, transport, auth, enabled, revision, listed, approved, created_at, updated_at)
         values ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, true, 1, '[]', '[]', now(), now())
         on conflict (workspace, name) do nothing returning ${columns}`,
        [ulid(), workspace, name, JSON.stringify(transport), JSON.stringify(auth)],
      );
      return row && toServer(row);
    },

    update: (id, { name, transport, auth, enabled }) =>
      sql.transaction(async (inside) => {
        const before = await read(inside, id, 'for update');
        if (!before) return undefined;
        const [taken] = await inside.query(
          'select 1 from mcp_servers where workspace = $1 and name = $2 and id <> $3',
          [workspace, name ?? null, id],
        );
        if (taken) return 'name-taken';
        const isElsewhere =
          transport !== undefined && contentHash(transport) !== contentHash(before.transport);
        const isOther = isElsewhere || (auth !== undefined && contentHash(auth) !== contentHash(before.auth));
        const [row] = await inside.query<Row>(
          `update mcp_servers set name = coalesce($3, name), transport = coalesce($4::text::jsonb, transport),
             auth = coalesce($5::text::jsonb, auth), enabled = coalesce($6::boolean, enabled),
             revision = revision + case when $7::boolean then 1 else 0 end,
             listed = case when $8::boolean then '[]' else listed end,
             approved = case when $8::boolean then '[]' else approved end,
             listed_at = case when $8::boolean then null else listed_at end,
             failure = case when $7::boolean then null else failure end, updated_at = now()
           where workspace = $1 and id = $2 returning ${columns}`,
          [
            ...[workspace, id, name ?? null, transport ? JSON.stringify(transport) : null],
            ...[auth ? JSON.stringify(auth) : null, enabled ?? null, isOther, isElsewhere],
          ],
        );
        // People agreed to be there, not elsewhere.
        if (isOther)
          await inside.query('delete from mcp_connections where workspace = $1 and server = $2', [
            workspace,
            id,
          ]);
        return row && toServer(row);
      }),

    async remove(id) {
      const [row] = await sql.query<Row>(
        `delete from mcp_servers where workspace = $1 and id = $2 returning ${columns}`,
        [workspace, id],
      );
      return row && toServer(row);
    },

    async noteTools(id, revision, tools) {
      const noted = await sql.query(
        `update mcp_servers set listed = $4::text::jsonb, listed_at = now(), failure = null
         where workspace = $1 and id = $2 and revision = $3 returning id`,
        [workspace, id, revision, JSON.stringify(tools)],
      );
      return noted.length > 0;
    },

    async noteFailure(id, failure) {
      await sql.query('update mcp_servers set failure = $3::text::jsonb where workspace = $1 and id = $2', [
        ...[workspace, id, JSON.stringify(failure)],
      ]);
    },

    review: (id, { approve, revoke }) =>
      sql.transaction(async (inside) => {
        const before = await read(inside, id, 'for update');
        if (!before) return undefined;
        const changed = approve.filter(({ name, digest }) => digestOf(before, name) !== digest);
        if (changed.length > 0) return { changed: changed.map(({ name }) => name) };
        const decided = new Set([...revoke, ...approve.map(({ name }) => name)]);
        const approved = [
          ...before.approved.filter(({ name }) => !decided.has(name)),
          ...before.listed.filter((tool) => approve.some(({ name }) => name === tool.name)),
        ];
        const [row] = await inside.query<Row>(
          `update mcp_servers set approved = $3::text::jsonb, updated_at = now()
           where workspace = $1 and id = $2 returning ${columns}`,
          [workspace, id, JSON.stringify(approved)],
        );
        return row && toServer(row);
      }),
  };
}

function digestOf({ listed }: StoredMcpServer, name: string): string | undefined {
  const tool = listed.find((each) => each.name === name);
  return tool && contentHash(tool);
}

function toServer(row: Row): StoredMcpServer {
  const { id, name, transport, auth, enabled, revision, listed, approved, failure } = row;
  const listedAt = toOptionalMoment(row.listed_at);
  return {
    ...{ id, name, transport, auth, enabled, revision, listed, approved },
    createdAt: toMoment(row.created_at),
    updatedAt: toMoment(row.updated_at),
    ...(listedAt !== undefined && { listedAt }),
    ...(failure && { failure }),
  };
}
