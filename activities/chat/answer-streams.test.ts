import { afterEach, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import type { BusMessage } from '../../contracts/bus.ts';
import { applyBatch, type GrowingAnswer } from '../../contracts/chat/apply-changes.ts';
import { textOf } from '../../contracts/chat/message.ts';
import {
  type AnswerBatch,
  AnswerFenced,
  type AnswerStream,
  type AnswerStreams,
  type AnswerTarget,
} from '../../contracts/chat/stream.ts';
import { createLocalBus, type Database, type Log } from '../../db/index.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createAnswerStreams } from './answer-streams.ts';

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const writer = (step: number, attempt = 1) => ({ run: 'run', step, attempt });

describeDatabases('Streams of answers', (database) => {
  const bus = createLocalBus();
  const open: AnswerStreams[] = [];
  const streams = (options: { db?: Pick<Database, 'asSystem'>; patienceMs?: number } = {}) => {
    const made = createAnswerStreams({ db: database(), bus, log, gatherMs: 20, ...options });
    open.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });

  async function asked() {
    const workspace = await createWorkspace(database());
    const ids = { question: ulid(), answer: ulid() };
    const conversation = await database().inWorkspace(workspace, async ({ chat }) => {
      const id = await chat.conversations.create({
        owner: 'user:ana',
        with: { kind: 'agent', id: 'a' },
        visibility: 'private',
      });
      await chat.messages.addTurn({
        ...ids,
        conversation: id,
        author: { person: 'user:ana', name: 'Ana' },
        parts: [{ type: 'text', text: 'Hi' }],
        parent: undefined,
        answerer: { kind: 'agent', agent: 'a', version: 'v' },
      });
      return id;
    });
    const target: AnswerTarget = { conversation, message: ids.answer };
    const read = async () =>
      (await database().inWorkspace(workspace, ({ chat }) =>
        chat.messages.get(conversation, ids.answer, 'user:ana'),
      ))!;
    return { workspace, target, read, reader: await readerOf(target, read) };
  }

  /** Somebody who looks all the time: what they know of the answer, put together of what they were told. */
  async function readerOf({ message }: AnswerTarget, read: () => Promise<GrowingAnswer>) {
    const batches: AnswerBatch[] = [];
    let known: GrowingAnswer = await read();
    let missed = 0;
    bus.subscribe((told: BusMessage) => {
      if (told.kind !== 'chat.answer' || told.message !== message) return;
      batches.push(told);
      const next = applyBatch(known, told);
      if (next) known = next;
      else missed++;
    });
    return { batches, known: () => known, missed: () => missed };
  }

  it('store an answer as it grows, and tell each piece once, in order, after it is stored', async () => {
    const { workspace, target, read, reader } = await asked();
    const stored: string[] = [];
    const stop = bus.subscribe((told) => {
      if (told.kind === 'chat.answer' && told.message === target.message) stored.push(`${told.seq}`);
    });
    const stream = await streams().open(workspace, target, writer(1));
    const words = Array.from({ length: 300 }, (_, position) => `${position} `);
    for (const word of words) {
      stream.text(word);
      if (Number(word) % 30 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await stream.close();
    stop();
    const message = await read();
    expect(textOf(message.parts)).toBe(words.join(''));
    expect(message.state).toBe('running');
    expect(stored).toEqual(Array.from({ length: message.seq }, (_, position) => `${position + 1}`));
    expect(reader.known()).toMatchObject({ seq: message.seq, parts: message.parts, state: 'running' });
    expect(reader.missed()).toBe(0);
    // 300 pieces in some 50 ms are a handful of batches.
    expect(reader.batches.length).toBeLessThan(60);
  });

  it('let whoever comes in the middle take it from there', async () => {
    const { workspace, target, read } = await asked();
    const stream = await streams().open(workspace, target, writer(1));
    const here = new Promise<void>((resolve) =>
      bus.subscribe((told) => told.kind === 'chat.answer' && resolve()),
    );
    stream.text('first ');
    await here;
    const late = await readerOf(target, read);
    expect(textOf(late.known().parts)).toBe('first ');
    stream.text('second');
    await stream.close();
    expect(textOf(late.known().parts)).toBe('first second');
    expect(late.known()).toMatchObject({ seq: (await read()).seq });
  });

  it('take away what an earlier attempt wrote, which from then on writes nothing and is told to end', async () => {
    const { workspace, target, read, reader } = await asked();
    const [dead, alive] = [streams(), streams()];
    const before = await dead.open(workspace, target, writer(0));
    before.text('Let me see. ');
    await before.close();
    const first = await dead.open(workspace, target, writer(1));
    first.text('It is 4');
    first.tool({ call: 'c', name: 'add', arguments: '{}', state: 'running' });
    await first.close();

    const second = await alive.open(workspace, target, writer(1, 2));
    const late = await dead.open(workspace, target, writer(1, 2));
    second.text('taken over by the same attempt, started again elsewhere');
    await expect(second.close()).rejects.toThrow(AnswerFenced);
    expect(second.signal.aborted).toBe(true);
    await expect(alive.open(workspace, target, writer(1, 1))).rejects.toThrow(AnswerFenced);
    late.text('It is 42.');
    await late.close();
    expect(textOf((await read()).parts)).toBe('Let me see. \n\nIt is 42.');
    expect(reader.known().parts).toEqual((await read()).parts);
    expect(reader.missed()).toBe(0);
  });

  it('let tool calls of one step go on side by side, each in its place', async () => {
    const { workspace, target, read, reader } = await asked();
    const all = streams();
    const model = await all.open(workspace, target, writer(1));
    for (const call of ['a', 'b']) model.tool({ call, name: 'look', arguments: '{}', state: 'running' });
    await model.close();
    const done = async (call: string, attempt = 1) => {
      const stream = await all.open(workspace, target, { ...writer(1, attempt), call });
      stream.tool({ call, name: 'look', arguments: '{}', state: 'succeeded', result: `${call}${attempt}` });
      return stream;
    };
    await Promise.all([await done('b'), await done('a')].map((stream: AnswerStream) => stream.close()));
    await (await done('a', 2)).close();
    expect((await read()).parts).toMatchObject([
      { call: 'a', state: 'succeeded', result: 'a2' },
      { call: 'b', state: 'succeeded', result: 'b1' },
    ]);
    expect(reader.known().parts).toEqual((await read()).parts);
  });

  it('let nobody write behind the end, and end what was still under way', async () => {
    const { workspace, target, read, reader } = await asked();
    const all = streams();
    const stream = await all.open(workspace, target, writer(1));
    stream.text('Half');
    stream.tool({ call: 'c', name: 'look', arguments: '{}', state: 'waiting' });
    await stream.close();
    const going = await all.open(workspace, target, { ...writer(1), call: 'c' });
    const failure = { code: 'stopped', message: 'Ana stopped it.' };
    expect(await all.setState(workspace, target, { state: 'stopped', failure })).toBe(true);
    expect(await all.setState(workspace, target, { state: 'succeeded' })).toBe(false);
    going.tool({ call: 'c', name: 'look', arguments: '{}', state: 'succeeded' });
    await expect(going.close()).rejects.toThrow(AnswerFenced);
    await expect(all.open(workspace, target, writer(2))).rejects.toThrow(AnswerFenced);
    const message = await read();
    expect(message).toMatchObject({ state: 'stopped', failure, finishedAt: expect.any(String) });
    expect(message.parts).toMatchObject([
      { text: 'Half' },
      { state: 'failed', failure: { code: 'stopped' } },
    ]);
    expect(reader.known()).toMatchObject({ seq: message.seq, state: 'stopped', parts: message.parts });
    const left = await database().sql.query('select 1 from message_changes where message = $1', [
      target.message,
    ]);
    expect(left).toEqual([]);
  });

  it('lose and double nothing while the database is away, also where its reply was lost', async () => {
    const { workspace, target, read } = await asked();
    let turn = 0;
    const flaky: Pick<Database, 'asSystem'> = {
      asSystem: (work) =>
        database().asSystem(({ answers, ...rest }) =>
          work({
            ...rest,
            answers: {
              ...answers,
              async append(entries) {
                turn++;
                if (turn % 3 === 1) throw new Error('The database is away.');
                const stored = await answers.append(entries);
                if (turn % 3 === 2) throw new Error('The reply was lost.');
                return stored;
              },
            },
          }),
        ),
    };
    const stream = await streams({ db: flaky }).open(workspace, target, writer(1));
    const words = Array.from({ length: 5 }, (_, position) => `${position} `);
    for (const word of words) {
      stream.text(word);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await stream.close();
    expect(textOf((await read()).parts)).toBe(words.join(''));
  });

  it('give up when the database stays away, and say why', async () => {
    const { workspace, target } = await asked();
    const gone: Pick<Database, 'asSystem'> = {
      asSystem: (work) =>
        database().asSystem(({ answers, ...rest }) =>
          work({
            ...rest,
            answers: { ...answers, append: () => Promise.reject(new Error('The database is away.')) },
          }),
        ),
    };
    const stream = await streams({ db: gone, patienceMs: 0 }).open(workspace, target, writer(1));
    stream.text('lost');
    await expect(stream.close()).rejects.toThrow('The database is away.');
    expect(stream.signal.aborted).toBe(true);
  });

  it('keep characters whole that come in two pieces', async () => {
    const { workspace, target, read, reader } = await asked();
    const stream = await streams().open(workspace, target, writer(1));
    const [high = '', low = ''] = '😀'.split('');
    stream.text(`a${high}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
    stream.text(`${low}\0b`);
    await stream.close();
    expect(textOf((await read()).parts)).toBe('a😀\ufffdb');
    expect(reader.known().parts).toEqual((await read()).parts);
  });

  it('know no message of another workspace, and no message of a person', async () => {
    const { target } = await asked();
    const foreign = await createWorkspace(database());
    await expect(streams().open(foreign, target, writer(1))).rejects.toThrow(AnswerFenced);
  });
});
