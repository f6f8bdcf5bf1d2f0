/**
 * Socket.IO: what the bus says goes to the browsers that look, as far as their person may see it.
 *
 * A socket stands in the rooms of what it may hear (`rooms.ts`), and every question it asks goes through the policy (`events.ts`).
 * Rights are looked up again before a question, at once when the bus says that they changed, and now and then in case the bus lost
 * a message; what is over is closed. When they can't be looked up the socket is closed too: it comes back when they can.
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import type { BusMessage } from '../../contracts/bus.ts';
import type { RunState } from '../../contracts/states.ts';
import { personOf } from '../chat/person-of.ts';
import type { ApiDeps } from '../deps.ts';
import { toProblem } from '../problems.ts';
import { answer } from './answer.ts';
import { enter, leaveChats, renew, type SocketData } from './app-socket.ts';
import { createEventBatcher } from './batch-events.ts';
import { askedEvents } from './events.ts';
import {
  audienceOf,
  chatAudienceOf,
  chatRoom,
  keyRoom,
  personRoom,
  roomOfPerson,
  runRoom,
  sessionRoom,
  workspaceRoom,
} from './rooms.ts';

/** Bytes of the largest message from a browser: they send ids. */
const mostBytes = 10_000;
/** Milliseconds between two looks at sockets that ask for nothing: sessions run out, and the bus may lose a message. */
const sweepMs = 30_000;

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
  const { adapter, sockets } = io.of('/');

  io.use((socket, next) => {
    enter(socket, deps).then(
      (entered) => next(entered ? undefined : new Error('unauthorized')),
      (error: unknown) => next(new Error(toProblem(error, log).code)),
    );
  });
  io.on('connection', (socket) => {
    // What ended between signing in and this line was told to nobody: the socket is to be found only from here on.
    void renew(socket, deps);
    socket.on('disconnect', () => leaveChats(socket, deps));
    for (const [name, event] of Object.entries(askedEvents))
      socket.on(name as keyof ClientToServer, (payload: unknown, done?: unknown) => {
        void answer(socket, event, payload, deps).then((said) => {
          // A client that asks for no answer sends no function.
          if (typeof done === 'function') done(said);
        });
      });
  });

  const within = (rooms: readonly string[]) =>
    rooms.flatMap((room) => [...(adapter.rooms.get(room) ?? [])].flatMap((id) => sockets.get(id) ?? []));
  const sweep = setInterval(() => {
    for (const socket of sockets.values()) void renew(socket, deps);
  }, sweepMs);
  sweep.unref();

  const events = createEventBatcher((batch) => io.to(runRoom(batch.run)).emit('run:events', batch));
  const unsubscribe = bus.subscribe((message: BusMessage) => {
    switch (message.kind) {
      case 'credentials.ended': {
        const ended = [...message.sessions.map(sessionRoom), ...message.keys.map(keyRoom)];
        for (const socket of within(ended)) socket.disconnect(true);
        return;
      }
      case 'access.changed': {
        const { workspace, user } = message;
        const room = user === undefined ? workspaceRoom(workspace) : personRoom(workspace, user);
        for (const socket of within([room])) void renew(socket, deps);
        return;
      }
      case 'automation.changed': {
        const { workspace, automation } = message;
        io.to(audienceOf('automation:changed', workspace, automation)).emit('automation:changed', {
          automation,
        });
        return;
      }
      case 'approval.changed': {
        const { workspace, automation, approval } = message;
        io.to(audienceOf('approval:changed', workspace, automation)).emit('approval:changed', { approval });
        return;
      }
      case 'chat.answer': {
        const { conversation, message: answer, seq, changes } = message;
        io.to(chatRoom(conversation)).emit('chat:answer', { conversation, message: answer, seq, changes });
        return;
      }
      case 'chat.changed': {
        const { workspace, conversation, messages } = message;
        io.to(chatAudienceOf(workspace, message)).emit('chat:changed', { conversation, messages });
        return;
      }
      case 'chat.person': {
        const { workspace, conversation, person, name, state } = message;
        io.to(chatRoom(conversation)).emit('chat:person', { conversation, person, name, state });
        if (!message.asks) return;
        const others = within([chatRoom(conversation)]).map(({ data }) => data.principal);
        for (const [other, named] of new Map(
          others.map((principal) => [personOf(principal), principal.name]),
        ))
          if (other !== person)
            bus.publish({
              kind: 'chat.person',
              workspace,
              conversation,
              person: other,
              name: named,
              state: 'here',
            });
        return;
      }
      case 'notification.changed': {
        io.to(roomOfPerson(message.workspace, message.person)).emit('notification:changed', {});
        return;
      }
      case 'run.events': {
        const { workspace, run, automation, partial } = message;
        if (adapter.rooms.has(runRoom(run))) events.add({ run, automation, events: message.events, partial });
        const last = message.events.findLast((event) => event.type.startsWith('run.') && 'state' in event);
        if (!last || !('state' in last)) return;
        const state = last.state as RunState;
        io.to(audienceOf('run:state', workspace, automation)).emit('run:state', { run, automation, state });
      }
    }
  });

  return {
    attach: (server) => void io.attach(server),
    close() {
      unsubscribe();
      clearInterval(sweep);
      events.close();
      // Not io.close(): that would wait for the HTTP server, which is its owner's to close.
      io.disconnectSockets(true);
      io.engine?.close();
    },
  };
}
