import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg, { type Client } from 'pg';
import type { Bus, BusMessage } from '../../contracts/bus.ts';
import type { RunEvent } from '../../contracts/run.ts';
import { type Database, openDatabase } from '../database.ts';
import type { Log } from '../log.ts';
import { createPostgresDatabase, type TestPostgres, testPostgresUrl } from '../testing/postgres-database.ts';
import { createLocalBus } from './local-bus.ts';
import { createPostgresBus } from './postgres-bus.ts';

const changed = (automation: string): BusMessage => ({
  kind: 'automation.changed',
  workspace: 'w',
  automation,
});

/** Collects messages and waits for as many as a test needs. */
function listen(bus: Bus): { messages: BusMessage[]; until: (count: number) => Promise<void> } {
  const messages: BusMessage[] = [];
  let wake = () => {};
  bus.subscribe((message) => {
    messages.push(message);
    wake();
  });
  return {
    messages,
    until: async (count) => {
      while (messages.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function step(seq: number, size: number): RunEvent {
  const outputs = { main: [{ json: { text: 'é'.repeat(size) } }] };
  return { type: 'step.finished', seq, at: 1, node: 'n', index: 0, state: 'succeeded', attempts: 1, outputs };
}

describe('The local bus', () => {
  it('reaches every listener until it unsubscribes', async () => {
    const bus = createLocalBus();
    const first = listen(bus);
    const heard: BusMessage[] = [];
    const stop = bus.subscribe((message) => heard.push(message));
    bus.publish(changed('a'));
    stop();
    bus.publish(changed('b'));
    expect(first.messages).toEqual([changed('a'), changed('b')]);
    expect(heard).toEqual([changed('a')]);
    await bus.close();
    bus.publish(changed('c'));
    expect(first.messages).toHaveLength(2);
  });

  it('goes on when a listener throws, and logs it', () => {
    const errors: string[] = [];
    const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => errors.push(message) };
    const bus = createLocalBus(log);
    bus.subscribe(() => {
      throw new Error('broken');
    });
    const { messages } = listen(bus);
    bus.publish(changed('a'));
    expect(messages).toEqual([changed('a')]);
    expect(errors).toEqual(['A bus listener failed']);
  });
});

(testPostgresUrl ? describe : describe.skip)('The Postgres bus', () => {
  let postgres: TestPostgres;
  let database: Database;
  let admin: Client;
  const open: Bus[] = [];
  const connect = async () => {
    const bus = await createPostgresBus(postgres.url);
    open.push(bus);
    return bus;
  };

  beforeAll(async () => {
    postgres = await createPostgresDatabase();
    database = await openDatabase({ url: postgres.url, dataDir: '' });
    await database.migrate();
    admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });
  afterAll(async () => {
    await admin.end();
    await database.close();
    await postgres.drop();
  });

  it('reaches other processes in order, and its own listeners once', async () => {
    const [here, there] = [await connect(), await connect()];
    const [own, other] = [listen(here), listen(there)];
    const sent = Array.from({ length: 500 }, (_, position) => changed(`a${position}`));
    for (const message of sent) here.publish(message);
    expect(own.messages).toEqual(sent);
    await other.until(500);
    expect(other.messages).toEqual(sent);
    // What comes back from `there` shows that nothing of its own came back to `here` before.
    there.publish(changed('back'));
    await own.until(501);
    expect(own.messages).toHaveLength(501);
  });

  it('leaves outputs out of events that are too large, and sends an answer whole, in order', async () => {
    const [here, there] = [await connect(), await connect()];
    const other = listen(there);
    const events: BusMessage = {
      kind: 'run.events',
      workspace: 'w',
      automation: 'a',
      run: 'r',
      events: [step(0, 10), step(1, 5_000)],
    };
    const response = {
      status: 200,
      headers: [],
      body: { kind: 'json' as const, value: 'x\u0000'.repeat(100_000) },
    };
    const answer: BusMessage = { kind: 'run.answer', workspace: 'w', run: 'r', response };
    const many: BusMessage = { ...events, events: Array.from({ length: 300 }, (_, seq) => step(seq, 1)) };
    here.publish(events);
    here.publish(answer);
    here.publish(many);
    here.publish(changed('last'));
    await other.until(4);
    const [first, second, third, last] = other.messages;
    expect(first).toEqual({
      ...events,
      events: [
        { ...step(0, 10), outputs: {}, truncated: { main: 1 } },
        { ...step(1, 5_000), outputs: {}, truncated: { main: 1 } },
      ],
      partial: true,
    });
    // jsonb can't hold NUL: it arrives as the sign for what can't be shown.
    expect(second).toEqual({
      ...answer,
      response: { ...response, body: { kind: 'json', value: 'x\ufffd'.repeat(100_000) } },
    });
    expect(third).toEqual(many);
    expect(last).toEqual(changed('last'));
  });

  it('connects again when Postgres drops it, and sends what gathered', async () => {
    const [here, there] = [await connect(), await connect()];
    const other = listen(there);
    const dropped = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'hiviex bus' and datname = current_database()`,
    );
    expect(dropped.rows).toHaveLength(2);
    // Both listen again before anything is said: who is away misses what is said.
    for (;;) {
      const { rows } = await admin.query<{ query: string }>(
        `select query from pg_stat_activity
         where application_name = 'hiviex bus' and datname = current_database() and query like 'listen%' and state = 'idle'`,
      );
      if (rows.length === 2) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    here.publish(changed('again'));
    await other.until(1);
    expect(other.messages).toEqual([changed('again')]);
  });

  it('says at once when Postgres is not there', async () => {
    await expect(createPostgresBus('postgres://127.0.0.1:1/none')).rejects.toThrow();
  });
});
