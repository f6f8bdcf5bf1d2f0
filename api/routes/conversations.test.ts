import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { ulid } from 'ulid';
import { createAnswerStreams } from '../../activities/chat/answer-streams.ts';
import type { ChatPerson, ClientToServer, ServerToClient } from '../../contracts/api/sockets.ts';
import { applyBatch, type GrowingAnswer } from '../../contracts/chat/apply-changes.ts';
import { textOf } from '../../contracts/chat/message.ts';
import type { AnswerBatch } from '../../contracts/chat/stream.ts';
import { silent as silentLog } from '../../db/log.ts';
import { addPerson } from '../testing/people.ts';
import { apiKey, startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
let workspace: string;
let agent: string;
const sockets: Socket[] = [];
const on = (path: string) => `/api/v1${path}`;

beforeAll(async () => {
  api = await startTestApi();
  workspace = (await api.call('GET', on('/workspace'))).body.id;
  agent = (await api.call('POST', on('/agents'), { name: 'Helper' })).body.id;
  const published = await api.call('POST', on(`/agents/${agent}/publish`));
  expect(published.status).toBe(200);
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await api?.close();
});

const begin = async () => {
  const { status, body } = await api.call('POST', on('/conversations'), {
    with: { kind: 'agent', id: agent },
  });
  expect({ status, body }).toMatchObject({
    status: 201,
    body: { with: { id: agent, name: 'Helper' }, mine: true },
  });
  return body.id as string;
};

/** A turn as the route leaves it when Temporal has taken it. */
async function turnIn(conversation: string, text: string, parent?: string) {
  const [question, answer] = [ulid(), ulid()];
  const { owner } = (await api.db.inWorkspace(workspace, ({ chat }) =>
    chat.conversations.ownerOf(conversation),
  ))!;
  await api.db.inWorkspace(workspace, ({ chat }) =>
    chat.messages.addTurn({
      ...{ conversation, question, answer, parent, author: { person: owner, name: 'Ana' } },
      ...{ parts: [{ type: 'text', text }], answerer: { kind: 'agent', agent, version: 'v' } },
    }),
  );
  return { question, answer, target: { conversation, message: answer } };
}

async function connect(): Promise<Socket<ServerToClient, ClientToServer>> {
  const socket: Socket<ServerToClient, ClientToServer> = io(api.url, {
    ...{ transports: ['websocket'], forceNew: true, auth: { token: apiKey } },
  });
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

describe('Conversations', () => {
  it('begin with what is published, are titled, found by their words, and deleted', async () => {
    const id = await begin();
    await turnIn(id, 'Where are the penguins?');
    await api.call('PATCH', on(`/conversations/${id}`), { title: 'Birds' });
    const found = await api.call('GET', on('/conversations?search=pengu'));
    expect(found.body.items).toMatchObject([
      { id, title: 'Birds', busy: true, found: { excerpt: 'Where are the penguins?' } },
    ]);
    expect((await api.call('GET', on('/conversations?search=whales'))).body.items).toEqual([]);
    const gone = await api.call('POST', on('/conversations'), { with: { kind: 'agent', id: ulid() } });
    expect(gone).toMatchObject({ status: 409, body: { code: 'answerer-gone' } });
  });

  it('refuse an empty message, and files that are not there; while Temporal is away they say so', async () => {
    const id = await begin();
    const empty = await api.call('POST', on(`/conversations/${id}/messages`), { text: ' ' });
    expect(empty).toMatchObject({ status: 422, body: { code: 'message-empty' } });
    const foreign = await api.call('POST', on(`/conversations/${id}/messages`), { files: [ulid()] });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const away = await api.call('POST', on(`/conversations/${id}/messages`), { text: 'Hello' });
    expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  it('are trials, of a draft for who may edit it; in no list, and gone a week after their last word', async () => {
    const draft = (await api.call('POST', on('/agents'), { name: 'Draft', visibility: 'workspace' })).body.id;
    const trial = { with: { kind: 'agent', id: draft }, trial: 'draft' };
    const user = await addPerson(api, 'viewer');
    const refused = await api.call('POST', on('/conversations'), trial, user.headers);
    expect(refused).toMatchObject({ status: 403, body: { code: 'answerer-not-shared' } });
    const unpublished = await api.call('POST', on('/conversations'), { ...trial, trial: 'published' });
    expect(unpublished).toMatchObject({ status: 409, body: { code: 'answerer-gone' } });
    const odd = await api.call('POST', on('/conversations'), {
      ...{ with: { kind: 'automation', id: draft }, trial: 'draft' },
    });
    expect(odd).toMatchObject({ status: 409, body: { code: 'answerer-gone' } });

    const made = await api.call('POST', on('/conversations'), { ...trial, visibility: 'workspace' });
    expect(made).toMatchObject({ status: 201, body: { trial: 'draft', visibility: 'private', title: '' } });
    const { id } = made.body;
    const listed = async () => (await api.call('GET', on('/conversations?limit=200'))).body.items;
    expect(await listed()).not.toContainEqual(expect.objectContaining({ id }));
    const sweep = () => api.db.asSystem(({ retention }) => retention.removeLeft({ defaultDays: 0 }));
    const status = async () => (await api.call('GET', on(`/conversations/${id}`))).status;
    await sweep();
    expect(await status()).toBe(200);
    const others = (await listed()).length;
    await api.db.sql.query(`update conversations set updated_at = now() - interval '8 days'`);
    await sweep();
    expect([await status(), (await listed()).length]).toEqual([404, others]);
  });

  it('are followed by their batches: each token once, also in a second tab and after a reload in the middle', async () => {
    const id = await begin();
    const { answer, target } = await turnIn(id, 'Count.');
    const path = on(`/conversations/${id}/messages/${answer}`);
    const follow = async () => {
      const socket = await connect();
      const early: AnswerBatch[] = [];
      let known: GrowingAnswer | undefined;
      const gaps: number[] = [];
      const take = (batch: AnswerBatch) => {
        const next = applyBatch(known!, batch);
        if (next) known = next;
        else gaps.push(batch.seq);
      };
      socket.on('chat:answer', (batch) => (known ? take(batch) : early.push(batch)));
      expect(await socket.emitWithAck('chat:watch', id)).toEqual({ ok: true });
      const read = (await api.call('GET', path)).body as GrowingAnswer;
      known = read;
      for (const batch of early) take(batch);
      return { text: () => textOf(known!.parts), gaps, state: () => known!.state };
    };
    const streams = createAnswerStreams({ db: api.db, bus: api.bus, log: silentLog, gatherMs: 5 });
    const stream = await streams.open(workspace, target, { run: 'r', step: 0, attempt: 1 });
    const first = await follow();
    const words = Array.from({ length: 40 }, (_, number) => `${number} `);
    let second: typeof first | undefined;
    for (const [position, word] of words.entries()) {
      stream.text(word);
      await new Promise((resolve) => setTimeout(resolve, 4));
      if (position === 20) second = await follow();
    }
    await stream.close();
    await streams.setState(workspace, target, { state: 'succeeded' });
    while (first.state() !== 'succeeded' || second!.state() !== 'succeeded')
      await new Promise((resolve) => setTimeout(resolve, 5));
    for (const reader of [first, second!])
      expect({ text: reader.text(), gaps: reader.gaps }).toEqual({ text: words.join(''), gaps: [] });
    await streams.close();
  });

  it('say who is there and who types, and when somebody has gone', async () => {
    const id = await begin();
    const [one, other] = [await connect(), await connect()];
    const seen: ChatPerson['state'][] = [];
    one.on('chat:person', ({ state }) => seen.push(state));
    await one.emitWithAck('chat:watch', id);
    await other.emitWithAck('chat:watch', id);
    await other.emitWithAck('chat:typing', id);
    other.close();
    while (!seen.includes('gone')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(new Set(seen)).toEqual(new Set(['here', 'typing', 'gone']));
    expect(await one.emitWithAck('chat:watch', ulid())).toEqual({ ok: false, code: 'not-found' });
  });

  it('are shared by a link, up to where it was made, and without what tools said, until it is revoked', async () => {
    const id = await begin();
    const { answer, target } = await turnIn(id, 'My question');
    const streams = createAnswerStreams({ db: api.db, bus: api.bus, log: silentLog });
    const stream = await streams.open(workspace, target, { run: 'r', step: 0, attempt: 1 });
    stream.tool({ call: 'c', name: 'look', arguments: '{"secret":1}', state: 'succeeded', result: 'hidden' });
    stream.text('My answer');
    await stream.close();
    await streams.setState(workspace, target, { state: 'succeeded' });
    await streams.close();
    const link = await api.call('POST', on(`/conversations/${id}/share-links`));
    expect(link.status).toBe(201);
    await turnIn(id, 'Said later', answer);
    const token = (link.body.url as string).split('/share/')[1]!;
    const shown = await api.call('POST', on('/shared'), { token }, {});
    expect(shown).toMatchObject({
      status: 200,
      body: {
        messages: [
          { role: 'user', author: 'Ana', text: 'My question' },
          { role: 'assistant', text: 'My answer' },
        ],
      },
    });
    expect(JSON.stringify(shown.body)).not.toMatch(/secret|hidden|later/);
    const markdown = (await api.call('GET', on(`/conversations/${id}/export`))).body;
    expect(markdown).toMatch(/My question[\s\S]*My answer[\s\S]*Said later/);
    expect((await api.call('DELETE', on(`/conversations/${id}/share-links/${link.body.id}`))).status).toBe(
      204,
    );
    expect((await api.call('POST', on('/shared'), { token }, {})).status).toBe(410);
  });
});

describe('Notifications', () => {
  it('are one’s own, counted until they are read, and told to their person', async () => {
    const conversation = await begin();
    const { owner } = (await api.db.inWorkspace(workspace, ({ chat }) =>
      chat.conversations.ownerOf(conversation),
    ))!;
    const about = { kind: 'approval', approval: 'a', title: 'Pay?' } as const;
    await api.db.inWorkspace(workspace, ({ chat }) =>
      chat.notifications.tell([owner, 'user:nobody'], { key: 'k', thread: 'approval:a', about }),
    );
    expect((await api.call('GET', on('/notifications/count'))).body).toEqual({ unread: 1 });
    const socket = await connect();
    const told = new Promise<void>((resolve) => socket.once('notification:changed', () => resolve()));
    expect((await api.call('POST', on('/notifications/read'), {})).status).toBe(204);
    await told;
    expect((await api.call('GET', on('/notifications?unread=true'))).body.items).toEqual([]);
    expect((await api.call('GET', on('/notifications'))).body.items).toMatchObject([{ about }]);
  });
});
