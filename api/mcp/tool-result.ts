/** What a run gave, as the result of a tool. A failure is a result too: the model that called is to read what went wrong. */
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { WorkflowFailedError } from '@temporalio/client';
import type { AgentRunResult } from '../../contracts/agents/run.ts';
import type { Item } from '../../contracts/item.ts';
import type { Failure, RunResult } from '../../contracts/run.ts';
import type { ApiDeps } from '../deps.ts';
import { failureOfWorkflow } from '../runs/failure-of-workflow.ts';
import { filesOfResult } from './files-of-result.ts';
import type { ToolRun } from './tool-run.ts';

/** Characters. What is longer no model reads, and a client may choke on. */
const longest = 1_000_000;

/**
 * Resolves when the run has ended, however.
 *
 * @param left ends the waiting, not the run
 * @throws what says that Temporal can't be reached, or knows of no such run
 */
export async function resultOfTool(
  { workspace, kind, run, workflowId }: ToolRun,
  left: AbortSignal,
  { temporal, objects }: Pick<ApiDeps, 'temporal' | 'objects'>,
): Promise<CallToolResult> {
  try {
    const result: unknown = await temporal.withAbortSignal(left, () =>
      temporal.workflow.getHandle(workflowId).result(),
    );
    const { items = [] } = result as RunResult;
    const { text, structured } = kind === 'agent' ? ofAgent(result as AgentRunResult) : ofItems(items);
    if (text.length > longest) return failedTool(tooLong(text.length), run);
    return {
      content: [{ type: 'text', text }, ...(await filesOfResult(items, { workspace, run }, objects.store))],
      ...(structured && { structuredContent: structured }),
      _meta: { 'hiviex/run': run },
    };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return failedTool(failureOfWorkflow(error), run);
  }
}

export function failedTool({ code, message, hint = '' }: Failure, run?: string): CallToolResult {
  return {
    isError: true,
    content: [{ type: 'text', text: `${message} ${hint}`.trim() }],
    _meta: { 'hiviex/code': code, ...(run !== undefined && { 'hiviex/run': run }) },
  };
}

interface Content {
  text: string;
  structured?: Record<string, unknown>;
}

function ofAgent({ text, output }: AgentRunResult): Content {
  if (output === undefined) return { text };
  return { text: JSON.stringify(output), structured: output as Record<string, unknown> };
}

/** One thing as itself, several as a list. */
function ofItems(items: readonly Item[]): Content {
  const [first, ...more] = items.map(({ json }) => json);
  const structured = first && more.length === 0 ? first : { items: first ? [first, ...more] : [] };
  return { text: JSON.stringify(structured), structured };
}

function tooLong(length: number): Failure {
  return {
    code: 'result-too-large',
    message: `The result has ${length} characters; ${longest} at most are given back.`,
    hint: 'It is kept with the run in Hiviex. Let the automation give back less.',
  };
}
