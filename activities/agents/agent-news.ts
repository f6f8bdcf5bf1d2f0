/** What the workflow of an agent's run tells: of itself, and of the tool calls that it sees to itself. Each may be told twice. */
import type { AgentRunNews, ToolCallNews } from '../../contracts/agents/work.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { AgentRunProgress, Repositories } from '../../db/index.ts';
import { longestPiece, pieceOf, shortened } from '../../engine/agents/shorten.ts';
import { emitSystemEvent } from '../../runs/events/emit-event.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { tellChangeOf } from '../chat/tell-change-of.ts';
import { tellWatchersOf } from '../runs/tell-watchers.ts';
import type { AgentDeps } from './agent-deps.ts';
import { tellToolCall } from './tell-tool-call.ts';

export interface AgentRunEnd extends AgentRunNews {
  progress: AgentRunProgress;
  /** Agents that delegated wait for it; nobody else does. */
  isPart: boolean;
  /** The run of an automation that called it: events in a circle are counted by it. */
  causedBy?: string | undefined;
}

export interface AgentNews {
  /** @returns the result as the model is to have it */
  tellToolCall(news: ToolCallNews): Promise<string>;
  tellAgentRun(news: AgentRunNews): Promise<void>;
  endAgentRun(end: AgentRunEnd): Promise<void>;
  /** Reads on in the result of a call. */
  readResult(of: { workspace: string; run: string; call: string; from: number }): Promise<string>;
}

/** The workflow's own news come after each other: one attempt, as `agent_steps` counts them. */
const attempt = 1;

export function createAgentNews(deps: AgentDeps): AgentNews {
  const { db, log, answers, runs, bus } = deps;
  const events = runs && { ...runs, graphs: versionGraphsOf(db), log };
  return {
    async tellToolCall(news) {
      const { state, result, failure, asks, child } = news;
      const text = result === undefined ? undefined : textOf(result);
      await tellToolCall(deps, news, { state, attempt, result: text, failure, asks, child });
      return text === undefined ? '' : shortened(text, news.call);
    },

    async tellAgentRun({ workspace, run, state, target }) {
      await db.inWorkspace(workspace, ({ agentRuns }) => agentRuns.state(run, state));
      if (target && (state === 'running' || state === 'waiting'))
        await answers?.setState(workspace, target, { state });
      // The record says more than the message: that it is paused.
      if (target) await tellChangeOf({ db, bus }, { workspace, conversation: target.conversation });
    },

    async endAgentRun({ workspace, run, agent, state, progress, isPart, causedBy }) {
      const isTold = !isPart && state !== 'stopped';
      const isPrivate = await db.atOnce(workspace, async (repositories) => {
        await repositories.agentRuns.progress(run, progress);
        return isTold && (await isOfPrivateTalk(run, repositories));
      });
      if (causedBy && runs) await tellWatchersOf([run], { db, client: runs.temporal });
      if (!events || !isTold) return;
      const { text, output, failure, steps, cost } = progress;
      await emitSystemEvent(events, workspace, {
        name: state === 'failed' ? 'agent.failed' : 'agent.finished',
        source: { kind: 'system', ...(causedBy && { run: causedBy }) },
        key: ['agent', run],
        data: {
          ...{ agent: { ...agent }, run, state, steps, cost },
          ...(text !== undefined && !isPrivate && { text: text.slice(0, 20_000) }),
          ...(output !== undefined && !isPrivate && { output }),
          ...(failure && { failure: { code: failure.code, message: failure.message } }),
        },
      });
    },

    async readResult({ workspace, run, call, from }) {
      const found = await db.inWorkspace(workspace, ({ agentRuns }) =>
        agentRuns.result(run, call, { from, length: longestPiece }),
      );
      if (!found) return 'There is no such result: take "call" from the note at the end of a long one.';
      if (from >= found.length) return `The result ends at ${found.length}.`;
      return pieceOf(found.text, { from, length: found.length, call });
    },
  };
}

/** What is said in a conversation that is not open to all is not for the page of events either. */
async function isOfPrivateTalk(
  run: string,
  { agentRuns, chat }: Pick<Repositories, 'agentRuns' | 'chat'>,
): Promise<boolean> {
  const conversation = (await agentRuns.get(run))?.conversation;
  if (conversation === undefined) return false;
  return (await chat.conversations.ownerOf(conversation))?.visibility !== 'workspace';
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
