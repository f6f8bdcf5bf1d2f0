/** Connecting to an MCP server as oneself: a person is sent to its authorization server, agrees, and comes back with a code. */
import { z } from 'zod';
import { can } from '../../contracts/access/can.ts';
import { mcpConnectStart } from '../../contracts/api/mcp-servers.ts';
import type { StoredMcpServer } from '../../db/index.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import { type Agreement, beginAgreement, finishAgreement, keeperOf } from '../../outbound/mcp/index.ts';
import type { ApiDeps } from '../deps.ts';
import { listTools } from '../mcp-servers/list-tools.ts';
import { agreeing } from '../oauth/agreeing.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute } from '../route.ts';

const tag = 'mcp-servers';
const params = z.object({ server: z.string() });
const callbackPath = '/oauth/mcp-callback';

const way = agreeing({
  tag,
  path: callbackPath,
  summary: 'Where the authorization server of an MCP server sends people back to',
  page: { path: '/settings/mcp-servers', name: 'the page of MCP servers' },
  purpose: 'mcp-oauth-state',
  facts: z.object({ server: z.string(), revision: z.number(), redirectUrl: z.string() }),
  action: 'mcp-server.connect',
  resourceOf: ({ server }) => ({ type: 'mcp-server', id: server }),
  may: (principal) => can(principal, 'mcp.connect'),
  complete: async ({ principal, facts, code, request }, deps) => {
    const { db, log } = deps;
    const { workspace, user } = principal;
    const { server: id, revision, redirectUrl } = facts;
    const server = await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.get(id));
    const agreement = server && (await agreementOf(deps, { workspace, server, user, redirectUrl }));
    // At another address by now: what was agreed to was not this.
    if (!agreement || server.revision !== revision) return 'expired';
    try {
      await finishAgreement({ ...agreement, code });
    } catch (problem) {
      // Its words may repeat the code; its kind is enough.
      log.info(
        { server: id, reason: problem instanceof Error ? problem.name : '' },
        'An MCP server was not connected',
      );
      return 'refused';
    }
    const language = languageOf(request.headers['accept-language']);
    if (can(principal, 'mcp.manage')) await listTools(deps, workspace, server, { language, user });
    return 'connected';
  },
});

export const { callback } = way;

export const connect = defineRoute({
  method: 'post',
  path: '/mcp-servers/:server/connection',
  summary: 'Begin to connect to an MCP server as oneself',
  description: `Answers with the address at which a person agrees; they are sent back to ${callbackPath}. For people, not for API keys.`,
  tag,
  auth: 'mcp.connect',
  audit: false,
  params,
  responses: { 200: mcpConnectStart },
  handler: async ({ principal, params: { server: id }, request }, deps) => {
    const { db, config, log } = deps;
    const { workspace } = principal;
    const server = await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.get(id));
    if (!server) throw notFound('mcpServer');
    if (principal.by !== 'session') throw new ApiProblem('takes-a-person');
    const redirectUrl = publicUrl(config, request) + callbackPath;
    const { user } = principal;
    const agreement = await agreementOf(deps, { workspace, server, user, redirectUrl });
    if (!agreement) throw new ApiProblem('mcp-not-connectable');
    const state = await way.leave(principal, { server: id, revision: server.revision, redirectUrl }, deps);
    try {
      return { status: 200, body: { url: (await beginAgreement({ ...agreement, state })).href } };
    } catch (error) {
      if (error instanceof OutboundError)
        throw new ApiProblem('mcp-no-agreement', { reason: error.says }, { errors: [] });
      log.info({ server: id, err: error }, 'An MCP server could not be connected to');
      throw new ApiProblem('mcp-no-agreement', {
        reason: error instanceof Error ? error.message.slice(0, 200) : '',
      });
    }
  },
});

export const disconnect = defineRoute({
  method: 'delete',
  path: '/mcp-servers/:server/connection',
  summary: 'Forget what one has agreed to at an MCP server',
  tag,
  auth: 'mcp.connect',
  audit: 'mcp-server.disconnect',
  params,
  responses: { 204: null },
  handler: async ({ principal: { workspace, user }, params: { server: id }, note }, { db }) => {
    const server = await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.get(id));
    if (!server) throw notFound('mcpServer');
    note({ resource: { type: 'mcp-server', id, name: server.name } });
    if (user !== undefined)
      await db.inWorkspace(workspace, ({ mcpConnections }) => mcpConnections.remove(id, user));
    return { status: 204 };
  },
});

/** Undefined: nobody connects to it as themselves. */
async function agreementOf(
  { db, guard }: Pick<ApiDeps, 'db' | 'guard'>,
  of: { workspace: string; server: StoredMcpServer; user: string; redirectUrl: string },
): Promise<Agreement | undefined> {
  const { workspace, server, user, redirectUrl } = of;
  const { auth, transport, id } = server;
  if (auth.kind !== 'oauth' || transport.kind !== 'http') return undefined;
  const kept = await db.inWorkspace(workspace, async ({ mcpConnections }) => mcpConnections.of(id, user));
  return { guard, keeper: keeperOf(kept), serverUrl: transport.url, redirectUrl, scope: auth.scope };
}
