/** What only a real Postgres has: users without any privilege but their tables, and databases that are not there. */
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { BusMessage } from '../contracts/bus.ts';
import { createPostgresBus } from './bus/postgres-bus.ts';
import { type Database, openDatabase } from './database.ts';
import { createWorkspace } from './testing/fixtures.ts';
import { createPostgresDatabase, type TestPostgres, testPostgresUrl } from './testing/postgres-database.ts';

(testPostgresUrl ? describe : describe.skip)('Postgres', () => {
  const administrator = testPostgresUrl as string;
  const cleanUps: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  const open = async (url: string): Promise<Database> => {
    const database = await openDatabase({ url, dataDir: '', pool: 2 });
    cleanUps.push(() => database.close());
    return database;
  };
  const create = async (): Promise<TestPostgres> => {
    const postgres = await createPostgresDatabase();
    cleanUps.push(() => postgres.drop());
    return postgres;
  };

  /** The URL for a user who owns the database and may do nothing else. */
  async function asPlainUser(postgres: TestPostgres): Promise<string> {
    const user = `hiviex_test_${randomBytes(6).toString('hex')}`;
    const url = new URL(postgres.url);
    await run(administrator, `create role ${user} login password 'plain'`);
    // First in the list, so last of all: it owns the database.
    cleanUps.unshift(() => run(administrator, `drop role ${user}`));
    await run(administrator, `alter database ${url.pathname.slice(1)} owner to ${user}`);
    await run(postgres.url, 'create extension vector');
    url.username = user;
    url.password = 'plain';
    return url.href;
  }

  it('makes a database that is not there', async () => {
    const postgres = await createPostgresDatabase();
    await postgres.drop();
    cleanUps.push(() => postgres.drop());
    const database = await open(postgres.url);
    await database.migrate();
    expect(await database.asSystem(({ accounts }) => accounts.anyUser())).toBe(false);
  });

  it('serves a user who owns its tables and may do nothing else, once an administrator ran what the error says', async () => {
    // Some other installation of this server has made the roles.
    await (await open((await create()).url)).migrate();
    const url = await asPlainUser(await create());
    const database = await open(url);
    const refused = await database.migrate().catch((error: Error) => error.message);
    const grant = /As an administrator run once: .*(grant hiviex_app, hiviex_system to .*?);/.exec(
      refused ?? '',
    );
    await expect(database.inWorkspace('w', ({ runs }) => runs.get('r'))).rejects.toThrow('permission denied');

    await run(administrator, grant?.[1] ?? 'nothing said');
    await database.migrate();
    const workspace = await createWorkspace(database);
    const automations = await database.inWorkspace(workspace, (own) => own.automations.list({ limit: 5 }));
    expect(automations.items).toEqual([]);
    expect(await run(url, 'select id from workspaces')).toEqual([]);
    expect(await run(url, 'select id from users')).toEqual([]);
    expect(await heardOverTable(url)).toBe('too long to notify');
    // Foreign keys look past the policies, so what belongs to a workspace goes with it.
    await database.sql.query('delete from workspaces where id = $1', [workspace]);
    expect(await database.sql.query('select 1 from memberships')).toEqual([]);
  });
});

/** Sends an answer that has to travel through the table `bus_messages` from one process's bus to another's; gives its end. */
async function heardOverTable(url: string): Promise<unknown> {
  const [here, there] = [await createPostgresBus(url), await createPostgresBus(url)];
  try {
    const heard = new Promise<BusMessage>((resolve) => there.subscribe(resolve));
    const value = `${'x'.repeat(10_000)}too long to notify`;
    const response = { status: 200, headers: [], body: { kind: 'json' as const, value } };
    here.publish({ kind: 'run.answer', workspace: 'w', run: 'r', response });
    const message = await heard;
    if (message.kind !== 'run.answer' || message.response.body.kind !== 'json') return message;
    return String(message.response.body.value).slice(10_000);
  } finally {
    await Promise.all([here.close(), there.close()]);
  }
}

async function run(url: string, statement: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
