/** The one Socket.IO connection of the tab, made when first used. It signs in by the session's cookie. */
import { io, type Socket } from 'socket.io-client';
import { create } from 'zustand';
import type { ClientToServer, ServerToClient } from '../../../contracts/api/sockets.ts';

type LiveSocket = Socket<ServerToClient, ClientToServer>;

/** `idle` until a page first listens. */
export const useConnection = create<{ state: 'idle' | 'online' | 'offline' }>(() => ({ state: 'idle' }));

let socket: LiveSocket | undefined;

/** Told when the server ends or refuses the connection, which it does when the session behind it is over. */
let tellClosed: () => void = () => {};
export function whenClosedByServer(listener: () => void): void {
  tellClosed = listener;
}

export function liveSocket(): LiveSocket {
  if (socket) return socket;
  const created: LiveSocket = io({ transports: ['websocket', 'polling'], withCredentials: true });
  created.on('connect', () => useConnection.setState({ state: 'online' }));
  created.on('disconnect', (reason) => {
    useConnection.setState({ state: 'offline' });
    if (reason === 'io server disconnect') closedByServer(created);
  });
  created.on('connect_error', () => {
    useConnection.setState({ state: 'offline' });
    if (!created.active) closedByServer(created);
  });
  socket = created;
  return created;
}

/** Socket.IO takes this for a last word and tries no more; a server that merely starts again closes alike. Milliseconds. */
const tryAgainMs = 2_000;
function closedByServer(closed: LiveSocket): void {
  tellClosed();
  setTimeout(() => {
    if (socket === closed && !closed.connected && !closed.active) closed.connect();
  }, tryAgainMs);
}

/** Nobody is signed in: nothing to listen to, and no use in trying. */
export function disconnect(): void {
  socket?.disconnect();
  socket = undefined;
  useConnection.setState({ state: 'idle' });
}

/** After signing in or out: the server sees a new cookie only on a new connection. */
export function reconnect(): void {
  socket?.disconnect().connect();
}

/**
 * Follows one run. `onEvents` gets events in order of arrival; some may come twice after a reconnect. `onJoined` is called each
 * time the server has begun to send: what happened before is in the run's record. Returns the function that ends it.
 */
export function watchRun(
  run: string,
  onEvents: (message: Parameters<ServerToClient['run:events']>[0]) => void,
  onJoined: () => void = () => {},
): () => void {
  const live = liveSocket();
  const join = () => live.emit('run:watch', run, onJoined);
  const listen: ServerToClient['run:events'] = (message) => {
    if (message.run === run) onEvents(message);
  };
  live.on('run:events', listen);
  live.on('connect', join);
  if (live.connected) join();
  return () => {
    live.off('run:events', listen);
    live.off('connect', join);
    if (live.connected) live.emit('run:unwatch', run);
  };
}
