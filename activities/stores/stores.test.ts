import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { dataTableNode } from '../../contracts/catalogue/data-table.ts';
import { keyValueNode } from '../../contracts/catalogue/key-value.ts';
import { removeSeen } from '../../contracts/catalogue/remove-seen.ts';
import type { EffectInput } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type Database, openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import type { EffectSettings } from '../effect.ts';
import { effectActivity } from '../effect-activity.ts';
import { type EffectName, effectFactories } from '../effects.ts';
import { activityContext, effectInput, failureOf } from '../testing.ts';

let db: Database;
let workspace: string;
let steps = 0;

beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  await db.inWorkspace(workspace, ({ dataTables }) =>
    dataTables.create({
      name: 'leads',
      columns: [
        { name: 'mail', type: 'text' },
        { name: 'score', type: 'number' },
      ],
    }),
  );
});
afterAll(() => db.close());

/** Each call is a step of its own, unless it says which. */
function stepOf(type: EffectName, parameters: JsonObject, list: JsonObject[], key = `run:n:${steps++}`) {
  const settings = { db, maxResultBytes: 1_500_000 } as EffectSettings;
  const activity = effectActivity(type, effectFactories[type](settings), {
    log: pino({ level: 'silent' }),
    maxResultBytes: 1_500_000,
  });
  const base = effectInput(parameters);
  const input: EffectInput = {
    ...base,
    context: { ...base.context, workspace, idempotencyKey: key },
    items: list.map((json) => ({ json })),
  };
  return activityContext().run(activity, input) as ReturnType<typeof activity>;
}

describe('the key-value store', () => {
  const run = async (given: JsonObject, json: JsonObject = {}, key?: string) => {
    const { items } = await stepOf(
      'key-value',
      keyValueNode.parameters.parse(given) as JsonObject,
      [json],
      key,
    );
    return items.map((item) => item.json);
  };

  it('sets, gets, lists and deletes, beside the fields of the item', async () => {
    expect(await run({ key: 'a', into: 'was.a' }, { n: 1 })).toEqual([{ n: 1, was: { a: null } }]);
    expect(await run({ operation: 'set', key: 'a', value: { x: 1 } })).toEqual([{ value: { x: 1 } }]);
    expect(await run({ key: 'a' })).toEqual([{ value: { x: 1 } }]);
    expect(await run({ operation: 'list', prefix: 'a' })).toEqual([
      { key: 'a', value: { x: 1 }, expiresAt: null },
    ]);
    expect(await run({ operation: 'delete', key: 'a' })).toEqual([{ value: true }]);
    expect(await run({ operation: 'delete', key: 'a' })).toEqual([{ value: false }]);
  });

  it('counts once for a step that is tried again', async () => {
    const given = { operation: 'increment', key: 'count', by: '2' };
    expect(await run(given, {}, 'one')).toEqual([{ value: 2 }]);
    expect(await run(given, {}, 'one')).toEqual([{ value: 2 }]);
    expect(await run(given, {}, 'two')).toEqual([{ value: 4 }]);
  });

  it('says what is wrong', async () => {
    expect((await failureOf(run({ key: '' }))).failure).toMatchObject({ code: 'bad-parameters' });
    await run({ operation: 'set', key: 'word', value: 'x' });
    expect((await failureOf(run({ operation: 'increment', key: 'word' }))).failure).toMatchObject({
      code: 'not-a-number',
      message: 'The value of "word" is no number: nothing can be added to it.',
      hint: 'Use another key, or delete this one first.',
    });
  });
});

