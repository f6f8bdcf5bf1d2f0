/**
 * Asks an agent: a run of what is published of it, as durable as any. The caller hears it while it listens; when it leaves, the run is
 * stopped, and what had come by then is paid. A process of ours that dies takes the caller's connection along and nothing else.
 */
import { WorkflowFailedError } from '@temporalio/client';
import type { AgentRunResult } from '../../contracts/agents/run.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import { contentHash } from '../../db/index.ts';
import { commandAgentRun } from '../../runs/agents/command-agent-run.ts';
import { startAgentRun } from '../../runs/agents/start-agent-run.ts';
import { newRunId } from '../../runs/new-run-id.ts';
import { runIdOf } from '../../runs/start-run.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { failureOfWorkflow } from '../runs/failure-of-workflow.ts';
import { createAgentWords, joinTexts } from './agent-words.ts';
import type { Answered, Asking } from './answered.ts';
import { noSuchModel, OpenAiError, ofRun } from './openai-error.ts';

export interface AgentToAsk {
  principal: WorkspacePrincipal;
  agent: string;
  /** As the caller named it. */
  model: string;
  messages: ChatMessage[];
  /** JSON schema of the answer, which then is that and nothing else. */
  output?: JsonObject | undefined;
  /** Somebody reads the words as they come. */
  isFollowed: boolean;
  /** Of the caller's, for a request that may come twice. */
  idempotencyKey?: string | undefined;
  signal: AbortSignal;
}

type Deps = Pick<ApiDeps, 'db' | 'temporal' | 'bus' | 'publicUrl' | 'log'>;

/** Resolves when Temporal has the run. @throws OpenAiError, and what says that Temporal can't be reached */
export async function askAgent(ask: AgentToAsk, deps: Deps): Promise<Asking> {
  const { principal, agent, model, messages, output, idempotencyKey, signal } = ask;
  const { workspace, user } = principal;
  const published = await deps.db.inWorkspace(workspace, ({ agents }) => agents.published(agent));
  if (!published) throw noSuchModel(model);
  const run =
    idempotencyKey === undefined
      ? newRunId()
      : runIdOf(workspace, 'v1', agent, idempotencyKey, contentHash({ messages, output }));
  const isFollowed = ask.isFollowed && output === undefined;
  const listening = isFollowed ? listen(deps, run) : undefined;
  try {
    const { workflowId } = await startAgentRun(deps, {
      ...{ run, workspace, agent: published.agent, version: published.version, messages, output },
      ...{ trigger: 'api', startedBy: user },
      ...(isFollowed && { followed: true }),
    });
    const leave = () =>
      void commandAgentRun(deps, workflowId, { kind: 'stop' }).catch((err: unknown) =>
        deps.log.warn({ err, run }, 'A run whose caller has left could not be stopped'),
      );
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    return {
      run,
      async answer(onChunk) {
        const say = (text: string) => onChunk({ kind: 'text', text });
        try {
          const words = listening?.into(say);
          const result = await resultOf(deps, workflowId, run);
          const texts = textsOf(result, output);
          if (words && !words.end(texts)) throw rewritten(run);
          const text = joinTexts(texts);
          if (!words && text !== '') say(text);
          return await answeredBy(result, text, { workspace, run }, deps);
        } finally {
          listening?.stop();
          signal.removeEventListener('abort', leave);
        }
      },
    };
  } catch (error) {
    listening?.stop();
    throw error;
  }
}

/** From before the run begins: what comes until somebody wants it is kept for them. */
function listen({ bus }: Pick<Deps, 'bus'>, run: string) {
  let early: string[] | undefined = [];
  let say = (text: string): void => {
    early?.push(text);
  };
  const words = createAgentWords((text) => say(text));
  const stop = bus.subscribe((message) => {
    if (message.kind === 'agent.said' && message.run === run) words.hear(message);
  });
  return {
    stop,
    into(hear: (text: string) => void) {
      for (const text of early ?? []) hear(text);
      early = undefined;
      say = hear;
      return words;
    },
  };
}

/** @throws OpenAiError of a run that failed */
async function resultOf({ temporal }: Pick<Deps, 'temporal'>, workflowId: string, run: string) {
  try {
    return (await temporal.workflow.getHandle(workflowId).result()) as AgentRunResult;
  } catch (error) {
    if (error instanceof WorkflowFailedError) throw ofRun(failureOfWorkflow(error), run);
    throw error;
  }
}

function textsOf({ messages, output }: AgentRunResult, schema: JsonObject | undefined): string[] {
  // One that was stopped has none.
  if (schema) return output === undefined ? [] : [JSON.stringify(output)];
  return messages.flatMap((message) => (message.role === 'assistant' ? [message.content] : []));
}

/** By the ledger, not by the run's own count: calls that were made again after a crash have cost something too. */
async function answeredBy(
  { by }: AgentRunResult,
  text: string,
  { workspace, run }: { workspace: string; run: string },
  { db }: Pick<Deps, 'db'>,
): Promise<Answered> {
  const booked = await db.inWorkspace(workspace, ({ models }) => models.usage.ofAgentRun(run));
  const here = {
    ...{ provider: by?.providerName ?? '', model: by?.model ?? '' },
    ...{ cost: booked.cost, estimated: booked.usage.estimated, run },
  };
  return { text, reasoning: '', toolCalls: [], finish: 'stop', usage: booked.usage, here };
}

function rewritten(run: string): OpenAiError {
  return new OpenAiError({
    ...{ status: 500, code: 'answer-rewritten', headers: { 'x-should-retry': 'false' } },
    message: `A process of ours died while the agent answered, and the answer that was begun anew is another one. The whole is at /api/v1/agent-runs/${run}.`,
  });
}
