/** An MCP server over streamable HTTP whose tools a test decides, and changes while it runs. Real protocol, by the SDK's own server. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';

export interface ToolCalled {
  name: string;
  arguments: Record<string, unknown>;
  meta: Record<string, unknown> | undefined;
  /** Of the request that brought it. */
  headers: IncomingMessage['headers'];
  session: string;
}

export interface McpDouble {
  url: string;
  /** What it tells when it is asked. */
  tools: Tool[];
  answer: (call: ToolCalled) => CallToolResult | Promise<CallToolResult>;
  calls: ToolCalled[];
  /** Sessions that are open. */
  readonly sessions: number;
  /** Looks at every request first; true: it has answered it. */
  before: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Tells every session that the tools have changed. */
  announce(): Promise<void>;
  /** As after a restart: no session is known any more. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export const sayHello: Tool = {
  name: 'say-hello',
  description: 'Greets somebody.',
  inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
};

export async function startMcpDouble(): Promise<McpDouble> {
  const sessions = new Map<string, { server: Server; transport: StreamableHTTPServerTransport }>();
  const http = createServer((request, response) => {
    if (double.before?.(request, response)) return;
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (typeof id === 'string' && !known) {
      response.writeHead(404).end();
      return;
    }
    const { transport } = known ?? (await begin());
    await transport.handleRequest(request, response);
  }

  async function begin() {
    const server = new Server(
      { name: 'double', version: '1' },
      { capabilities: { tools: { listChanged: true } } },
    );
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        sessions.set(id, { server, transport });
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: double.tools }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { requestInfo, sessionId }) => {
      const call: ToolCalled = {
        ...{ name: params.name, arguments: params.arguments ?? {}, meta: params._meta },
        ...{ headers: requestInfo?.headers as IncomingMessage['headers'], session: sessionId ?? '' },
      };
      double.calls.push(call);
      return await double.answer(call);
    });
    await server.connect(transport as Parameters<Server['connect']>[0]);
    return { server, transport };
  }

  const end = async () => {
    const open = [...sessions.values()];
    sessions.clear();
    await Promise.all(open.map(({ server }) => server.close()));
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const double: McpDouble = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    tools: [sayHello],
    answer: (call) => ({ content: [{ type: 'text', text: `Hello ${call.arguments.name}` }] }),
    calls: [],
    before: undefined,
    get sessions() {
      return sessions.size;
    },
    async announce() {
      await Promise.all([...sessions.values()].map(({ server }) => server.sendToolListChanged()));
    },
    forget: end,
    async close() {
      await end();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return double;
}
