/** What the run that gives an answer is started with: who answers, and the branch of messages that it answers. */
import type { LoadedAgent } from '../../contracts/agents/loaded-agent.ts';
import { agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import type { Answerer, Turn } from '../../contracts/chat/conversation.ts';
import { hasEnded } from '../../contracts/chat/message.ts';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import type { Repositories } from '../../db/index.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { createOfferedTools } from '../agents/offered-tools.ts';
import { type AutomationAnswer, automationAnswer } from './automation-answer.ts';
import type { ChatDeps } from './chat-deps.ts';
import { transcriptOf } from './transcript.ts';

export interface BeginAnswerInput {
  workspace: string;
  conversation: string;
  turn: Turn;
}

export type BegunAnswer =
  /** It has ended, or is not there any more: nobody waits for it. */
  | { kind: 'over' }
  | {
      kind: 'agent';
      agent: { id: string; name: string };
      version: { id: string; number: number };
      /** Left out: the agent or its version is gone, which its run tells. */
      loaded?: LoadedAgent | undefined;
      /** Of somebody who tries it in its editor. */
      isTrial?: boolean | undefined;
      messages: ChatMessage[];
      /** Nobody has given the conversation a title, and it is to have one. */
      wantsTitle: boolean;
    }
  | ({ kind: 'automation'; wantsTitle: boolean } & AutomationAnswer);

/** @throws ApplicationFailure `answerer-unavailable`. What the database throws is Temporal's to retry. */
export type BeginAnswer = (input: BeginAnswerInput) => Promise<BegunAnswer>;

type AgentAnswerer = Extract<Answerer, { kind: 'agent' }>;

/** Messages that a model is given. Agents summarize what is old by themselves; this is what a branch of years would be cut to. */
const mostMessages = 200;
/** Reads as nobody in particular. */
const reader = '';

export function createBeginAnswer({ db }: Pick<ChatDeps, 'db'>): BeginAnswer {
  const graphs = versionGraphsOf(db);
  const offeredTools = createOfferedTools(db);

  /** Who answers and what, read and written down in one moment. */
  function agentAnswer(
    { workspace, conversation, turn: { message, member } }: BeginAnswerInput,
    answerer: AgentAnswerer,
  ) {
    return db.atOnce(workspace, async (repositories) => {
      const asked = await repositories.chat.askedAnswer({ conversation, message, limit: mostMessages });
      if (!asked || hasEnded(asked.state)) return undefined;
      const answers = await agentOf(answerer, repositories);
      await repositories.agentRuns.begin({
        ...{ run: message, agent: answers.agent, version: answers.version, conversation },
        ...{ trigger: asked.trial ? 'playground' : 'chat', startedBy: member, state: 'running' },
        workflowId: agentWorkflowIdOf({ workspace, agent: answerer.agent, run: message }),
      });
      return { asked, answers };
    });
  }

  async function byAgent(input: BeginAnswerInput, answerer: AgentAnswerer): Promise<BegunAnswer> {
    const found = await agentAnswer(input, answerer);
    if (!found) return { kind: 'over' };
    const { title, trial, branch } = found.asked;
    const { definition: stored, ...who } = found.answers;
    const loaded = stored && (await offeredTools(input.workspace, stored));
    return {
      ...{ kind: 'agent', ...who },
      ...(loaded && { loaded: { ...who, ...loaded } }),
      messages: transcriptOf(branch, new Set(loaded?.definition.tools.map(({ name }) => name))),
      wantsTitle: title === '' && !trial,
      ...(trial && { isTrial: true }),
    };
  }

  const byAutomation = (
    { workspace, conversation, turn: { message } }: BeginAnswerInput,
    answerer: Extract<Answerer, { kind: 'automation' }>,
  ) =>
    db.inWorkspace(workspace, async (repositories): Promise<BegunAnswer> => {
      const { chat } = repositories;
      const answer = await chat.messages.get(conversation, message, reader);
      const about = await chat.conversations.ownerOf(conversation);
      if (!answer?.parent || !about || hasEnded(answer.state)) return { kind: 'over' };
      const branch = await chat.messages.branch(conversation, answer.parent, { limit: mostMessages, reader });
      const start = await automationAnswer(graphs, workspace, answerer, branch?.items ?? [], repositories);
      return { kind: 'automation', ...start, wantsTitle: about.title === '' };
    });

  return (input) => {
    const { answerer } = input.turn;
    return answerer.kind === 'agent' ? byAgent(input, answerer) : byAutomation(input, answerer);
  };
}

/** One that is gone is for its run to tell. */
async function agentOf({ agent, version }: AgentAnswerer, { agents, agentVersions }: Repositories) {
  const names = await agents.names([agent]);
  const pinned = version === '' ? undefined : await agentVersions.get(agent, version);
  const draft = version === '' ? (await agents.get(agent))?.draft : undefined;
  return {
    agent: { id: agent, name: names.get(agent) ?? '' },
    version: { id: version, number: pinned?.number ?? 0 },
    definition: pinned?.definition ?? draft,
  };
}
