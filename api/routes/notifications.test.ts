import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import { createEndAnswer } from '../../activities/chat/end-answer.ts';
import type { ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { eventually } from '../testing/eventually.ts';
import { ownWorkspace, type SignedInPerson, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

type Client = Socket<ServerToClient, ClientToServer>;

let api: TestApi;
let workspace: string;
let owner: SignedInPerson;
let token: string;
const sockets: Client[] = [];
beforeAll(async () => {
  api = await startTestApi();
  ({ workspace, owner } = await ownWorkspace(api));
  const key = await owner.call('POST', '/account/keys', {
    name: 'Socket',
    scopes: ['agents:read', 'runs:read'],
  });
  token = key.body.key;
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await api?.close();
});

async function connect(): Promise<Client> {
  const socket: Client = io(api.url, { transports: ['websocket'], forceNew: true, auth: { token } });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

const unread = async () => (await owner.call('GET', '/notifications/count')).body.unread as number;
const list = async () => (await owner.call('GET', '/notifications?unread=true')).body.items;

describe('The end of an answer', () => {
  const conversation = () =>
    api.db.inWorkspace(workspace, ({ chat }) =>
      chat.conversations.create({
        ...{
          owner: `user:${owner.id}`,
          with: { kind: 'agent', id: 'a' },
          visibility: 'private',
          title: 'Birds',
        },
      }),
    );
  async function answerIn(id: string) {
    const [question, answer] = [ulid(), ulid()];
    const author = { person: `user:${owner.id}`, name: 'Ana' };
    await api.db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.addTurn({
        ...{ conversation: id, question, answer, author, parent: undefined },
        ...{ parts: [{ type: 'text', text: 'Hi' }], answerer: { kind: 'agent', agent: 'a', version: 'v' } },
      }),
    );
    const { db, bus } = api;
    const end = createEndAnswer({ db, bus, log: pino({ level: 'silent' }) });
    await end({ workspace, conversation: id, message: answer, state: 'succeeded', member: owner.id });
    return answer;
  }

  it('is told to who looks elsewhere, at once, and is read with the conversation', async () => {
    const id = await conversation();
    const [there, away] = [await connect(), await connect()];
    expect(await there.emitWithAck('chat:watch', id)).toEqual({ ok: true });
    await answerIn(id);
    expect(await unread()).toBe(0);

    await there.emitWithAck('chat:unwatch', id);
    const viewers = () => api.db.sql.query('select 1 from chat_viewers where conversation = $1', [id]);
    await eventually(viewers, (rows) => rows.length === 0);
    const told = new Promise<void>((resolve) => away.once('notification:changed', () => resolve()));
    const answer = await answerIn(id);
    await told;
    expect(await list()).toMatchObject([
      {
        times: 1,
        about: { kind: 'answer', conversation: id, message: answer, title: 'Birds', state: 'succeeded' },
      },
    ]);
    const read = new Promise<void>((resolve) => away.once('notification:changed', () => resolve()));
    expect((await owner.call('PUT', `/conversations/${id}/read`)).status).toBe(204);
    await read;
    expect(await unread()).toBe(0);
  });

  it('is told when the browser was closed, and goes with its conversation', async () => {
    const id = await conversation();
    const lost = await connect();
    await lost.emitWithAck('chat:watch', id);
    lost.close();
    const viewers = () => api.db.sql.query('select 1 from chat_viewers where conversation = $1', [id]);
    await eventually(viewers, (rows) => rows.length === 0);
    await answerIn(id);
    expect(await unread()).toBe(1);
    expect((await owner.call('DELETE', `/conversations/${id}`)).status).toBe(204);
    expect(await unread()).toBe(0);
  });
});

describe('What is shared', () => {
  it('is told to the member, and to the members of a group, once for each level', async () => {
    const [bea, cleo] = [
      await signedIn(api, { workspace, role: 'member' }),
      await signedIn(api, { workspace, role: 'member' }),
    ];
    const { body: agent } = await owner.call('POST', '/agents', { name: 'Helper' });
    const { body: group } = await owner.call('POST', '/groups', {
      name: 'Sales',
      members: [cleo.id, owner.id],
    });
    const share = (grantee: object, level: string) =>
      owner.call('PUT', `/agents/${agent.id}/grants`, { grantee, level });
    const news = async (who: SignedInPerson) =>
      (await who.call('GET', '/notifications?unread=true')).body.items;
    const about = { kind: 'shared', resource: { type: 'agent', id: agent.id, name: 'Helper' }, by: 'Ana' };
    expect((await share({ type: 'user', id: bea.id }, 'use')).status).toBe(200);
    await share({ type: 'user', id: bea.id }, 'use');
    expect(await news(bea)).toMatchObject([{ times: 1, about: { ...about, level: 'use' } }]);
    await share({ type: 'user', id: bea.id }, 'edit');
    expect(await news(bea)).toMatchObject([{ about: { ...about, level: 'edit' } }]);
    await share({ type: 'group', id: group.id }, 'use');
    await share({ type: 'everyone' }, 'use');
    expect(await news(cleo)).toMatchObject([{ about }]);
    expect(await unread()).toBe(0);
  });
});
