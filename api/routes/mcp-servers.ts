/** MCP servers that agents and automations use: where they are, what they say of their tools, and what of that was approved. */
import { z } from 'zod';
import {
  createMcpServer,
  type McpServer,
  mcpCommandList,
  mcpServer,
  mcpServerList,
  reviewMcpTools,
  updateMcpServer,
} from '../../contracts/api/mcp-servers.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { McpAuth, McpTransport } from '../../contracts/mcp/mcp-server.ts';
import { suspicionsOf } from '../../contracts/mcp/suspicions.ts';
import { reviewTools } from '../../contracts/mcp/tool-review.ts';
import { contentHash, type StoredMcpServer } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { listTools } from '../mcp-servers/list-tools.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'mcp-servers';
const params = z.object({ server: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/mcp-servers',
  summary: 'List the MCP servers that the workspace uses',
  tag,
  auth: 'mcp.view',
  responses: { 200: mcpServerList },
  handler: async ({ principal }, deps) => {
    const servers = await deps.db.inWorkspace(principal.workspace, ({ mcpServers }) => mcpServers.list());
    return { status: 200, body: { items: await shown(deps, principal, servers) } };
  },
});

export const commands = defineRoute({
  method: 'get',
  path: '/mcp-commands',
  summary: 'The programs that may be used as MCP servers',
  description: 'Those that the operator allows (HIVIEX_MCP_COMMANDS), by name. Never how they are started.',
  tag,
  auth: 'mcp.view',
  responses: { 200: mcpCommandList },
  handler: async (_, { config }) => ({
    status: 200,
    body: { items: Object.keys(config.HIVIEX_MCP_COMMANDS).map((name) => ({ name })) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/mcp-servers',
  summary: 'Add an MCP server',
  description:
    'It is asked for its tools at once; `failure` says why there are none. Models are told of none before it is approved.',
  tag,
  auth: 'mcp.manage',
  audit: 'mcp-server.create',
  body: createMcpServer,
  responses: { 201: mcpServer },
  handler: async ({ principal, body, note, request }, deps) => {
    await check(deps, principal, body.name, body);
    const made = await deps.db.inWorkspace(principal.workspace, ({ mcpServers }) => mcpServers.create(body));
    if (!made) throw new ApiProblem('name-taken', { name: body.name });
    note({ resource: resourceOf(made), after: factsOf(made) });
    await listTools(deps, principal.workspace, made, {
      ...{ language: languageOf(request.headers['accept-language']), user: principal.user },
    });
    return { status: 201, body: await shownOne(deps, principal, await find(deps, principal, made.id)) };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/mcp-servers/:server',
  summary: 'One MCP server with its tools',
  tag,
  auth: 'mcp.view',
  params,
  responses: { 200: mcpServer },
  handler: async ({ principal, params: { server } }, deps) => ({
    status: 200,
    body: await shownOne(deps, principal, await find(deps, principal, server)),
  }),
});

export const update = defineRoute({
  method: 'patch',
  path: '/mcp-servers/:server',
  summary: 'Change an MCP server',
  description: 'With another address or program it is another server: its tools have to be approved again.',
  tag,
  auth: 'mcp.manage',
  audit: 'mcp-server.update',
  params,
  body: updateMcpServer,
  responses: { 200: mcpServer },
  handler: async ({ principal, params: { server: id }, body, note }, deps) => {
    const before = await find(deps, principal, id);
    const { transport = before.transport, auth = before.auth } = body;
    // The secret goes to the new address: who says so needs the right to use it.
    if (body.transport || body.auth) await check(deps, principal, before.name, { transport, auth });
    const after = await deps.db.inWorkspace(principal.workspace, ({ mcpServers }) =>
      mcpServers.update(id, body),
    );
    if (after === 'name-taken') throw new ApiProblem('name-taken', { name: body.name ?? '' });
    if (!after) throw notFound('mcpServer');
    note({ resource: resourceOf(after), before: factsOf(before), after: factsOf(after) });
    return { status: 200, body: await shownOne(deps, principal, after) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/mcp-servers/:server',
  summary: 'Remove an MCP server',
  description: 'Agents that name it go on without its tools. Its credential stays.',
  tag,
  auth: 'mcp.manage',
  audit: 'mcp-server.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { server: id }, note }, { db }) => {
    const removed = await db.inWorkspace(principal.workspace, ({ mcpServers }) => mcpServers.remove(id));
    if (!removed) throw notFound('mcpServer');
    note({ resource: resourceOf(removed), before: factsOf(removed) });
    return { status: 204 };
  },
});

export const refresh = defineRoute({
  method: 'post',
  path: '/mcp-servers/:server/refresh',
  summary: 'Ask an MCP server for its tools',
  description: 'The answer is 200 either way: `failure` says why it told none.',
  tag,
  auth: 'mcp.manage',
  audit: 'mcp-server.refresh',
  params,
  responses: { 200: mcpServer },
  handler: async ({ principal, params: { server: id }, note, request }, deps) => {
    const found = await find(deps, principal, id);
    note({ resource: resourceOf(found) });
    await listTools(deps, principal.workspace, found, {
      ...{ language: languageOf(request.headers['accept-language']), user: principal.user },
    });
    return { status: 200, body: await shownOne(deps, principal, await find(deps, principal, id)) };
  },
});

export const review = defineRoute({
  method: 'post',
  path: '/mcp-servers/:server/review',
  summary: 'Approve tools of an MCP server, or revoke them',
  description:
    'What is approved is named by its digest: when the server describes a tool otherwise meanwhile, nothing is approved.',
  tag,
  auth: 'mcp.manage',
  audit: 'mcp-server.review',
  params,
  body: reviewMcpTools,
  responses: { 200: mcpServer },
  handler: async ({ principal, params: { server: id }, body, note }, deps) => {
    const reviewed = await deps.db.inWorkspace(principal.workspace, ({ mcpServers }) =>
      mcpServers.review(id, body),
    );
    if (!reviewed) throw notFound('mcpServer');
    if ('changed' in reviewed)
      throw new ApiProblem('mcp-tools-changed', {
        tools: reviewed.changed.map((name) => `"${name}"`).join(', '),
      });
    note({
      resource: resourceOf(reviewed),
      after: { approved: body.approve.map(({ name }) => name), revoked: body.revoke },
    });
    return { status: 200, body: await shownOne(deps, principal, reviewed) };
  },
});

async function find({ db }: Pick<ApiDeps, 'db'>, { workspace }: WorkspacePrincipal, id: string) {
  const found = await db.inWorkspace(workspace, ({ mcpServers }) => mcpServers.get(id));
  if (!found) throw notFound('mcpServer');
  return found;
}

async function check(
  { db, config }: Pick<ApiDeps, 'db' | 'config'>,
  principal: WorkspacePrincipal,
  name: string,
  { transport, auth }: { transport: McpTransport; auth: McpAuth },
): Promise<void> {
  if (transport.kind === 'stdio') {
    if (!Object.hasOwn(config.HIVIEX_MCP_COMMANDS, transport.command))
      throw new ApiProblem('mcp-command-unknown', { command: transport.command });
    return;
  }
  if (auth.kind !== 'credential') return;
  const { credential: id } = auth;
  const isAllowed = await mayDo(principal, 'credential.use', () => ({ type: 'credential', id }), { db });
  const found = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.get(id));
  if (!isAllowed || !found) throw new ApiProblem('credential-not-shared', { node: name, credential: id });
}

async function shownOne(
  deps: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  server: StoredMcpServer,
): Promise<McpServer> {
  return (await shown(deps, principal, [server]))[0]!;
}

async function shown(
  { db }: Pick<ApiDeps, 'db'>,
  { workspace, user }: WorkspacePrincipal,
  servers: readonly StoredMcpServer[],
): Promise<McpServer[]> {
  const connected =
    user === undefined
      ? []
      : await db.inWorkspace(workspace, ({ mcpConnections }) => mcpConnections.connectedAt(user));
  return servers.map(({ listed, approved, revision: _, ...server }) => ({
    ...server,
    ...(server.auth.kind === 'oauth' && { connected: connected.includes(server.id) }),
    tools: reviewTools(listed, approved).map((tool) => ({
      ...tool,
      ...(tool.listed && { digest: contentHash(tool.listed) }),
      suspicions: tool.listed ? suspicionsOf(tool.listed) : [],
    })),
  }));
}

function resourceOf({ id, name }: StoredMcpServer) {
  return { type: 'mcp-server', id, name };
}

function factsOf({ name, transport, auth, enabled }: StoredMcpServer): JsonObject {
  return { name, transport, auth, enabled };
}
