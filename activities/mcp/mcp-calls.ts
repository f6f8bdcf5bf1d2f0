/**
 * Calls of tools of MCP servers: what agents and the node share. A connection lives in this process, of one workspace, one server and
 * one user. A tool is called only as it was approved: what the server says of it at this moment is compared with that first.
 */

import type { CredentialUse } from '../../contracts/credentials/credential-type.ts';
import { type EffectContext, StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { McpCommands } from '../../contracts/mcp/mcp-server.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import { sameTool, usableTools } from '../../contracts/mcp/tool-review.ts';
import { contentHash, type Database, type StoredMcpServer } from '../../db/index.ts';
import { type Guard, OutboundError } from '../../outbound/guard/index.ts';
import {
  createMcpPool,
  folderOfServer,
  type McpConnection,
  McpFailure,
  type McpResult,
  openMcpConnection,
  SessionGone,
  Unauthorized,
} from '../../outbound/mcp/index.ts';
import { needsDatabase } from '../announcements/needs-database.ts';
import type { CredentialResolver, ResolvedCredential } from '../credentials/resolve-credential.ts';
import type { EffectRun } from '../effect.ts';
import { ownAccess } from './own-access.ts';
import { noServer, notApproved, serverOff, toolChanged } from './refusals.ts';

export interface McpSettings {
  /** HIVIEX_MCP_COMMANDS. */
  commands: McpCommands;
  /** HIVIEX_DATA_DIR: programs work in folders below it. */
  dataDir: string;
}

export interface McpCallInput {
  context: EffectContext;
  /** Its id. */
  server: string;
  /** As the server calls it. */
  tool: string;
  arguments: JsonObject;
  /** Id of the user it acts for; left out: nobody in particular. */
  member?: string | undefined;
  timeoutMs: number;
}

export interface McpCalls {
  /** @throws StepFailure; VaultError */
  call(input: McpCallInput, run: Pick<EffectRun, 'signal' | 'secrets' | 'log'>): Promise<McpResult>;
  /** Ends all connections, and the programs with them. */
  close(): Promise<void>;
}

export interface McpCallsDeps {
  db: Database | undefined;
  guard: Guard;
  credentials: CredentialResolver;
  settings: McpSettings;
}

const nothing: ResolvedCredential = { headers: [], query: [] };

export function createMcpCalls({ db, guard, credentials, settings }: McpCallsDeps): McpCalls {
  const pool = createMcpPool();

  async function call(
    input: McpCallInput,
    run: Pick<EffectRun, 'signal' | 'secrets' | 'log'>,
    rejected?: string,
  ): Promise<McpResult> {
    if (!db) throw needsDatabase();
    const { context, member } = input;
    const { workspace } = context;
    const server = await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.get(input.server));
    if (!server) throw noServer();
    if (!server.enabled) throw serverOff(server.name);
    const tool = usableTools(server.listed, server.approved).find(({ name }) => name === input.tool);
    if (!tool) throw notApproved(input.tool, server.name);
    const use = await credentialFor(server, input, run, rejected);
    const key = JSON.stringify([workspace, server.id, server.revision, member ?? '']);
    try {
      return await pool.use(
        key,
        () => open(server, workspace, use, run),
        (connection) => callOn(connection, { server, tool, use, input, run, db }),
      );
    } catch (error) {
      if (error instanceof Unauthorized && use.accessToken !== undefined && rejected === undefined)
        return await call(input, run, use.accessToken);
      throw stepFailureOf(error, tool);
    }
  }

  async function credentialFor(
    { id, name, auth, transport }: StoredMcpServer,
    { context, member }: McpCallInput,
    { secrets, signal }: Pick<EffectRun, 'signal' | 'secrets'>,
    rejected: string | undefined,
  ): Promise<ResolvedCredential> {
    if (auth.kind === 'none' || transport.kind !== 'http') return nothing;
    if (auth.kind === 'oauth') {
      if (!db) throw needsDatabase();
      const of = { db, guard, workspace: context.workspace, server: { id, name, url: transport.url } };
      return await ownAccess({ ...of, member, secrets, signal, rejected });
    }
    const to = new URL(transport.url);
    return await credentials({
      context,
      id: auth.credential,
      nodeType: 'mcp-tool',
      to,
      secrets,
      signal,
      rejected,
    });
  }

  async function open(
    { id, name, transport }: StoredMcpServer,
    workspace: string,
    use: CredentialUse,
    { signal, log }: Pick<EffectRun, 'signal' | 'log'>,
  ): Promise<McpConnection> {
    const folder = folderOfServer(settings.dataDir, { workspace, server: id });
    try {
      const { commands } = settings;
      return await openMcpConnection({ name, transport, guard, commands, folder, use, signal });
    } catch (error) {
      if (error instanceof McpFailure && error.forLog !== undefined)
        log.warn({ server: id, wrote: error.forLog }, 'A program could not be used as an MCP server');
      throw error;
    }
  }

  return { call: (input, run) => call(input, run), close: () => pool.close() };
}

interface Calling {
  server: StoredMcpServer;
  /** As it was approved. */
  tool: McpTool;
  use: CredentialUse;
  input: McpCallInput;
  run: Pick<EffectRun, 'signal'>;
  db: Database;
}

async function callOn(
  connection: McpConnection,
  { server, tool, use, input, run, db }: Calling,
): Promise<McpResult> {
  const { context, timeoutMs } = input;
  const { signal } = run;
  connection.use = use;
  const listed = await connection.tools(signal);
  if (contentHash(listed) !== contentHash(server.listed))
    await db.inWorkspace(context.workspace, ({ mcpServers }) =>
      mcpServers.noteTools(server.id, server.revision, listed),
    );
  const now = listed.find(({ name }) => name === tool.name);
  if (!now || !sameTool(now, tool)) throw toolChanged(tool.name, server.name);
  try {
    return await connection.call({
      ...{ tool, arguments: input.arguments, key: context.idempotencyKey, signal, timeoutMs },
    });
  } catch (error) {
    throw error instanceof McpFailure ? new CallFailed(error) : error;
  }
}

/** It failed after the tool may have done its work. */
class CallFailed extends Error {
  readonly why: McpFailure;

  constructor(why: McpFailure) {
    super(why.message);
    this.why = why;
  }
}

/** A call is made again only where that does no harm: the server says that the tool may be called twice. */
function stepFailureOf(error: unknown, { hints }: McpTool): unknown {
  if (error instanceof CallFailed)
    return told(error.why, error.why.passes && (hints.readOnly || hints.idempotent));
  if (error instanceof McpFailure) return told(error, error.passes);
  if (error instanceof Unauthorized || error instanceof SessionGone) return told(error.failure, false);
  if (error instanceof OutboundError) return told(error, false);
  return error;
}

function told({ code, says, hint }: McpFailure | OutboundError, retryable: boolean): StepFailure {
  return new StepFailure({ code, message: says.en, hint: hint.en }, { retryable });
}
