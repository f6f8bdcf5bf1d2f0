/** The matrix for socket events: what may be asked, and who is told. */
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import { askedEvents, toldEvents } from '../../api/sockets/events.ts';
import type { TestApi } from '../../api/testing/test-api.ts';
import { ruleOf } from '../../contracts/access/actions.ts';
import type { ClientToServer, ServerToClient, SocketAnswer } from '../../contracts/api/sockets.ts';
import type { BusMessage } from '../../contracts/bus.ts';
import { callers, type Present, presentIn, verdictFor } from './callers.ts';
import { makers, openConversation, recordRun } from './makers.ts';
import type { Access } from './operations.ts';
import type { Tenant } from './tenants.ts';

type Client = Socket<ServerToClient, ClientToServer>;
type Told = { automation: string } | { approval: string } | { conversation: string };
type ToldEvent = keyof typeof toldEvents;

/** What an event is about. */
export interface Subject {
  automation: string;
  run: string;
  /** Open to all of its workspace. */
  conversation: string;
}

export interface SocketTally {
  events: number;
  cases: number;
  failures: string[];
}

export async function socketCases(
  api: TestApi,
  { own, foreign, theirs }: { own: Tenant; foreign: Tenant; theirs: Subject },
): Promise<SocketTally> {
  const tally: SocketTally = {
    events: Object.keys(askedEvents).length + Object.keys(toldEvents).length,
    cases: 0,
    failures: [],
  };
  for (const caller of callers) {
    const check = (what: string, right: boolean, found: unknown) => {
      tally.cases++;
      if (!right) tally.failures.push(`${what} · ${caller.name}: ${JSON.stringify(found)}`);
    };
    const mine = await subjectIn(api, own);
    const unshared = await subjectIn(api, own);
    const control = await connect(api, { person: own.owner, headers: { cookie: own.owner.cookie } });
    if (typeof control === 'string') throw new Error(`The owner was refused: ${control}`);
    await control.timeout(20_000).emitWithAck('run:watch', mine.run);
    // A key's missing scope is a question of the event: all of these ask for runs, or for automations.
    for (const action of new Set([
      ...Object.values(askedEvents).map((event) => event.action),
      ...Object.values(toldEvents),
    ])) {
      const access = accessOf(action);
      const present = await presentIn(api, own, caller, { access });
      if (caller.level)
        await api.db.inWorkspace(own.id, ({ grants }) =>
          grants.put({
            resource: { type: 'automation', id: mine.automation },
            grantee: { type: 'user', id: present.person.user },
            level: caller.level!,
          }),
        );
      const verdict = verdictFor(caller, { access } as never);
      const elsewhere = verdictFor({ ...caller, level: undefined }, { access } as never);
      const socket = await connect(api, present);
      if (typeof socket === 'string') {
        const nobody = ['nobody', 'person in no workspace', 'owner who owes the second factor'];
        check('connect', nobody.includes(caller.name) && socket === 'unauthorized', socket);
        continue;
      }
      check('connect', verdict !== 401 && caller.kind !== 'no-workspace', 'connected');
      try {
        for (const [name, event] of Object.entries(askedEvents)) {
          if (event.action !== action) continue;
          const say = (id: string): Promise<SocketAnswer> =>
            socket.timeout(20_000).emitWithAck(name as 'run:watch', id);
          const about = name.startsWith('chat:') ? 'conversation' : 'run';
          const [toOwn, toForeign, toAbsent] = [
            await say(mine[about]),
            await say(theirs[about]),
            await say(ulid()),
          ];
          check(`${name}, own`, toOwn.ok === (verdict === 'allowed'), toOwn);
          check(
            `${name}, foreign as absent`,
            JSON.stringify(toForeign) === JSON.stringify(toAbsent),
            toForeign,
          );
          const refusal = elsewhere === 'allowed' ? 'not-found' : 'forbidden';
          if (event.resource)
            check(`${name}, foreign`, !toForeign.ok && toForeign.code === refusal, toForeign);
        }
        for (const name of Object.keys(toldEvents) as ToldEvent[]) {
          if (toldEvents[name] !== action) continue;
          const heard = await listen(api, { socket, control }, name, [
            { workspace: own.id, ...unshared },
            { workspace: foreign.id, ...theirs },
            { workspace: own.id, ...mine },
          ]);
          // Only what is watched: it was asked for above, where it was allowed.
          const everything = name === 'run:events' ? false : elsewhere === 'allowed';
          check(`${name}, own`, heard.includes(mine.automation) === (verdict === 'allowed'), heard);
          check(`${name}, not shared`, heard.includes(unshared.automation) === everything, heard);
          check(`${name}, foreign`, !heard.includes(theirs.automation), heard);
        }
      } finally {
        socket.disconnect();
      }
    }
    control.disconnect();
  }
  return tally;
}

