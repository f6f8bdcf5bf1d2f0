/**
 * One connection to an MCP server, as one workspace and one user have it. It offers the server nothing: no files of ours (roots), no
 * calls to models (sampling), no questions to people (elicitation). A server is there to be called.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  type CallToolResult,
  CallToolResultSchema,
  type Progress,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { CredentialUse } from '../../contracts/credentials/credential-type.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { McpCommands, McpTransport } from '../../contracts/mcp/mcp-server.ts';
import type { McpTool } from '../../contracts/mcp/mcp-tool.ts';
import { text } from '../../contracts/text.ts';
import type { Guard } from '../guard/index.ts';
import { ended, failureOf, isSessionGone, isUnauthorized } from './failure-of.ts';
import { McpFailure } from './mcp-failure.ts';
import { createMcpFetch } from './mcp-fetch.ts';
import { type McpResult, toResult } from './mcp-result.ts';
import { readTools } from './read-tools.ts';
import { createStdioTransport, StdioTransport } from './stdio-transport.ts';
import { SessionGone, Unauthorized } from './turned-away.ts';

export interface McpConnectionOptions {
  /** Of the server, as messages call it. */
  name: string;
  transport: McpTransport;
  guard: Pick<Guard, 'fetch'>;
  commands: McpCommands;
  /** Of programs: see `stdio-transport.ts`. */
  folder: string;
  use: CredentialUse;
  signal: AbortSignal;
}

export interface McpCall {
  tool: McpTool;
  arguments: JsonObject;
  /** The same in every attempt: a server that knows it (`_meta`) does the work once. */
  key?: string | undefined;
  signal: AbortSignal;
  /** Milliseconds. */
  timeoutMs: number;
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface McpConnection {
  /** From the next request on. */
  use: CredentialUse;
  /** It can't be used any more. */
  readonly isOver: boolean;
  /** As the server tells them now: asked again after it has said that they changed. @throws McpFailure, OutboundError */
  tools(signal: AbortSignal): Promise<McpTool[]>;
  /** @throws McpFailure, OutboundError; `SessionGone` and `Unauthorized`, when nothing was called; the reason of `signal` */
  call(call: McpCall): Promise<McpResult>;
  close(): Promise<void>;
}

/** Milliseconds. */
const patience = { open: 20_000, list: 20_000, goodbye: 2_000 };
const idempotencyKey = 'hiviex.io/idempotency-key';

/** @throws McpFailure, OutboundError, Unauthorized; the reason of `signal` */
export async function openMcpConnection(options: McpConnectionOptions): Promise<McpConnection> {
  const { name, guard, signal } = options;
  let use = options.use;
  let broken: unknown;
  let isOver = false;
  let giveUp = (_: unknown) => {};
  const lost = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  lost.catch(() => undefined);
  const breakOff = (error: unknown) => {
    isOver = true;
    broken ??= error;
    giveUp(error);
  };

  const client = new Client({ name: 'hiviex', version: '1' }, { capabilities: {} });
  const transport = transportOf(options, createMcpFetch({ guard, use: () => use, onBroken: breakOff }));
  // Requests that wait are told by the client itself.
  client.onclose = () => {
    isOver = true;
  };
  // What matters of these reaches the request that waits.
  client.onerror = () => undefined;
  let listed: Promise<McpTool[]> | undefined;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    listed = undefined;
  });

  const translated = async <T>(work: Promise<T>, asked: AbortSignal): Promise<T> => {
    try {
      return await Promise.race([work, lost]);
    } catch (error) {
      if (asked.aborted) throw asked.reason;
      if (isSessionGone(error) && client.getServerVersion()) throw new SessionGone(failureOf(error, name));
      if (isUnauthorized(error)) throw new Unauthorized(failureOf(error, name));
      throw failureOf(error === undefined ? broken : error, name);
    }
  };
  const connection: McpConnection = {
    get use() {
      return use;
    },
    set use(next) {
      use = next;
    },
    get isOver() {
      return isOver;
    },
    async tools(asked) {
      if (isOver) throw ended(name);
      listed ??= readTools(client, { signal: asked, timeout: patience.list });
      const mine = listed;
      try {
        return await translated(mine, asked);
      } catch (error) {
        if (listed === mine) listed = undefined;
        throw error;
      }
    },
    async call({ tool, arguments: given, key, signal: asked, timeoutMs, onProgress }) {
      if (isOver) throw ended(name);
      const params = {
        ...{ name: tool.name, arguments: given },
        ...(key !== undefined && { _meta: { [idempotencyKey]: key } }),
      };
      const request: RequestOptions = {
        ...{ signal: asked, timeout: timeoutMs, maxTotalTimeout: timeoutMs },
        onprogress: (progress) => onProgress?.(progress),
      };
      const work = tool.hints.task
        ? taskResult(client, params, request)
        : client.request({ method: 'tools/call', params }, CallToolResultSchema, request);
      return toResult(await translated(work, asked));
    },
    async close() {
      isOver = true;
      if (transport instanceof StreamableHTTPClientTransport) await goodbye(transport);
      await client.close();
    },
  };
  try {
    await translated(client.connect(transport, { signal, timeout: patience.open }), signal);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    if (transport instanceof StdioTransport && error instanceof McpFailure && error.code === 'mcp-ended')
      throw notStarted(name, transport.lastWords);
    throw error;
  }
}

function notStarted(name: string, lastWords: string): McpFailure {
  return new McpFailure(
    'mcp-command-failed',
    text(`The program of "${name}" ended at once.`, `O programa de "${name}" terminou logo ao iniciar.`),
    text(
      'Ask the operator: what it wrote is in the log, and how it is started in HIVIEX_MCP_COMMANDS.',
      'Pergunte ao operador: o que ele escreveu está no log, e como é iniciado, em HIVIEX_MCP_COMMANDS.',
    ),
    { forLog: lastWords },
  );
}

function transportOf(options: McpConnectionOptions, fetch: ReturnType<typeof createMcpFetch>): Transport {
  const { transport, commands, folder } = options;
  if (transport.kind === 'stdio')
    return createStdioTransport({ command: transport.command, commands, folder });
  return new StreamableHTTPClientTransport(new URL(transport.url), { fetch });
}

/** What takes long is a task: the server is asked now and then whether it is done. */
async function taskResult(
  client: Client,
  params: { name: string; arguments: JsonObject },
  request: RequestOptions,
): Promise<CallToolResult> {
  const stream = client.experimental.tasks.callToolStream(params, CallToolResultSchema, {
    ...request,
    task: {},
  });
  for await (const message of stream) {
    if (message.type === 'result') return message.result;
    if (message.type === 'error') throw message.error;
  }
  throw new Error('The stream of a task ended without an end.');
}

/** Ends the session at the server; one that does not answer keeps nobody waiting. */
async function goodbye(transport: StreamableHTTPClientTransport): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience.goodbye);
  });
  await Promise.race([transport.terminateSession().catch(() => undefined), late]);
  clearTimeout(timer);
}
