import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ulid } from 'ulid';
import type { Message } from '../../contracts/api/conversations.ts';
import type { AnswerStreams } from '../../contracts/chat/stream.ts';
import { createLocalBus, type Database, openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { createActivities } from '../index.ts';
import { activityContext, effectInput, failureOf } from '../testing.ts';
import { createAnswerStreams } from './answer-streams.ts';
import { chatItemOf } from './chat-item.ts';

const log = pino({ level: 'silent' });
const guard = createGuard({ allow: '' });
const bus = createLocalBus();
let db: Database;
let answers: AnswerStreams;
let activities: ReturnType<typeof createActivities>;
let workspace: string;

beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  answers = createAnswerStreams({ db, bus, log, gatherMs: 5 });
  activities = createActivities({ db, log, guard, answers });
});
afterAll(async () => {
  await activities[Symbol.asyncDispose]();
  await answers.close();
  await db.close();
  await guard.close();
});

async function asked(...texts: string[]) {
  const conversation = await db.inWorkspace(workspace, ({ chat }) =>
    chat.conversations.create({
      ...{ owner: 'user:ana', with: { kind: 'automation', id: 'a' }, visibility: 'private' },
    }),
  );
  let answer: string | undefined;
  for (const text of texts) {
    const ids = { question: ulid(), answer: ulid() };
    await db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.addTurn({
        ...{ conversation, ...ids, parent: answer, parts: [{ type: 'text', text }] },
        author: { person: 'user:ana', name: 'Ana' },
        answerer: { kind: 'automation', automation: 'a', version: 'v' },
      }),
    );
    answer = ids.answer;
  }
  const run = answer!;
  const read = async (): Promise<Message> =>
    (await db.inWorkspace(workspace, ({ chat }) => chat.messages.get(conversation, run, '')))!;
  const reply = (key: string, parameters: Record<string, string>) => {
    const context = { ...effectInput({}).context, workspace, run, idempotencyKey: `${run}:${key}` };
    return activityContext().run(activities['chat-reply'], effectInput(parameters, { context }));
  };
  return { conversation, run, read, reply };
}

it('says each reply once, in order, however often its step is tried', async () => {
  const { run, read, reply } = await asked('Hello');
  await reply('wait:0:0', { text: 'One moment.', kind: 'progress' });
  await reply('answer:0:0', { text: 'First.' });
  await reply('answer:0:1', { text: 'Second.' });
  await reply('answer:0:1', { text: 'Second.' });
  expect(await read()).toMatchObject({
    ...{ state: 'running', run },
    parts: [
      { type: 'note', code: 'progress', text: 'One moment.' },
      { type: 'text', text: 'First.' },
      { type: 'text', text: 'Second.' },
    ],
  });
});

it('takes nothing of what others have said, when a reply is made again out of its turn', async () => {
  const { read, reply } = await asked('Hello');
  await reply('answer:0:0', { text: 'First.' });
  await reply('answer:0:1', { text: 'Second.' });
  await reply('answer:0:0', { text: 'First.' });
  const { parts } = await read();
  expect(parts.map((part) => 'text' in part && part.text).toSorted()).toEqual(['First.', 'Second.']);
});

it('says that nobody waits: for a run of no message, behind its end, and in another workspace', async () => {
  const { conversation, run, reply } = await asked('Hello');
  await answers.setState(workspace, { conversation, message: run }, { state: 'stopped' });
  expect((await failureOf(reply('answer:0:0', { text: 'Late.' }))).failure.code).toBe('no-conversation');
  const open = await asked('Hello');
  const foreign = { ...effectInput({}).context, workspace: await createWorkspace(db), run: open.run };
  const stolen = activityContext().run(
    activities['chat-reply'],
    effectInput({ text: 'Mine.' }, { context: foreign }),
  );
  expect((await failureOf(stolen)).failure.code).toBe('no-conversation');
});

it('refuses what is too long to be said', async () => {
  const { reply } = await asked('Hello');
  const text = 'x'.repeat(2_001);
  expect((await failureOf(reply('n:0:0', { text, kind: 'progress' }))).failure.code).toBe('reply-too-long');
});

it('hands the message on, with what was said before it', async () => {
  const { conversation, run } = await asked('One', 'Two');
  const branch = await db.inWorkspace(workspace, async ({ chat }) => {
    const { parent } = (await chat.messages.get(conversation, run, ''))!;
    return (await chat.messages.branch(conversation, parent!, { limit: 10, reader: '' }))!.items;
  });
  expect(chatItemOf(branch, { history: 20 }).json).toEqual({
    ...{ message: 'Two', conversation, from: { name: 'Ana', id: 'ana' }, files: [] },
    history: [
      { role: 'user', text: 'One' },
      { role: 'assistant', text: '' },
    ],
  });
  expect(chatItemOf(branch, { history: 0 }).json.history).toEqual([]);
  expect(chatItemOf(branch, { history: 1 }).json.history).toHaveLength(1);
});
