/**
 * The server side of the Model Context Protocol, for one request: nothing of it outlives its answer, so any process of ours may take the
 * next one.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  type CallToolRequest,
  CallToolRequestSchema,
  type CallToolResult,
  CancelTaskRequestSchema,
  type CreateTaskResult,
  ErrorCode,
  GetTaskPayloadRequestSchema,
  GetTaskRequestSchema,
  ListToolsRequestSchema,
  McpError,
  type Task,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { JsonObject } from '../../contracts/json.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { problemBody, toProblem } from '../problems.ts';
import { version } from '../version.ts';
import { type McpTool, mcpTools } from './mcp-tools.ts';
import { type Progress, tellProgress } from './tell-progress.ts';
import { failedTool, resultOfTool } from './tool-result.ts';
import { callOf, cancelToolRun, runOfTool, startTool, type ToolRun } from './tool-run.ts';
import { describeTask, runOfTask, taskIdOf } from './tool-task.ts';

export interface McpCaller {
  principal: WorkspacePrincipal;
  /** Of the client's; undefined: it keeps none, and can't cancel. */
  session: string | undefined;
  /** It has gone: nobody is waited for any more. What runs goes on. */
  left: AbortSignal;
}

const capabilities = { tools: {}, tasks: { cancel: {}, requests: { tools: { call: {} } } } };

const instructions =
  'Tools are automations and agents of a workspace in Hiviex. A call is a durable run; long ones are best made as tasks.';

export function createMcpServer({ principal, session, left }: McpCaller, deps: ApiDeps): Server {
  const server = new Server({ name: 'hiviex', version }, { capabilities, instructions });
  server.onerror = (err) => deps.log.debug({ err }, 'An answer by MCP could not be given');

  server.setRequestHandler(ListToolsRequestSchema, () =>
    told(left, deps, async () => ({ tools: (await mcpTools(principal, deps)).map(shown) })),
  );

  server.setRequestHandler(CallToolRequestSchema, ({ params }, { requestId, sendNotification }) =>
    told(left, deps, async (): Promise<CallToolResult | CreateTaskResult> => {
      const tool = (await mcpTools(principal, deps)).find(({ name }) => name === params.name);
      if (!tool) throw noTool(params.name);
      const given = argumentsOf(tool, params);
      if ('wrong' in given)
        return failedTool({
          ...{ code: 'invalid-arguments', message: given.wrong },
          hint: 'Correct them and call again.',
        });
      const call = session === undefined ? ulid() : callOf(session, requestId);
      const run = runOfTool(principal, tool, call);
      const token = params._meta?.progressToken;
      const tell = (progress: Progress) =>
        void sendNotification({
          method: 'notifications/progress',
          params: { progressToken: token!, ...progress },
        }).catch(() => undefined);
      // Before it begins, or its first steps would be missed.
      const stop = token === undefined || params.task ? undefined : await follow(run, tool, tell);
      try {
        if (!(await startTool(principal, tool, run, given.value, deps))) throw noTool(params.name);
        if (params.task) return { task: (await describeTask(run, deps)) ?? justBegun(run) };
        return await resultOfTool(run, left, deps);
      } finally {
        stop?.();
      }
    }),
  );

  server.setRequestHandler(GetTaskRequestSchema, ({ params: { taskId } }) =>
    told(left, deps, () => find(taskId).then(({ task }) => task)),
  );

  server.setRequestHandler(GetTaskPayloadRequestSchema, ({ params: { taskId } }) =>
    told(left, deps, async () => {
      const { run } = await find(taskId);
      const result = await resultOfTool(run, left, deps);
      return { ...result, _meta: { ...result._meta, 'io.modelcontextprotocol/related-task': { taskId } } };
    }),
  );

  server.setRequestHandler(CancelTaskRequestSchema, ({ params: { taskId } }) =>
    told(left, deps, async () => {
      const { run, task } = await find(taskId);
      if (task.status !== 'working' || !(await cancelToolRun(run, deps)))
        throw new McpError(ErrorCode.InvalidParams, `The task has ended: ${task.status}.`);
      return { ...task, status: 'cancelled' as const };
    }),
  );
  return server;

  async function follow(run: ToolRun, { target }: McpTool, tell: (progress: Progress) => void) {
    const { workspace } = principal;
    const graph =
      target.kind === 'automation'
        ? await versionGraphsOf(deps.db).get(target.automation.version.id, workspace)
        : undefined;
    return tellProgress(deps, run, (node) => graph?.nodes.get(node)?.name ?? node, tell);
  }

  /** @throws McpError for what is no task of the caller's */
  async function find(taskId: string): Promise<{ run: ToolRun; task: Task }> {
    const run = runOfTask(principal, taskId);
    const task = run && (await describeTask(run, deps));
    if (!run || !task) throw new McpError(ErrorCode.InvalidParams, 'There is no such task.');
    return { run, task };
  }
}

function noTool(name: string): McpError {
  return new McpError(ErrorCode.InvalidParams, `There is no tool "${name}" that you may use.`);
}

function shown({ name, title, description, input, output }: McpTool): Tool {
  return {
    ...{ name, title, description, annotations: { title }, execution: { taskSupport: 'optional' as const } },
    inputSchema: input as Tool['inputSchema'],
    ...(output && { outputSchema: output as Tool['outputSchema'] }),
  };
}

function argumentsOf(
  { input }: McpTool,
  { arguments: given = {} }: CallToolRequest['params'],
): { value: JsonObject } | { wrong: string } {
  const { data, error } = z.fromJSONSchema(input as Parameters<typeof z.fromJSONSchema>[0]).safeParse(given);
  if (!error) return { value: data as JsonObject };
  const issues = error.issues.map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`);
  return { wrong: `The arguments do not fit. ${issues.join('; ')}.` };
}

/** Temporal has it, and can't show it yet. */
function justBegun(run: ToolRun): Task {
  const now = new Date().toISOString();
  return { taskId: taskIdOf(run), status: 'working', ttl: null, createdAt: now, lastUpdatedAt: now };
}

/** What breaks is told in the protocol's words, without a stack, and logged. */
async function told<T>(left: AbortSignal, { log }: Pick<ApiDeps, 'log'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof McpError) throw error;
    if (left.aborted) throw new McpError(ErrorCode.ConnectionClosed, 'The caller has left.');
    const { title, detail, code } = problemBody(toProblem(error, log), 'en');
    throw new McpError(ErrorCode.InternalError, `${title} ${detail}`, { code });
  }
}
