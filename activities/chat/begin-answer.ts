/** What the run that gives an answer is started with: who answers, and the branch of messages that it answers. */
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import type { Message } from '../../contracts/api/conversations.ts';
import type { Turn } from '../../contracts/chat/conversation.ts';
import { hasEnded } from '../../contracts/chat/message.ts';
import type { ChatMessage } from '../../contracts/models/chat.ts';
import type { Repositories } from '../../db/index.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
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
      /** A draft. */
      definition?: AgentDefinition | undefined;
      /** Of somebody who tries it in its editor. */
      isTrial?: boolean | undefined;
      messages: ChatMessage[];
      /** Nobody has given the conversation a title, and it is to have one. */
      wantsTitle: boolean;
    }
  | ({ kind: 'automation'; wantsTitle: boolean } & AutomationAnswer);

/** @throws ApplicationFailure `answerer-unavailable`. What the database throws is Temporal's to retry. */
export type BeginAnswer = (input: BeginAnswerInput) => Promise<BegunAnswer>;

/** Messages that a model is given. Agents summarize what is old by themselves; this is what a branch of years would be cut to. */
const mostMessages = 200;
/** Reads as nobody in particular. */
const reader = '';

export function createBeginAnswer({ db }: Pick<ChatDeps, 'db'>): BeginAnswer {
  const graphs = versionGraphsOf(db);
  return ({ workspace, conversation, turn: { message, answerer } }) =>
    db.inWorkspace(workspace, async (repositories) => {
      const { chat } = repositories;
      const answer = await chat.messages.get(conversation, message, reader);
      const about = await chat.conversations.ownerOf(conversation);
      if (!answer?.parent || !about || hasEnded(answer.state)) return { kind: 'over' };
      const branch = await chat.messages.branch(conversation, answer.parent, {
        ...{ limit: mostMessages, reader },
      });
      if (answerer.kind === 'automation') {
        const start = await automationAnswer(graphs, workspace, answerer, branch?.items ?? [], repositories);
        return { kind: 'automation', ...start, wantsTitle: about.title === '' };
      }
      const agent = await agentOf(answerer, branch?.items ?? [], repositories);
      const isTrial = about.trial !== null;
      return {
        ...{ kind: 'agent', ...agent, wantsTitle: about.title === '' && !isTrial },
        ...(isTrial && { isTrial }),
      };
    });
}

/** An agent that is gone is for its run to tell. */
async function agentOf(
  { agent, version }: Extract<Turn['answerer'], { kind: 'agent' }>,
  messages: readonly Message[],
  { agents, agentVersions }: Repositories,
) {
  const names = await agents.names([agent]);
  const pinned = version === '' ? undefined : await agentVersions.get(agent, version);
  const draft = version === '' ? (await agents.get(agent))?.draft : undefined;
  const definition = pinned?.definition ?? draft;
  const tools = new Set(definition?.tools.map(({ name }) => name));
  return {
    agent: { id: agent, name: names.get(agent) ?? '' },
    version: { id: version, number: pinned?.number ?? 0 },
    ...(draft && { definition: draft }),
    messages: transcriptOf(messages, tools),
  };
}