describe('the data table', () => {
  const run = async (given: JsonObject, json: JsonObject = {}, key?: string) => {
    const parameters = dataTableNode.parameters.parse({ table: 'leads', ...given }) as JsonObject;
    const { items } = await stepOf('data-table', parameters, [json], key);
    return items.map((item) => item.json);
  };
  const of = (mail: string) => ({ conditions: [{ column: 'mail', value: mail }] });

  it('inserts, finds, updates and deletes', async () => {
    const cells = [{ column: 'mail', value: 'a@x' }];
    expect(await run({ operation: 'insert', cells }, {}, 'insert')).toMatchObject([{ id: 1, mail: 'a@x' }]);
    expect(await run({ operation: 'insert', cells }, {}, 'insert')).toMatchObject([{ id: 1 }]);
    const fromItem = { operation: 'upsert', cellsFrom: 'item', ...of('b@x') };
    expect(await run(fromItem, { mail: 'b@x', score: '7', other: 1 })).toMatchObject([{ id: 2, score: 7 }]);
    expect(
      await run({ operation: 'update', cellsFrom: 'json', json: '{"score":9}', ...of('b@x') }),
    ).toMatchObject([{ id: 2, mail: 'b@x', score: 9 }]);
    expect(await run({ sort: 'score', order: 'descending' })).toMatchObject([{ id: 2 }, { id: 1 }]);
    expect(await run({ operation: 'delete', ...of('a@x') })).toMatchObject([{ id: 1 }]);
    expect(await run(of('a@x'))).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['an unknown table', { table: 'none' }, 'table-missing'],
    ['an unknown column', { operation: 'insert', cells: [{ column: 'x', value: 1 }] }, 'column-missing'],
    [
      'a cell of another type',
      { operation: 'insert', cells: [{ column: 'score', value: 'high' }] },
      'bad-cell',
    ],
    ['cells that are no object', { operation: 'insert', cellsFrom: 'json', json: '[1]' }, 'wrong-type'],
    ['a change of everything by mistake', { operation: 'delete', conditions: [] }, 'bad-parameters'],
  ])('refuses %s', async (_, given, code) => {
    const { failure } = await failureOf(run(given));
    expect(failure).toMatchObject({ code, hint: expect.any(String) });
  });

  it('asks for conditions before it is published', () => {
    const problems = (operation: string) =>
      dataTableNode.check?.(dataTableNode.parameters.parse({ table: 't', operation }));
    expect(problems('delete')).toHaveLength(1);
    expect(problems('get')).toEqual([]);
  });
});

describe('remove seen before', () => {
  const run = async (given: JsonObject, list: JsonObject[], key?: string) => {
    const { items } = await stepOf(
      'remove-seen',
      removeSeen.parameters.parse(given) as JsonObject,
      list,
      key,
    );
    return items;
  };
  const byId = { compare: 'selectedFields', fields: 'id' };

  it('keeps what no run has seen, paired with what came in', async () => {
    expect(await run(byId, [{ id: 1 }, { id: 2 }, { id: 1 }], 'first')).toEqual([
      { json: { id: 1 }, pairedItem: { item: 0 } },
      { json: { id: 2 }, pairedItem: { item: 1 } },
    ]);
    expect(await run(byId, [{ id: 2 }, { id: 3, n: 1 }])).toEqual([
      { json: { id: 3, n: 1 }, pairedItem: { item: 1 } },
    ]);
    expect(await run(byId, [{ id: 1 }, { id: 2 }, { id: 1 }], 'first')).toHaveLength(2);
  });

  it('shares a history by its key, and clears it', async () => {
    const shared = { scope: 'workspace', key: 'orders' };
    expect(await run(shared, [{ id: 1 }])).toHaveLength(1);
    expect(await run(shared, [{ id: 1 }])).toHaveLength(0);
    expect(await run({ ...shared, operation: 'clear' }, [{ id: 1 }])).toHaveLength(1);
    expect(await run(shared, [{ id: 1 }])).toHaveLength(1);
  });

  it('says what is wrong', async () => {
    expect((await failureOf(run({ scope: 'workspace' }, [{}]))).failure.code).toBe('bad-parameters');
    expect((await failureOf(run({ ...byId, fields: 'no' }, [{}, {}]))).failure.code).toBe('unknown-field');
  });
});
