/**
 * Socket.IO events. A browser says what it looks at and is told of that, and of what its person may see; for each event the server
 * asks the policy (api/sockets/events.ts names the actions).
 */
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
}

/** `code` as in the problems of the API: what is absent and what is another workspace's answer alike, `not-found`. */
export type SocketAnswer = { ok: true } | { ok: false; code: ProblemCode };

export interface ClientToServer {
  'run:watch': (run: string, done?: (answer: SocketAnswer) => void) => void;
  'run:unwatch': (run: string, done?: (answer: SocketAnswer) => void) => void;
}

/** What a socket may say when it connects, beside its cookie. */
export interface SocketHandshake {
  /** An API key, for programs. */
  token?: string;
  /** With a cookie: another of the person's workspaces than the active one. */
  workspace?: string;
}
