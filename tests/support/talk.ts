/** A conversation with an agent, as the API holds it: rows first, then the turn. */
import { ulid } from 'ulid';
import { eventually } from '../../api/testing/eventually.ts';
import type { Message } from '../../contracts/api/conversations.ts';
import {
  type Answerer,
  conversationIdOf,
  type SendAnswer,
  type WhileBusy,
} from '../../contracts/chat/conversation.ts';
import { hasEnded } from '../../contracts/chat/message.ts';
import { sendTurn } from '../../runs/chat/send-turn.ts';
import { stopTurns } from '../../runs/chat/stop-turns.ts';
import type { RunDeps } from '../../runs/run-deps.ts';

export interface Asked {
  answer: string;
  taken: SendAnswer | 'busy';
}

export interface Talk {
  conversation: string;
  workflowId: string;
  /** Behind the last message. */
  ask(text: string, whileBusy?: WhileBusy): Promise<Asked>;
  /** Both messages as rows, and nothing else: a process that died before it sent the turn. */
  write(text: string): Promise<string>;
  /** Sends the turn of an answer, as whoever repeats a call does. */
  send(answer: string, whileBusy?: WhileBusy): Promise<SendAnswer | 'busy'>;
  stop(message?: string): Promise<string[]>;
  read(answer: string): Promise<Message>;
  /** Resolves when the answer has ended. */
  ended(answer: string): Promise<Message>;
  title(): Promise<string>;
}

const ana = { person: 'user:ana', name: 'Ana' };

/** @param whom id of an agent, or of an automation, that is published. @param trial the agent's draft answers */
export async function beginTalk(
  { db, temporal }: Pick<RunDeps, 'db' | 'temporal'>,
  workspace: string,
  whom: string,
  kind: Answerer['kind'] = 'agent',
  trial?: 'draft',
): Promise<Talk> {
  const { conversation, version } = await db.inWorkspace(
    workspace,
    async ({ chat, agents, automations }) => ({
      conversation: await chat.conversations.create({
        ...{ owner: ana.person, with: { kind, id: whom }, visibility: 'private', trial },
      }),
      version: trial ? '' : (await (kind === 'agent' ? agents : automations).published(whom))!.version.id,
    }),
  );
  const place = { workspace, conversation };
  const answerer: Answerer =
    kind === 'agent' ? { kind, agent: whom, version } : { kind, automation: whom, version };
  let leaf: string | undefined;

  async function write(text: string): Promise<string> {
    const answer = ulid();
    await db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.addTurn({
        ...{ conversation, question: ulid(), answer, author: ana, parent: leaf, answerer },
        parts: [{ type: 'text', text }],
      }),
    );
    leaf = answer;
    return answer;
  }
  const send = (message: string, whileBusy: WhileBusy = 'enqueue') =>
    sendTurn({ temporal }, place, { message, answerer, whileBusy });
  const read = async (answer: string) =>
    (await db.inWorkspace(workspace, ({ chat }) => chat.messages.get(conversation, answer, ana.person)))!;

  return {
    conversation,
    workflowId: conversationIdOf(workspace, conversation),
    async ask(text, whileBusy) {
      const answer = await write(text);
      return { answer, taken: await send(answer, whileBusy) };
    },
    ...{ write, send, read },
    stop: async (message) => (await stopTurns({ temporal }, place, { message })).stopping,
    ended: (answer) =>
      eventually(
        () => read(answer),
        ({ state }) => hasEnded(state),
      ),
    async title() {
      const about = await db.inWorkspace(workspace, ({ chat }) => chat.conversations.ownerOf(conversation));
      return about?.title ?? '';
    },
  };
}
