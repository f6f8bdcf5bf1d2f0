/** The access of whoever an agent acts for, to a server at which each person connects for themselves. */
import { StepFailure } from '../../contracts/effect.ts';
import type { Database } from '../../db/index.ts';
import { type Guard, OutboundError } from '../../outbound/guard/index.ts';
import { accessTokenOfGrant, keeperOf, McpFailure, NotConnected } from '../../outbound/mcp/index.ts';
import type { ResolvedCredential } from '../credentials/resolve-credential.ts';

interface Asking {
  db: Database;
  guard: Guard;
  workspace: string;
  server: { id: string; name: string; url: string };
  /** Id of the user. */
  member: string | undefined;
  /** Gets the token. */
  secrets: Set<string>;
  signal: AbortSignal;
  /** A token that the server refused. */
  rejected: string | undefined;
}

/** @throws StepFailure `mcp-not-connected`, `mcp-refused`; VaultError; the reason of `signal` */
export async function ownAccess(asking: Asking): Promise<ResolvedCredential> {
  const { db, guard, workspace, server, member, secrets, signal, rejected } = asking;
  if (member === undefined) throw nobody(server.name);
  const kept = await db.inWorkspace(workspace, async ({ mcpConnections }) =>
    mcpConnections.of(server.id, member),
  );
  try {
    const keeper = keeperOf(kept);
    const token = await accessTokenOfGrant({ guard, keeper, serverUrl: server.url, signal, rejected });
    secrets.add(token);
    return { headers: [['Authorization', `Bearer ${token}`]], query: [], accessToken: token };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof NotConnected) throw notConnected(server.name);
    if (error instanceof McpFailure || error instanceof OutboundError) throw refused(error);
    throw error;
  }
}

function nobody(server: string): StepFailure {
  return new StepFailure({
    code: 'mcp-not-connected',
    message: `"${server}" is used by each person as themselves, and this run acts for nobody.`,
    hint: 'Use a server with a credential of the workspace, or let a person start the agent.',
  });
}

function notConnected(server: string): StepFailure {
  return new StepFailure({
    code: 'mcp-not-connected',
    message: `The person that this run acts for is not connected to "${server}".`,
    hint: 'They connect under Settings → MCP servers, then try again.',
  });
}

function refused(error: McpFailure | OutboundError): StepFailure {
  const { code, says, hint } = error;
  const retryable = error instanceof McpFailure && error.passes;
  return new StepFailure({ code, message: says.en, hint: hint.en }, { retryable });
}
