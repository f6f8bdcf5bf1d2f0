import { expect, it } from '@jest/globals';
import type { JsonValue } from '../../contracts/json.ts';
import type { Column, RowCondition, RowOperator } from '../../contracts/tables.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import type { Repositories } from './index.ts';

const columns: Column[] = [
  { name: 'name', type: 'text' },
  { name: 'n', type: 'number' },
  { name: 'done', type: 'boolean' },
  { name: 'due', type: 'date' },
  { name: 'more', type: 'json' },
];
const where = (column: string, operator: RowOperator, value: JsonValue = null): RowCondition => ({
  column,
  operator,
  value,
});
const all = (...conditions: RowCondition[]) => ({ match: 'all' as const, conditions });
const any = (...conditions: RowCondition[]) => ({ match: 'any' as const, conditions });

describeDatabases('Data tables', (database) => {
  const at = <T>(workspace: string, work: (repositories: Repositories) => Promise<T>) =>
    database().inWorkspace(workspace, work);

  async function filled() {
    const workspace = await createWorkspace(database());
    const table = await at(workspace, ({ dataTables }) => dataTables.create({ name: 'Leads', columns }));
    await at(workspace, ({ dataTableRows }) =>
      dataTableRows.insert(table.id, [
        { name: 'Ana', n: '10', done: 'yes', due: '2026-03-01', more: '{"a":1}' },
        { name: 'Bea', n: 9, done: false, due: '2026-03-01T10:00:00-03:00' },
        { name: "O'Neill; drop table", n: null, more: [1] },
      ]),
    );
    return { workspace, table };
  }

  it('keep what is put into them, as their columns say', async () => {
    const { workspace, table } = await filled();
    const rows = await at(workspace, ({ dataTableRows }) =>
      dataTableRows.find('Leads', { ...all(), limit: 10 }),
    );
    expect(rows).toMatchObject([
      { id: 1, name: 'Ana', n: 10, done: true, due: '2026-03-01T00:00:00.000Z', more: { a: 1 } },
      { id: 2, name: 'Bea', n: 9, done: false, due: '2026-03-01T13:00:00.000Z' },
      { id: 3, name: "O'Neill; drop table", n: null, more: [1] },
    ]);
    expect(await at(workspace, ({ dataTables }) => dataTables.get(table.id))).toMatchObject({ rows: 3 });
  });

  it.each<[string, ReturnType<typeof all> | ReturnType<typeof any>, number[]]>([
    ['equal text', all(where('name', 'equals', 'Ana')), [1]],
    ['numbers as numbers', all(where('n', 'gt', '9')), [1]],
    ['null', all(where('n', 'equals', null)), [3]],
    ['all but', all(where('n', 'notEquals', 9)), [1, 3]],
    ['true', all(where('done', 'equals', true)), [1]],
    ['dates', all(where('due', 'gte', '2026-03-01T12:00:00Z')), [2]],
    ['JSON', all(where('more', 'contains', '"a"')), [1]],
    ['empty', all(where('due', 'empty')), [3]],
    ['not empty', all(where('due', 'notEmpty')), [1, 2]],
    ['text in any case', all(where('name', 'contains', 'NEILL')), [3]],
    ['wildcards as text', all(where('name', 'contains', '%')), []],
    ['any of several', any(where('id', 'equals', 1), where('name', 'equals', 'Bea')), [1, 2]],
    ['all of several', all(where('id', 'gt', 1), where('createdAt', 'gt', '2020-01-01')), [2, 3]],
  ])('find rows by %s', async (_, filter, ids) => {
    const { workspace } = await filled();
    const found = await at(workspace, ({ dataTableRows }) =>
      dataTableRows.find('Leads', { ...filter, limit: 9 }),
    );
    expect(found.map(({ id }) => id)).toEqual(ids);
  });

  it('sort, search and page', async () => {
    const { workspace } = await filled();
    const find = async (query: object) => {
      const rows = await at(workspace, ({ dataTableRows }) =>
        dataTableRows.find('Leads', { ...all(), limit: 9, ...query }),
      );
      return rows.map(({ id }) => id);
    };
    expect(await find({ sort: { column: 'n', descending: false } })).toEqual([2, 1, 3]);
    expect(await find({ sort: { column: 'name', descending: true } })).toEqual([3, 2, 1]);
    expect(await find({ limit: 1, offset: 1 })).toEqual([2]);
    expect(await find({ search: 'bea' })).toEqual([2]);
  });

  it('change and delete rows, and count them', async () => {
    const { workspace, table } = await filled();
    const run = <T>(work: (rows: Repositories['dataTableRows']) => Promise<T>) =>
      at(workspace, ({ dataTableRows }) => work(dataTableRows));
    const ana = all(where('name', 'equals', 'Ana'));
    expect(await run((rows) => rows.update('Leads', ana, { n: 11 }))).toMatchObject({
      count: 1,
      rows: [{ n: 11 }],
    });
    const upsert = (name: string) =>
      run((rows) =>
        rows.update('Leads', all(where('name', 'equals', name)), { name, n: 1 }, { create: true }),
      );
    expect((await upsert('Ana')).rows[0]).toMatchObject({ id: 1, n: 1, done: true });
    expect((await upsert('Cleo')).rows[0]).toMatchObject({ id: 4, n: 1 });
    // Two that come at once make one row.
    const twice = await Promise.all([upsert('Dora'), upsert('Dora')]);
    expect(twice.map(({ rows }) => rows[0]!.id)).toEqual([5, 5]);
    expect(await run((rows) => rows.remove('Leads', all(where('id', 'lte', 2))))).toMatchObject({ count: 2 });
    expect(await at(workspace, ({ dataTables }) => dataTables.get(table.id))).toMatchObject({ rows: 3 });
    expect((await run((rows) => rows.insert('Leads', [{}])))[0]!.id).toBe(6);
  });

  it('do once what a step asks for twice', async () => {
    const { workspace, table } = await filled();
    const insert = () =>
      at(workspace, ({ dataTableRows }) => dataTableRows.insert('Leads', [{ n: 5 }], 'run:n:0'));
    const [first, second] = await Promise.all([insert(), insert()]);
    expect(second).toEqual(first);
    expect(await insert()).toEqual(first);
    expect(await at(workspace, ({ dataTables }) => dataTables.get(table.id))).toMatchObject({ rows: 4 });
  });

  it('have their columns changed', async () => {
    const { workspace, table } = await filled();
    const change = <T>(work: (tables: Repositories['dataTables']) => Promise<T>) =>
      at(workspace, ({ dataTables }) => work(dataTables));
    await change((tables) => tables.renameColumn(table.id, 'name', 'who'));
    await change((tables) => tables.removeColumn(table.id, 'more'));
    await change((tables) => tables.addColumn(table.id, { name: 'x', type: 'text' }));
    const [row] = await at(workspace, ({ dataTableRows }) =>
      dataTableRows.find(table.id, { ...all(), limit: 1 }),
    );
    expect(row).toMatchObject({ who: 'Ana' });
    expect(Object.keys(row!)).not.toContain('more');
    await expect(change((tables) => tables.renameColumn(table.id, 'none', 'y'))).rejects.toMatchObject({
      code: 'column-missing',
    });
    await expect(
      change((tables) => tables.addColumn(table.id, { name: 'x', type: 'text' })),
    ).rejects.toMatchObject({ code: 'column-taken' });
    await expect(change((tables) => tables.create({ name: 'Leads', columns }))).rejects.toMatchObject({
      code: 'name-taken',
    });
  });

  it.each<[string, (rows: Repositories['dataTableRows']) => Promise<unknown>, string]>([
    ['an unknown table', (rows) => rows.insert('none', [{}]), 'table-missing'],
    ['an unknown column', (rows) => rows.insert('Leads', [{ '" or 1=1': 1 }]), 'column-missing'],
    ['a word for a number', (rows) => rows.insert('Leads', [{ n: 'many' }]), 'bad-cell'],
    ['no date', (rows) => rows.insert('Leads', [{ due: 'soon' }]), 'bad-cell'],
    ['a comparison with a word', (rows) => rows.remove('Leads', all(where('n', 'gt', 'x'))), 'bad-cell'],
    ['a row too large', (rows) => rows.insert('Leads', [{ name: 'x'.repeat(70_000) }]), 'row-too-large'],
    [
      'more rows than there may be',
      (rows) =>
        rows.insert(
          'Leads',
          Array.from({ length: 100_001 }, () => ({})),
        ),
      'table-full',
    ],
  ])('refuse %s', async (_, work, code) => {
    const { workspace } = await filled();
    await expect(at(workspace, ({ dataTableRows }) => work(dataTableRows))).rejects.toMatchObject({ code });
  });

  it('are of their workspace alone', async () => {
    const { table } = await filled();
    const foreign = await createWorkspace(database());
    expect(await at(foreign, ({ dataTables }) => dataTables.list())).toEqual([]);
    expect(await at(foreign, ({ dataTables }) => dataTables.remove(table.id))).toBeUndefined();
    await expect(
      at(foreign, ({ dataTableRows }) => dataTableRows.insert(table.id, [{}])),
    ).rejects.toMatchObject({ code: 'table-missing' });
  });
});
