/**
 * Socket.IO events. A browser says what it looks at and is told of that, and of what its person may see; for each event the server
 * asks the policy (api/sockets/events.ts names the actions).
 */
import type { AnswerBatch } from '../chat/stream.ts';
import type { ProblemCode } from '../problems.ts';
import type { RunEvent } from '../run.ts';
import type { RunState } from '../states.ts';

export interface ServerToClient {
  /** Events of a run the socket watches; those at or below the last seen `seq` may come again. */
  'run:events': (message: {
    run: string;
    automation: string;
    events: RunEvent[];
    partial?: boolean | undefined;
  }) => void;
  /** A run changed its state: any of the workspace, or of the automations shared with the person. */
  'run:state': (message: { run: string; automation: string; state: RunState }) => void;
  'automation:changed': (message: { automation: string }) => void;
  /** Some approval was opened, decided or closed: who is asked looks again. */
  'approval:changed': (message: { approval: string }) => void;
  /** An answer of a watched conversation has grown. */
  'chat:answer': (message: AnswerBatch) => void;
  /** Messages came or went, or what is said of a conversation has changed: of one's own, and of those open to all. */
  'chat:changed': (message: { conversation: string; messages: string[] }) => void;
  /** Of a watched conversation: who else is here, types, or has gone. */
  'chat:person': (message: ChatPerson) => void;
  /** One's own notifications have changed. */
  'notification:changed': (message: Record<string, never>) => void;
}

export interface ChatPerson {
  conversation: string;
  /** `user:<id>` or `key:<id>`. */
  person: string;
  name: string;
  state: 'here' | 'typing' | 'gone';
}

/** `code` as in the problems of the API: what is absent and what is another workspace's answer alike, `not-found`. */
export type SocketAnswer = { ok: true } | { ok: false; code: ProblemCode };

export interface ClientToServer {
  'run:watch': (run: string, done?: (answer: SocketAnswer) => void) => void;
  'run:unwatch': (run: string, done?: (answer: SocketAnswer) => void) => void;
  /** From its answer on the socket gets all that is new: ask for the messages after it. */
  'chat:watch': (conversation: string, done?: (answer: SocketAnswer) => void) => void;
  'chat:unwatch': (conversation: string, done?: (answer: SocketAnswer) => void) => void;
  /** Others are told; say it again every few seconds while it goes on. */
  'chat:typing': (conversation: string, done?: (answer: SocketAnswer) => void) => void;
}

/** What a socket may say when it connects, beside its cookie. */
export interface SocketHandshake {
  /** An API key, for programs. */
  token?: string;
  /** With a cookie: another of the person's workspaces than the active one. */
  workspace?: string;
}
