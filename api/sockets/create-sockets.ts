/**
 * Socket.IO: what the bus says goes to the browsers that look. A socket is signed in like a request (cookie from our own
 * pages, or `auth.token` with an API key) and hears of its workspace only; it joins the runs it watches.
 */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import type { BusMessage } from '../../contracts/bus.ts';
import type { RunState } from '../../contracts/states.ts';
import { authenticate } from '../auth/index.ts';
import { isInWorkspace } from '../auth/principal.ts';
import { isSameOrigin } from '../auth/same-origin.ts';
import type { ApiDeps } from '../deps.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';
import { createEventBatcher } from './batch-events.ts';

interface SocketData {
  workspace: string;
}
type AppSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** Runs one socket may watch at a time. */
const mostWatched = 100;
/** Bytes of the largest message from a browser: they send ids. */
const mostBytes = 10_000;

const workspaceRoom = (workspace: string) => `workspace:${workspace}`;
const runRoom = (run: string) => `run:${run}`;

export interface Sockets {
  attach(server: HttpServer): void;
  close(): void;
}

export function createSockets(deps: ApiDeps): Sockets {
  const { bus, log } = deps;
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>({
    serveClient: false,
    maxHttpBufferSize: mostBytes,
  });
  const hears = (room: string) => io.of('/').adapter.rooms.has(room);

  io.use((socket, next) => {
    signIn(socket, deps).then(
      (signedIn) => next(signedIn ? undefined : new Error('unauthorized')),
      (err: unknown) => {
        log.warn({ err }, 'a socket could not be signed in');
        next(new Error('unavailable'));
      },
    );
  });
  io.on('connection', (socket) => {
    void socket.join(workspaceRoom(socket.data.workspace));
    socket.on('run:watch', (run, done) => {
      watch(socket, run, deps).then(
        (ok) => reply(done, ok),
        (err: unknown) => {
          log.warn({ err }, 'a run could not be watched');
          reply(done, false);
        },
      );
    });
    socket.on('run:unwatch', (run) => void socket.leave(runRoom(String(run))));
  });

  const events = createEventBatcher((batch) => io.to(runRoom(batch.run)).emit('run:events', batch));
  const tellState = (workspace: string, run: string, automation: string, state: RunState) => {
    if (hears(workspaceRoom(workspace)))
      io.to(workspaceRoom(workspace)).emit('run:state', { run, automation, state });
  };
  const unsubscribe = bus.subscribe((message: BusMessage) => {
    if (message.kind === 'automation.changed')
      io.to(workspaceRoom(message.workspace)).emit('automation:changed', { automation: message.automation });
    if (message.kind !== 'run.events') return;
    const { workspace, run, automation } = message;
    if (hears(runRoom(run)))
      events.add({ run, automation, events: message.events, partial: message.partial });
    const last = message.events.findLast((event) => event.type.startsWith('run.') && 'state' in event);
    if (last && 'state' in last) tellState(workspace, run, automation, last.state as RunState);
  });

  return {
    attach: (server) => void io.attach(server),
    close() {
      unsubscribe();
      events.close();
      // Not io.close(): that would wait for the HTTP server, which is its owner's to close.
      io.disconnectSockets(true);
      io.engine?.close();
    },
  };
}

async function signIn(socket: AppSocket, deps: ApiDeps): Promise<boolean> {
  const token: unknown = socket.handshake.auth.token;
  const byKey = typeof token === 'string';
  // A page of another site may open a socket here, and the browser would send our cookie along.
  if (!byKey && !isSameOrigin(socket.request, deps.config)) return false;
  const headers = byKey ? { authorization: `Bearer ${token}` } : socket.request.headers;
  const principal = await authenticate({ headers }, deps);
  if (!principal || !isInWorkspace(principal)) return false;
  if (principal.by === 'session' && principal.secondFactorDue) return false;
  socket.data.workspace = principal.workspace;
  return true;
}

/** Once this answers, the record has what happened before and the socket gets what comes after. */
async function watch(socket: AppSocket, run: unknown, { db, writer }: ApiDeps): Promise<boolean> {
  if (typeof run !== 'string' || socket.rooms.size > mostWatched) return false;
  const found = await db.inWorkspace(socket.data.workspace, ({ runs }) => runs.get(run));
  if (!found) return false;
  await socket.join(runRoom(run));
  await writeWhatIsKnown(writer);
  return true;
}

/** A client that asks for no answer sends no function. */
function reply(done: unknown, ok: boolean): void {
  if (typeof done === 'function') done({ ok });
}
