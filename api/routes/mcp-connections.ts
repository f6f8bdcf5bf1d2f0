/**
 * Connecting to an MCP server as oneself: a person is sent to its authorization server, agrees, and comes back with a code. The state
 * that goes along is sealed and names session and server, so a link that somebody else made connects nobody.
 */
import { z } from 'zod';
import { can } from '../../contracts/access/can.ts';
import { mcpConnectStart } from '../../contracts/api/mcp-servers.ts';
import type { Language } from '../../contracts/text.ts';
import type { StoredMcpServer } from '../../db/index.ts';
import { OutboundError } from '../../outbound/guard/index.ts';
import { type Agreement, beginAgreement, finishAgreement, keeperOf } from '../../outbound/mcp/index.ts';
import { audit } from '../audit/audit.ts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { listTools } from '../mcp-servers/list-tools.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute } from '../route.ts';

const tag = 'mcp-servers';
const params = z.object({ server: z.string() });
const callbackPath = '/oauth/mcp-callback';
/** Milliseconds that a person has to agree. */
const patience = 10 * 60_000;
const context = { purpose: 'mcp-oauth-state', id: '' };

const state = z.object({
  workspace: z.string(),
  server: z.string(),
  revision: z.number(),
  session: z.string(),
  redirectUrl: z.string(),
  until: z.number(),
});
type State = z.output<typeof state>;

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
    const { session, user } = principal;
    const agreement = await agreementOf(deps, { workspace, server, user, redirectUrl });
    if (!agreement) throw new ApiProblem('mcp-not-connectable');
    const { revision } = server;
    const going: State = {
      workspace,
      server: id,
      revision,
      session,
      redirectUrl,
      until: Date.now() + patience,
    };
    const sealed = await db.vault.ofInstance.seal(JSON.stringify(going), context);
    try {
      return { status: 200, body: { url: (await beginAgreement({ ...agreement, state: sealed })).href } };
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

export const callback = defineRoute({
  method: 'get',
  base: '',
  path: callbackPath,
  summary: 'Where the authorization server of an MCP server sends people back to',
  description:
    'Redirects to the page of MCP servers with `connected=<id>`, or `connect-error=` denied, expired, foreign or refused.',
  tag,
  auth: 'user',
  responses: { 303: null },
  query: z.object({
    state: z.string().optional(),
    code: z.string().optional(),
    error: z.string().optional(),
  }),
  handler: async ({ principal, query, request }, deps) => {
    const coming = await stateOf(query.state, deps);
    const language = languageOf(request.headers['accept-language']);
    const result = coming ? await complete(principal, coming, { ...query, language }, deps) : 'expired';
    const isConnected = coming && result === 'connected';
    if (isConnected)
      await audit(
        deps,
        { principal, request },
        {
          action: 'mcp-server.connect',
          workspace: coming.workspace,
          resource: { type: 'mcp-server', id: coming.server },
        },
      );
    const outcome: Record<string, string> = isConnected
      ? { connected: coming.server }
      : { 'connect-error': result };
    return { status: 303, headers: { location: `/settings/mcp-servers?${new URLSearchParams(outcome)}` } };
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

async function stateOf(sealed: string | undefined, { db }: Pick<ApiDeps, 'db'>): Promise<State | undefined> {
  const opened = sealed && (await db.vault.ofInstance.open(sealed, context).catch(() => undefined));
  if (!opened) return undefined;
  const coming = state.parse(JSON.parse(opened));
  return coming.until > Date.now() ? coming : undefined;
}

async function complete(
  principal: SessionPrincipal,
  { workspace, server: id, revision, session, redirectUrl }: State,
  { code, error, language }: { code?: string | undefined; error?: string | undefined; language: Language },
  deps: ApiDeps,
): Promise<'connected' | 'denied' | 'expired' | 'foreign' | 'refused'> {
  const { db, log } = deps;
  const { user } = principal;
  if (session !== principal.session) return 'foreign';
  if (error !== undefined || code === undefined) return 'denied';
  // Asked again, for ten minutes are long; in the state's workspace, which need not be the active one by now.
  const memberships = await db.asSystem(({ accounts }) => accounts.workspacesOf(user));
  const role = memberships.find((membership) => membership.id === workspace)?.role;
  if (!role || !can({ role }, 'mcp.connect')) return 'foreign';
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
  if (can({ role }, 'mcp.manage')) await listTools(deps, workspace, server, { language, user });
  return 'connected';
}
