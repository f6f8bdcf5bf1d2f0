/**
 * A call of a tool that is an effect of its own: HTTP, code, pages of the web, and reading on in a long result. A failure is no failure
 * of the run: it is what the model is given, for it may know another way.
 */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { toolKeyOf } from '../../contracts/agents/run.ts';
import type { HttpTool, Tool } from '../../contracts/agents/tool.ts';
import type { ToolCallInput, ToolOutcome } from '../../contracts/agents/work.ts';
import { codeNode } from '../../contracts/catalogue/code.ts';
import type { Citation } from '../../contracts/chat/message.ts';
import { type EffectInput, StepFailure, stepFailureType } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { FileContent } from '../../contracts/models/chat.ts';
import type { Failure } from '../../contracts/run.ts';
import { httpParametersOf, pathProblem } from '../../engine/agents/http-call.ts';
import { shortened } from '../../engine/agents/shorten.ts';
import { whileBeating } from '../heartbeat.ts';
import { activityFailure, finalFailure } from '../step-failed.ts';
import type { AgentDeps } from './agent-deps.ts';
import { readFile } from './read-file.ts';
import { searchKnowledge } from './search-knowledge.ts';
import { failureText, tellToolCall } from './tell-tool-call.ts';

/** @throws ApplicationFailure that Temporal is to try again; CancelledFailure */
export type CallTool = (input: ToolCallInput) => Promise<ToolOutcome>;

const retry = { maxAttempts: 3, initialIntervalMs: 1_000, backoff: 3, maxIntervalMs: 30_000 };
const timeoutMs = 120_000;
/** Characters of a result that are kept. */
const longestKept = 2_000_000;

interface ToolValue {
  value: JsonValue;
  shows?: FileContent[];
  citations?: Citation[];
}

export function createCallTool(deps: AgentDeps): CallTool {
  return async (input) => {
    const { attempt } = Context.current().info;
    await tellToolCall(deps, input, { state: 'running', attempt });
    try {
      const { value, shows, citations } = await toolValue(input);
      const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestKept);
      await tellToolCall(deps, input, { state: 'succeeded', attempt, result: text, citations });
      return { text: shortened(text, input.call), ...(shows && { shows }) };
    } catch (error) {
      const failure = finalFailureOf(error);
      if (!failure) throw error;
      await tellToolCall(deps, input, { state: 'failed', attempt, failure });
      return { text: failureText(failure), failure };
    }
  };

  async function toolValue(input: ToolCallInput): Promise<ToolValue> {
    const { tool, arguments: given } = input;
    switch (tool.kind) {
      case 'http':
        return { value: await overHttp(tool, input) };
      case 'code': {
        const { items } = await deps.effects.code(
          effectInput(input, codeParameters(tool), [{ json: given }]),
        );
        return { value: valuesOf(items) };
      }
      case 'web-fetch': {
        const parameters = { url: String(given.url ?? ''), hosts: tool.hosts };
        const { items } = await deps.effects['web-fetch'](effectInput(input, parameters));
        return { value: items[0]?.json.text ?? '' };
      }
      case 'mcp': {
        const { server, tool: name } = tool;
        const parameters = {
          server,
          tool: name,
          arguments: given,
          ...(input.member && { member: input.member }),
        };
        const { items } = await deps.effects['mcp-call'](effectInput(input, parameters));
        const { text = '', shows = [] } = (items[0]?.json ?? {}) as { text?: string; shows?: FileContent[] };
        return { value: text, ...(shows.length > 0 && { shows }) };
      }
      case 'files':
        return await readFile(deps, input, given).catch(toFailed);
      case 'knowledge':
        // Effects beat by themselves; a model that makes a vector may take longer than Temporal waits for a sign of life.
        return await whileBeating((signal) => searchKnowledge(deps.knowledge, tool, input, signal)).catch(
          toFailed,
        );
      default:
        throw finalFailure({
          code: 'tool-not-available',
          message: `The tool "${tool.name}" can't be used here.`,
          hint: 'Take another one.',
        });
    }
  }

  async function overHttp(tool: HttpTool, input: ToolCallInput): Promise<JsonValue> {
    const problem = pathProblem(tool, input.arguments);
    if (problem) throw finalFailure({ code: 'bad-arguments', message: problem, hint: 'Give another value.' });
    const parameters = httpParametersOf(tool, input.arguments);
    const { items } = await deps.effects['http-request'](effectInput(input, parameters));
    return valuesOf(items);
  }
}

function codeParameters({ code }: Extract<Tool, { kind: 'code' }>): JsonObject {
  return codeNode.parameters.parse({ code, mode: 'allItems' }) as JsonObject;
}

function effectInput(
  { workspace, agent, run, step, call, tool, now }: ToolCallInput,
  parameters: JsonObject,
  items: Item[] = [],
): EffectInput {
  return {
    context: {
      ...{ workspace, automation: agent, run, node: tool.name, nodeName: tool.name, index: step },
      idempotencyKey: toolKeyOf(run, step, call),
    },
    typeVersion: 1,
    ...{ parameters, items, now, timezone: 'UTC', retry, timeoutMs },
  };
}

/** One thing as itself, several as a list. */
export function valuesOf(items: readonly Item[]): JsonValue {
  return items.length === 1 ? items[0]!.json : items.map(({ json }) => json);
}

/** Undefined: it is tried again, or was cancelled. */
function finalFailureOf(error: unknown): Failure | undefined {
  if (!(error instanceof ApplicationFailure) || error.type !== stepFailureType || !error.nonRetryable)
    return undefined;
  return error.details?.[0] as Failure;
}

function toFailed(error: unknown): never {
  if (!(error instanceof StepFailure)) throw error;
  const isLast = Context.current().info.attempt >= retry.maxAttempts;
  throw isLast ? finalFailure(error.failure) : activityFailure(error);
}
