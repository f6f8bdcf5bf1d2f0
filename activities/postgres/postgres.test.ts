/** The Postgres node against a real server. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { postgresNode } from '../../contracts/catalogue/postgres.ts';
import type { EffectInput, ItemOutcome } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { createPostgresDatabase, type TestPostgres } from '../../db/testing/postgres-database.ts';
import { describeWithPostgres } from '../../scripts/stack/test-tools.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

describeWithPostgres('the Postgres node', () => {
  let postgres: TestPostgres;
  let workspace: TestWorkspace;
  let fields: JsonObject;
  let secrets: JsonObject;
  let credential: string;

  beforeAll(async () => {
    postgres = await createPostgresDatabase();
    const { hostname: host, port, pathname, username: user, password } = new URL(postgres.url);
    workspace = await createTestWorkspace({ allow: '127.0.0.1,localhost' });
    fields = { host, port: Number(port), database: pathname.slice(1), user, tls: 'off' };
    secrets = { password: decodeURIComponent(password) || 'none' };
    credential = await workspace.add('postgres', secrets, fields);
    await run({
      query: `create table orders (id int primary key, customer text not null, tags text[], info jsonb, "Strange ""name" int);
              create table lines (id serial primary key, "order" int references orders)`,
    });
  }, 60_000);
  afterAll(async () => {
    await workspace?.close();
    await postgres?.drop();
  });

  const full = (parameters: JsonObject): JsonObject =>
    postgresNode.parameters.parse({ credential, table: 'orders', ...parameters }) as JsonObject;
  const outcomes = async (parameters: JsonObject, over: Partial<EffectInput> = {}): Promise<ItemOutcome[]> =>
    (await workspace.call('postgres', full(parameters), over)).outcomes ?? [];
  async function run(parameters: JsonObject, ...items: JsonObject[]): Promise<JsonValue> {
    const over = items.length > 0 ? { items: items.map((json): Item => ({ json })) } : {};
    const made = await outcomes(parameters, over);
    const shown = (one: ItemOutcome): JsonValue[] =>
      'failure' in one ? [one.failure.code] : one.items.map(({ json }) => json);
    return made.flatMap(shown);
  }
  const query = (text: string, ...values: JsonValue[]) =>
    run({ query: text, values: values.map((value) => ({ value })) });
  const count = async () => await query('select count(*) from orders');

  it('inserts, updates, upserts, selects and deletes rows by the fields of items', async () => {
    const row = {
      id: 1,
      customer: "Ana'; drop table orders; --",
      tags: ['a', 'b "c"'],
      info: [1, { x: null }],
    };
    const whole = { ...row, 'Strange "name': 5 };
    expect(await run({ operation: 'insert' }, whole)).toEqual([whole]);
    expect(await run({ operation: 'update' }, { id: 1, info: 'text', tags: [] })).toEqual([
      { ...whole, info: 'text', tags: [] },
    ]);
    const upserted = await run(
      { operation: 'upsert' },
      { id: 1, customer: 'Zé' },
      { id: 2, customer: 'Eva' },
    );
    expect(upserted).toMatchObject([
      { id: 1, customer: 'Zé', info: 'text' },
      { id: 2, customer: 'Eva' },
    ]);
    const sort = [{ column: 'id', direction: 'desc' }];
    const conditions: JsonObject[] = [
      { column: 'customer', operator: 'like', value: 'E%' },
      { column: 'Strange "name', operator: 'isNotNull' },
    ];
    expect(await run({ operation: 'select', sort, conditions, combine: 'or' })).toMatchObject([
      { id: 2 },
      { id: 1 },
    ]);
    expect(await run({ operation: 'select', sort, limit: 1 })).toMatchObject([{ id: 2 }]);
    const columns = [
      { column: 'id', value: 3 },
      { column: 'customer', value: 'Lu' },
    ];
    expect(await run({ operation: 'insert', columnsFrom: 'list', columns }, { any: 'thing' })).toMatchObject([
      { id: 3 },
    ]);
    const one = [{ column: 'id', value: 3 }];
    expect(await run({ operation: 'delete', conditions: one })).toMatchObject([{ customer: 'Lu' }]);
    expect(await count()).toEqual([{ count: 2 }]);
  });

  it('takes values as values, never as SQL', async () => {
    const nasty = "x' or 1=1; --";
    expect(
      await query('select $1::text as back, $2::int + 1 as n, $3::jsonb as j', nasty, 2, { a: 1 }),
    ).toEqual([{ back: nasty, n: 3, j: { a: 1 } }]);
  });

  it('gives values as JSON can hold them, without losing any of them', async () => {
    const text = `select 9007199254740993::bigint as big, 5::bigint as small, 1.10::numeric as price, true as yes,
      '2026-01-31'::date as day, '2026-01-31 10:00:00.5'::timestamp as local, '2026-01-31 10:00:00-03'::timestamptz as at,
      'NaN'::float8 as nan, '{1,NULL}'::int[] as list, null as nothing, '\\x00ff'::bytea as bytes`;
    expect(await query(text)).toEqual([
      {
        ...{ big: '9007199254740993', small: 5, price: '1.10', yes: true, day: '2026-01-31', nan: 'NaN' },
        ...{ local: '2026-01-31 10:00:00.5', at: '2026-01-31T13:00:00.000Z', list: [1, null] },
        ...{ nothing: null, bytes: '\\x00ff' },
      },
    ]);
  });

  it('says what a statement without rows did, and gives nothing for a select that finds nothing', async () => {
    expect(await query('update orders set customer = customer where id = 1')).toEqual([
      { command: 'UPDATE', rowCount: 1 },
    ]);
    expect(await query('select 1 where false')).toEqual([]);
  });

  it('takes back what a batch wrote when one of its items fails', async () => {
    const items = [
      { id: 10, customer: 'A' },
      { id: 1, customer: 'twice' },
    ];
    expect(await run({ operation: 'insert' }, ...items)).toEqual([
      expect.objectContaining({ id: 10 }),
      'unique-violation',
    ]);
    expect(await count()).toEqual([{ count: 2 }]);
    const over = { goesOn: true, items: [...items, { id: 11, customer: 'B' }].map((json) => ({ json })) };
    const made = await outcomes({ operation: 'insert' }, over);
    expect(made.map((one) => Object.keys(one)[0])).toEqual(['items', 'failure', 'items']);
    expect(await count()).toEqual([{ count: 4 }]);
  });

  it.each([
    [{ query: 'select 1;\n  selec 2' }, 'sql-syntax', /line 2, column 3: "selec 2"/],
    [{ query: 'select * from nothing' }, 'no-such-table', /relation "nothing"/],
    [{ query: 'select nothing from orders' }, 'no-such-column', /column "nothing"/],
    [{ query: 'delete from orders', readOnly: true }, 'not-read-only', /read-only/],
    [{ query: 'select pg_sleep(30)', statementTimeout: 1 }, 'statement-timeout', /timeout/],
    [{ query: "select 'x'::int" }, 'bad-value', /invalid input/],
    [{ operation: 'select', table: 'Orders' }, 'no-such-table', /"Orders" in the schema "public"/],
    [
      {
        operation: 'insert',
        table: 'lines',
        columnsFrom: 'list',
        columns: [{ column: 'order', value: 999 }],
      },
      'foreign-key-violation',
      /999/,
    ],
    [
      { operation: 'insert', columnsFrom: 'list', columns: [{ column: 'id', value: 99 }] },
      'not-null-violation',
      /customer/,
    ],
    [
      { operation: 'insert', columnsFrom: 'list', columns: [{ column: 'total', value: 1 }] },
      'no-such-column',
      /"total"/,
    ],
    [
      { operation: 'update', columnsFrom: 'list', columns: [{ column: 'customer', value: 'x' }] },
      'no-values',
      /"id"/,
    ],
    [{ operation: 'delete', conditions: [] }, 'no-values', /condition/],
  ])('says what is wrong with %j', async (parameters, code, message) => {
    const [outcome] = await outcomes(parameters as JsonObject);
    expect(outcome).toMatchObject({
      failure: { code, message: expect.stringMatching(message), hint: expect.any(String) },
    });
  });

  it('stops a statement whose rows would not fit, and not only when all are there', async () => {
    const endless =
      'select repeat(md5(n::text), 100) as x from (select generate_series(1, 1000000000) as n) s';
    const [outcome] = await outcomes({ query: endless });
    expect(outcome).toMatchObject({ failure: { code: 'too-many-rows' } });
  });

  it('says why it cannot reach the database, without the password', async () => {
    const with_ = (more: JsonObject, password = 'wr0ng-password') =>
      workspace.add('postgres', { password }, { ...fields, ...more });
    const failed = async (id: string) => {
      const { failure, error } = await failureOf(
        workspace.call('postgres', full({ credential: id, query: 'select 1' })),
      );
      expect(JSON.stringify(failure)).not.toContain('wr0ng');
      return [failure.code, error.nonRetryable];
    };
    expect(await failed(await with_({ port: 1 }))).toEqual(['connection-refused', false]);
    expect(await failed(await with_({ host: '10.0.0.1' }))).toEqual(['address-blocked', true]);
    expect(await failed(await with_({ tls: 'verify' }))).toEqual(['database-tls-failed', true]);
    expect(await failed(await with_({ database: 'nothing' }, String(secrets.password)))).toEqual([
      'database-sign-in-refused',
      true,
    ]);
  });
});
