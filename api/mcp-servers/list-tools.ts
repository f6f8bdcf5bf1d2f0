/** Asks an MCP server for its tools, on a connection for that alone, and notes what it says. */
import type { Failure } from '../../contracts/run.ts';
import type { Language, Text } from '../../contracts/text.ts';
import type { StoredMcpServer } from '../../db/index.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import {
  folderOfServer,
  McpFailure,
  NotConnected,
  openMcpConnection,
  SessionGone,
  Unauthorized,
} from '../../outbound/mcp/index.ts';
import { OAuthError } from '../../outbound/oauth2/index.ts';
import type { ApiDeps } from '../deps.ts';
import { credentialUse } from './credential-use.ts';

const patienceMs = 30_000;

/**
 * Never rejects for what the server does: that is noted, too.
 *
 * @param user who asks: with their own connection, where each person has one
 */
export async function listTools(
  deps: Pick<ApiDeps, 'db' | 'guard' | 'config' | 'log'>,
  workspace: string,
  server: StoredMcpServer,
  { language, user }: { language: Language; user: string | undefined },
): Promise<void> {
  const { db, guard, config, log } = deps;
  const { id, name, transport, revision } = server;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const use = await credentialUse(deps, workspace, server, user);
    const connection = await openMcpConnection({
      ...{ name, transport, guard, use, signal },
      commands: config.HIVIEX_MCP_COMMANDS,
      folder: folderOfServer(config.HIVIEX_DATA_DIR, { workspace, server: id }),
    });
    try {
      const tools = await connection.tools(signal);
      await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.noteTools(id, revision, tools));
    } finally {
      await connection.close();
    }
  } catch (error) {
    const failure = failureOf(error, name, language);
    if (!failure) throw error;
    const wrote = error instanceof McpFailure ? error.forLog : undefined;
    if (wrote !== undefined) log.warn({ server: id, wrote }, 'A program could not be used as an MCP server');
    await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.noteFailure(id, failure));
  }
}

/** Undefined: it is a fault of ours. */
function failureOf(error: unknown, name: string, language: Language): Failure | undefined {
  const told = (code: string, says: Text, hint?: Text): Failure => ({
    ...{ code, message: says[language] },
    ...(hint && { hint: hint[language] }),
  });
  if (error instanceof McpFailure || error instanceof OutboundError)
    return told(error.code, error.says, error.hint);
  if (error instanceof Unauthorized || error instanceof SessionGone)
    return told(error.failure.code, error.failure.says, error.failure.hint);
  if (error instanceof NotConnected) return told('mcp-not-connected', notConnected(name), connect);
  if (error instanceof OAuthError) return told('mcp-refused', error.says);
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return told('mcp-timeout', timedOut(name), undefined);
  return undefined;
}

const connect: Text = {
  en: 'Connect yourself to it, then ask again.',
  pt: 'Conecte-se a ele e consulte de novo.',
};

function notConnected(name: string): Text {
  return { en: `You are not connected to "${name}".`, pt: `Você não está conectado a "${name}".` };
}

function timedOut(name: string): Text {
  return { en: `"${name}" did not answer in time.`, pt: `"${name}" não respondeu a tempo.` };
}
