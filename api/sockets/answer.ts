/** What a client asks over its socket, through the policy and back. */
import type { SocketAnswer } from '../../contracts/api/sockets.ts';
import { mayDo } from '../access/authorize.ts';
import { personOf } from '../chat/person-of.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, toProblem } from '../problems.ts';
import { type AppSocket, forgetViewer, renew, unwatch, unwatchChat } from './app-socket.ts';
import type { AskedEvent, Viewer } from './events.ts';
import { chatRoom, runRoom } from './rooms.ts';

/** Runs one socket may watch at a time. */
const mostWatched = 100;
/** Milliseconds that rights count as known when a socket asks for something. */
const trustMs = 1_000;

/** Never throws: what goes wrong is in the answer. */
export async function answer(
  socket: AppSocket,
  event: AskedEvent,
  payload: unknown,
  deps: ApiDeps,
): Promise<SocketAnswer> {
  const { data } = socket;
  if (Date.now() - data.checkedAt > trustMs) void renew(socket, deps);
  const said = data.turn.then(async (): Promise<SocketAnswer> => {
    if (socket.disconnected) return { ok: false, code: 'unauthorized' };
    try {
      await handle(socket, event, payload, deps);
      return { ok: true };
    } catch (error) {
      return { ok: false, code: toProblem(error, deps.log).code };
    }
  });
  data.turn = said.then(() => undefined);
  return said;
}

/** As for a route: the right first, then what was sent, then whether there is such a thing. */
async function handle(socket: AppSocket, event: AskedEvent, payload: unknown, deps: ApiDeps): Promise<void> {
  const { principal } = socket.data;
  const { workspace } = principal;
  const parsed = event.payload.safeParse(payload);
  const resource = () =>
    parsed.success ? event.resource?.(parsed.data, { workspace, db: deps.db }) : undefined;
  if (!(await mayDo(principal, event.action, resource, deps))) throw new ApiProblem('forbidden');
  if (!parsed.success) throw new ApiProblem('invalid-request');
  await event.handle(parsed.data, viewerOf(socket, deps), deps);
}

function viewerOf(socket: AppSocket, deps: ApiDeps): Viewer {
  const { watched, chats, principal } = socket.data;
  return {
    workspace: principal.workspace,
    person: personOf(principal),
    name: principal.name,
    isWatchingChat: (conversation) => chats.has(conversation),
    async watchChat(conversation) {
      if (chats.size >= mostWatched && !chats.has(conversation)) throw new ApiProblem('rate-limited');
      if (socket.disconnected) throw new ApiProblem('unauthorized');
      chats.add(conversation);
      await socket.join(chatRoom(conversation));
      const viewer = { conversation, socket: socket.id, person: personOf(principal) };
      await deps.db.inWorkspace(principal.workspace, ({ chat }) => chat.viewers.look(viewer));
      // Gone meanwhile: nobody would say so any more.
      if (!chats.has(conversation)) forgetViewer(socket, conversation, deps);
    },
    unwatchChat: (conversation) => unwatchChat(socket, conversation, deps),
    async watch(run, automation) {
      if (watched.size >= mostWatched && !watched.has(run)) throw new ApiProblem('rate-limited');
      // Closed meanwhile: joining now would leave it in the room for ever.
      if (socket.disconnected) throw new ApiProblem('unauthorized');
      watched.set(run, automation);
      await socket.join(runRoom(run));
    },
    unwatch: (run) => unwatch(socket, run),
  };
}
