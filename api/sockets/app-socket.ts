/** A socket with what is known of its person: signing it in, and looking its rights up again. */
import type { Socket } from 'socket.io';
import { can } from '../../contracts/access/can.ts';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { personOf } from '../chat/person-of.ts';
import type { ApiDeps } from '../deps.ts';
import { toProblem } from '../problems.ts';
import { askedEvents } from './events.ts';
import { identify } from './identify.ts';
import { chatRoom, hearingRooms, identityRooms, isHearingRoom, runRoom } from './rooms.ts';

export interface SocketData {
  principal: WorkspacePrincipal;
  /** Epoch milliseconds of the last time the rights were looked up. */
  checkedAt: number;
  /** Automation by run. */
  watched: Map<string, string>;
  /** Conversations it watches. */
  chats: Set<string>;
  /** Whatever is done about the socket is done one after the other: no right is taken away while another step still trusts it. */
  turn: Promise<void>;
}
type ChatLeaving = Pick<ApiDeps, 'bus' | 'db' | 'log'>;
export type AppSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** Signs the socket in. False: it is nobody. */
export async function enter(socket: AppSocket, deps: ApiDeps): Promise<boolean> {
  const principal = await identify({ auth: socket.handshake.auth, request: socket.request }, deps);
  if (!principal) return false;
  socket.data = {
    principal,
    checkedAt: Date.now(),
    watched: new Map(),
    chats: new Set(),
    turn: Promise.resolve(),
  };
  await socket.join([...identityRooms(principal), ...(await hearingRooms(principal, deps))]);
  return true;
}

/** Looks the rights up again: the socket leaves what it may not hear any more and joins what it newly may, or is closed. */
export function renew(socket: AppSocket, deps: ApiDeps): Promise<void> {
  const { data } = socket;
  data.turn = data.turn.then(() =>
    renewNow(socket, deps).catch((error: unknown) => {
      // A workspace that the person left is a 404 and no trouble of ours; the rest is logged.
      toProblem(error, deps.log);
      socket.disconnect(true);
    }),
  );
  return data.turn;
}

async function renewNow(socket: AppSocket, deps: ApiDeps): Promise<void> {
  const { data } = socket;
  if (socket.disconnected) return;
  const { workspace } = data.principal;
  const handshake = { auth: socket.handshake.auth, request: socket.request };
  const principal = await identify(handshake, deps, workspace);
  if (!principal) {
    socket.disconnect(true);
    return;
  }
  const rooms = await hearingRooms(principal, deps);
  for (const room of socket.rooms) if (isHearingRoom(room) && !rooms.has(room)) void socket.leave(room);
  for (const [run, automation] of data.watched) {
    const resource = { type: 'automation' as const, id: automation };
    if (await mayDo(principal, askedEvents['run:watch'].action, () => resource, deps)) continue;
    unwatch(socket, run);
  }
  if (data.chats.size > 0 && !can(principal, 'chat.read')) leaveChats(socket, deps);
  for (const conversation of data.chats) {
    const reader = personOf(principal);
    const found = await deps.db.inWorkspace(workspace, ({ chat }) =>
      chat.conversations.get(conversation, reader),
    );
    if (!found) unwatchChat(socket, conversation, deps);
  }
  if (socket.disconnected) return;
  await socket.join([...rooms]);
  data.principal = principal;
  data.checkedAt = Date.now();
}

export function unwatchChat(socket: AppSocket, conversation: string, deps: ChatLeaving): void {
  const { chats, principal } = socket.data;
  if (!chats.delete(conversation)) return;
  void socket.leave(chatRoom(conversation));
  forgetViewer(socket, conversation, deps);
  const { bus } = deps;
  const { workspace, name } = principal;
  bus.publish({
    kind: 'chat.person',
    workspace,
    conversation,
    person: personOf(principal),
    name,
    state: 'gone',
  });
}

/** From now on its person is told of what ends here. When that can't be written down, the time of what was does it. */
export function forgetViewer(socket: AppSocket, conversation: string, { db, log }: ChatLeaving): void {
  const { workspace } = socket.data.principal;
  db.inWorkspace(workspace, ({ chat }) => chat.viewers.leave({ conversation, socket: socket.id })).catch(
    (error: unknown) => log.warn({ err: error, conversation }, 'Who left a conversation could not be stored'),
  );
}

/** All of them: it may not, or it has gone. */
export function leaveChats(socket: AppSocket, deps: ChatLeaving): void {
  for (const conversation of socket.data.chats) unwatchChat(socket, conversation, deps);
}

export function unwatch(socket: AppSocket, run: string): void {
  socket.data.watched.delete(run);
  void socket.leave(runRoom(run));
}