function accessOf(action: (typeof toldEvents)[ToldEvent]): Access {
  const { roles, scope, grant } = ruleOf(action);
  return {
    auth: 'action',
    action,
    roles: [...roles],
    scope,
    ...(grant && { grant: { resource: grant[0], level: grant[1] } }),
  };
}

async function subjectIn(api: TestApi, tenant: Tenant): Promise<Subject> {
  const { id } = await makers['/automations/{}']!.make(api, { tenant, person: tenant.owner }, []);
  return {
    automation: id,
    run: await recordRun(api, tenant, id),
    conversation: await openConversation(api, tenant),
  };
}

/** The socket, or why there is none. */
function connect(api: TestApi, { headers }: Present): Promise<Client | string> {
  const { cookie, authorization } = headers;
  const socket: Client = io(api.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...(authorization && { auth: { token: authorization.replace('Bearer ', '') } }),
    ...(cookie && { extraHeaders: { cookie } }),
  });
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', ({ message }) => {
      socket.disconnect();
      resolve(message);
    });
  });
}

/** Automations that the socket is told of by one event, of all these that something happens to. */
async function listen(
  api: TestApi,
  { socket, control }: { socket: Client; control: Client },
  name: ToldEvent,
  subjects: readonly (Subject & { workspace: string })[],
): Promise<string[]> {
  const heard: string[] = [];
  const note = (told: Told) => void heard.push(automationIn(told));
  socket.on(name, note);
  // Told last, and heard by who hears everything: what was told before is on its way, and an answer comes after it.
  const told = new Promise<void>((resolve) => {
    const last = subjects.at(-1)?.automation;
    const hear = (told: Told) => {
      if (automationIn(told) !== last) return;
      control.off(name, hear);
      resolve();
    };
    control.on(name, hear);
  });
  for (const subject of subjects) api.bus.publish(messages[name](subject));
  await told;
  await socket.timeout(20_000).emitWithAck('run:unwatch', 'nothing');
  socket.off(name, note);
  return heard;
}

/** What the bus says for an event to be told. An approval is known by its id alone: here that of its automation. */
const messages: Record<ToldEvent, (about: Subject & { workspace: string }) => BusMessage> = {
  'run:events': runMoved,
  'run:state': runMoved,
  'automation:changed': ({ workspace, automation }) => ({
    kind: 'automation.changed',
    workspace,
    automation,
  }),
  'approval:changed': ({ workspace, automation }) => ({
    kind: 'approval.changed',
    workspace,
    automation,
    approval: automation,
  }),
  'chat:changed': ({ workspace, automation }) => ({
    ...{ kind: 'chat.changed', workspace, conversation: automation },
    ...{ owner: 'user:nobody', isOpen: true, messages: [] },
  }),
};

function runMoved({ workspace, automation, run }: Subject & { workspace: string }): BusMessage {
  const events = [{ type: 'run.started' as const, state: 'running' as const, seq: 0, at: Date.now() }];
  return { kind: 'run.events', workspace, automation, run, events };
}

function automationIn(told: Told): string {
  if ('conversation' in told) return told.conversation;
  return 'approval' in told ? told.approval : told.automation;
}
