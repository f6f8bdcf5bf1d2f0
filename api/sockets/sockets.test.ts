import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import type { Role } from '../../contracts/access/roles.ts';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { graph } from '../../contracts/graph.ts';
import { createWorkspace, runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { hashToken, randomToken } from '../auth/secrets.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

type Client = Socket<ServerToClient, ClientToServer>;

let api: TestApi;
let workspace: string;
beforeAll(async () => {
  api = await startTestApi();
  workspace = await createWorkspace(api.db);
});
afterAll(() => api.close());

async function member(role: Role) {
  const user = ulid();
  const token = randomToken();
  await api.db.sql.query('insert into users (id, email, name, created_at) values ($1, $1, $1, now())', [
    user,
  ]);
  await api.db.sql.query(
    `insert into memberships ("user", workspace, role, created_at) values ($1, $2, $3, now())`,
    [user, workspace, role],
  );
  const { id: session } = await api.db.asSystem(({ sessions }) =>
    sessions.create({
      tokenHash: hashToken(token),
      user,
      workspace,
      method: 'password',
      device: 'Test',
      expiresAt: new Date(Date.now() + 3_600_000),
    }),
  );
  return { user, session, cookie: `hiviex_session=${token}` };
}

async function connect(cookie: string, auth: object = {}): Promise<Client> {
  const socket: Client = io(api.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth,
    extraHeaders: { cookie },
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return socket;
}

const ended = (socket: Client) => new Promise<string>((resolve) => socket.on('disconnect', resolve));

async function runOf(): Promise<{ run: string; automation: string }> {
  const { id: automation } = await api.db.inWorkspace(workspace, ({ automations }) =>
    automations.create({ name: ulid(), description: '', draft: graph.parse({}) }),
  );
  const header = runHeader(workspace, { automation, startedAt: Date.now() });
  api.writer.record(header, runEvents(header.startedAt, ['hook']).slice(0, -1));
  await api.writer.flush();
  return { run: header.run, automation };
}

const share = (automation: string, user: string) =>
  api.db.inWorkspace(workspace, ({ grants }) =>
    grants.put({
      resource: { type: 'automation', id: automation },
      grantee: { type: 'user', id: user },
      level: 'use',
    }),
  );

describe('sockets', () => {
  it('close at once when their session is over, and only they', async () => {
    const [gone, stays] = [await member('viewer'), await member('viewer')];
    const [first, other] = [await connect(gone.cookie), await connect(stays.cookie)];
    const end = ended(first);
    await api.db.asSystem(({ sessions }) => sessions.revokeById(gone.user, gone.session));
    api.bus.publish({ kind: 'credentials.ended', sessions: [gone.session], keys: [] });
    // As the last word of the server: a browser asks who it is, rather than to connect again.
    expect(await end).toBe('io server disconnect');
    expect(await other.timeout(20_000).emitWithAck('run:unwatch', 'x')).toEqual({ ok: true });
    // A message that names nobody ends nobody.
    api.bus.publish({ kind: 'credentials.ended', sessions: [], keys: [] });
    expect(await other.timeout(20_000).emitWithAck('run:unwatch', 'x')).toEqual({ ok: true });
    other.disconnect();
    await expect(connect(gone.cookie)).rejects.toThrow('unauthorized');
  });

  it('learn of a session that ended without a word, when they next ask', async () => {
    const { cookie, user, session } = await member('viewer');
    const socket = await connect(cookie);
    await api.db.asSystem(({ sessions }) => sessions.revokeById(user, session));
    const end = ended(socket);
    await eventually(
      async () => {
        socket.emit('run:unwatch', 'x');
        return socket.connected;
      },
      (connected) => !connected,
    );
    expect(await end).toBe('io server disconnect');
  });

  it('hear of what is shared from when it is shared, and no more once it is not', async () => {
    const { cookie, user } = await member('member');
    const owner = await connect((await member('owner')).cookie);
    const socket = await connect(cookie);
    const { run, automation } = await runOf();
    const states: string[] = [];
    const heard: string[] = [];
    socket.on('run:state', ({ run: told }) => void states.push(told));
    socket.on('run:events', ({ run: told }) => void heard.push(told));
    const ask = () => socket.timeout(20_000).emitWithAck('run:watch', run);
    /** Tells of the run, and comes back when everybody who may has heard. */
    const happen = async () => {
      const told = new Promise<void>((resolve) => owner.once('run:events', () => resolve()));
      const events = [{ type: 'run.started' as const, state: 'running' as const, seq: 0, at: Date.now() }];
      api.bus.publish({ kind: 'run.events', workspace, automation, run, events });
      await told;
      await socket.timeout(20_000).emitWithAck('run:unwatch', 'x');
    };
    expect(await owner.timeout(20_000).emitWithAck('run:watch', run)).toEqual({ ok: true });

    expect(await ask()).toEqual({ ok: false, code: 'forbidden' });
    await happen();
    expect([states, heard]).toEqual([[], []]);

    const grant = await share(automation, user);
    api.bus.publish({ kind: 'access.changed', workspace, user });
    await eventually(ask, ({ ok }) => ok);
    await happen();
    expect([states, heard]).toEqual([[run], [run]]);

    await api.db.inWorkspace(workspace, ({ grants }) =>
      grants.remove({ type: 'automation', id: automation }, grant!.id),
    );
    api.bus.publish({ kind: 'access.changed', workspace });
    // Answered after the rights were looked up again.
    expect(await ask()).toEqual({ ok: false, code: 'forbidden' });
    await happen();
    expect([states, heard]).toEqual([[run], [run]]);
    for (const open of [owner, socket]) open.disconnect();
  });

  it('close when their person leaves the workspace', async () => {
    const { cookie, user } = await member('admin');
    const socket = await connect(cookie);
    const end = ended(socket);
    await api.db.sql.query('delete from memberships where "user" = $1', [user]);
    api.bus.publish({ kind: 'access.changed', workspace, user });
    expect(await end).toBe('io server disconnect');
  });

  it("may be in another of their person's workspaces, and in no other", async () => {
    const { cookie, user } = await member('viewer');
    const second = await createWorkspace(api.db);
    await expect(connect(cookie, { workspace: second })).rejects.toThrow('not-found');
    await api.db.sql.query(
      `insert into memberships ("user", workspace, role, created_at) values ($1, $2, 'viewer', now())`,
      [user, second],
    );
    const socket = await connect(cookie, { workspace: second });
    const { run } = await runOf();
    expect(await socket.timeout(20_000).emitWithAck('run:watch', run)).toEqual({
      ok: false,
      code: 'not-found',
    });
    socket.disconnect();
  });

  it('answer what is no id like a request that is not valid', async () => {
    const socket = await connect((await member('owner')).cookie);
    for (const payload of ['', 'x'.repeat(201), 7, null, { id: 'x' }])
      expect(await socket.timeout(20_000).emitWithAck('run:watch', payload as string)).toEqual({
        ok: false,
        code: 'invalid-request',
      });
    socket.disconnect();
  });
});
