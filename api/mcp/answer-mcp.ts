/** One request of the protocol over HTTP: in comes JSON-RPC, out go events, or what is wrong with the request. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CancelledNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Request as ExpressRequest } from 'express';
import type { z } from 'zod';
import { mcpRefusal } from '../../contracts/api/mcp.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { callerLeft } from '../caller-left.ts';
import type { ApiDeps } from '../deps.ts';
import { createMcpServer } from './create-mcp-server.ts';
import { callOf, cancelCall } from './tool-run.ts';

const sessionHeader = 'mcp-session-id';

interface Headed {
  headers: Record<string, string>;
}

type Refusal = z.output<typeof mcpRefusal>;

export type McpReply =
  | (Headed & { status: 200; body: Readable })
  | (Headed & { status: 202 })
  /** The request is none of the protocol. */
  | (Headed & { status: 400 | 406 | 415; body: Refusal });

export async function answerMcp(
  request: ExpressRequest,
  body: unknown,
  principal: WorkspacePrincipal,
  deps: ApiDeps,
): Promise<McpReply> {
  const session = request.get(sessionHeader)?.slice(0, 200);
  const messages: unknown[] = Array.isArray(body) ? body : [body];
  if (session !== undefined) for (const message of messages) await cancel(message, session, principal, deps);

  const server = createMcpServer({ principal, session, left: callerLeft(request) }, deps);
  // Without sessions of its own, so that it may end with this answer.
  const transport = new WebStandardStreamableHTTPServerTransport();
  await server.connect(transport);
  const response = await transport.handleRequest(webRequestOf(request), { parsedBody: body });
  const begins = messages.some((message) => (message as { method?: unknown }).method === 'initialize');
  // Nothing is kept under it: it tells the requests of one client from those of another with the same key.
  return replyOf(response, begins && response.ok ? { [sessionHeader]: randomUUID() } : {});
}

/** It comes by a request of its own, to whichever process. */
async function cancel(
  message: unknown,
  session: string,
  principal: WorkspacePrincipal,
  deps: ApiDeps,
): Promise<void> {
  const { data } = CancelledNotificationSchema.safeParse(message);
  const request = data?.params.requestId;
  if (request !== undefined) await cancelCall(principal, callOf(session, request), deps);
}

function webRequestOf(request: ExpressRequest): Request {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new Request('http://localhost/mcp', { method: 'POST', headers });
}

async function replyOf(response: Response, headers: Record<string, string>): Promise<McpReply> {
  if (response.status === 202) return { status: 202, headers };
  if (response.ok && response.body)
    return { status: 200, headers, body: Readable.fromWeb(response.body as ReadableStream<Uint8Array>) };
  const status = response.status === 406 || response.status === 415 ? response.status : 400;
  return { status, headers, body: mcpRefusal.parse(await response.json()) };
}
