/**
 * Every socket event with the action it takes: what clients may ask, and what they are told unasked. The types hold that no event
 * of the contract is without a line here, and the matrix of tests/access walks these tables.
 */
import { z } from 'zod';
import type { Action } from '../../contracts/access/actions.ts';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import type { Resource } from '../route.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';

/** What an event may do with the socket it came from. */
export interface Viewer {
  workspace: string;
  /** As conversations know them: `user:<id>` or `key:<id>`. */
  person: string;
  name: string;
  isWatchingChat(conversation: string): boolean;
  /** @throws ApiProblem `rate-limited` when it watches as many conversations as it may */
  watchChat(conversation: string): Promise<void>;
  unwatchChat(conversation: string): void;
  /** @throws ApiProblem `rate-limited` when it watches as many runs as it may */
  watch(run: string, automation: string): Promise<void>;
  unwatch(run: string): void;
}

export interface AskedEvent {
  action: Action;
  payload: z.ZodType<string>;
  /** The resource whose grants may allow what the role does not. */
  resource?(
    payload: string,
    context: { workspace: string; db: ApiDeps['db'] },
  ): Promise<Resource | undefined>;
  /** @throws ApiProblem */
  handle(payload: string, viewer: Viewer, deps: ApiDeps): Promise<void>;
}

const id = z.string().min(1).max(200);

export const askedEvents: Readonly<Record<keyof ClientToServer, AskedEvent>> = {
  'run:watch': {
    action: 'run.view',
    payload: id,
    resource: automationOfRun,
    /** Once this answers, the record has what happened before and the socket gets what comes after. */
    async handle(run, viewer, { db, writer }) {
      const found = await db.inWorkspace(viewer.workspace, ({ runs }) => runs.get(run));
      if (!found) throw notFound('run');
      await viewer.watch(run, found.automation.id);
      await writeWhatIsKnown(writer);
    },
  },
  'run:unwatch': {
    action: 'run.list',
    payload: id,
    async handle(run, viewer) {
      viewer.unwatch(run);
    },
  },
  'chat:watch': {
    action: 'chat.read',
    payload: id,
    async handle(conversation, viewer, { db, bus }) {
      const { workspace, person, name } = viewer;
      const found = await db.inWorkspace(workspace, ({ chat }) =>
        chat.conversations.get(conversation, person),
      );
      if (!found) throw notFound('conversation');
      await viewer.watchChat(conversation);
      bus.publish({ kind: 'chat.person', workspace, conversation, person, name, state: 'here', asks: true });
    },
  },
  'chat:typing': {
    action: 'chat.read',
    payload: id,
    async handle(conversation, { workspace, person, name, isWatchingChat }, { bus }) {
      if (!isWatchingChat(conversation)) throw notFound('conversation');
      bus.publish({ kind: 'chat.person', workspace, conversation, person, name, state: 'typing' });
    },
  },
  'chat:unwatch': {
    action: 'chat.read',
    payload: id,
    async handle(conversation, viewer) {
      viewer.unwatchChat(conversation);
    },
  },
};

/** Told to who watches, which the asked events decide, or to one person alone. */
type DirectEvent = 'chat:answer' | 'chat:person' | 'notification:changed';

/** Told to the sockets whose person may do the action: to the whole workspace by role, or to one automation by grant. */
export const toldEvents: Readonly<Record<Exclude<keyof ServerToClient, DirectEvent>, Action>> = {
  /** Only to who watches the run, which `run:watch` decided. */
  'run:events': 'run.view',
  'run:state': 'run.view',
  'automation:changed': 'automation.view',
  // Its id only: what it says is for who asks the API.
  'approval:changed': 'approval.list',
  // Of conversations that are open to all; the owner of another is told alone.
  'chat:changed': 'chat.read',
};
