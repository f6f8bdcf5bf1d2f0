import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPreparedStatements, type PreparedStatements } from './prepared-statements.ts';

let pglite: PGlite;
let statements: PreparedStatements;
beforeAll(async () => {
  pglite = await PGlite.create();
  await pglite.exec(
    'create table letters (id int primary key, letter text, many text[], body jsonb, raw bytea)',
  );
  statements = createPreparedStatements(pglite);
}, 60_000);
afterAll(() => pglite.close());

const run = <Row = Record<string, unknown>>(text: string, parameters: unknown[] = [], role = 'r') =>
  statements.query<Row>(role, text, parameters);
const insert = 'insert into letters (id, letter, many, body, raw) values ($1, $2, $3, $4, $5) returning *';
const kept = async () =>
  Number((await pglite.query<{ n: string }>('select count(*) as n from pg_prepared_statements')).rows[0]!.n);

describe('Prepared statements', () => {
  it('give what PGlite gives, every time', async () => {
    const values = (id: number) => [id, 'ä"', ['x', 'y, z'], { a: [1] }, new Uint8Array([0, 255])];
    const prepared = [await run(insert, values(1)), await run(insert, values(2))];
    const unprepared = await pglite.query(insert, values(3));
    for (const [position, result] of prepared.entries())
      expect(result).toEqual({
        ...unprepared,
        rows: [{ ...(unprepared.rows[0] as object), id: position + 1 }],
      });
    expect((await run('delete from letters where id = $1', [3])).affectedRows).toBe(1);
    expect((await run('update letters set letter = $1', [null])).affectedRows).toBe(2);
    expect((await run('select letter from letters where id = $1', [9])).rows).toEqual([]);
  });

  it('go on after a statement that fails, and after a text that is none', async () => {
    const doubled = run(insert, [1, 'b', [], {}, null]);
    await expect(doubled).rejects.toMatchObject({ code: '23505', constraint: 'letters_pkey' });
    await expect(run('selct 1')).rejects.toMatchObject({ code: '42601' });
    await expect(run('select $1::int', ['no number'])).rejects.toMatchObject({ code: '22P02' });
    expect((await run('select $1::int as n', [5])).rows).toEqual([{ n: 5 }]);
  });

  it('take their turns within a transaction, and go with it', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const answers = pglite.transaction(async () => {
      const asked = numbers.map((n) => run<{ n: number }>('select $1::int as n', [n]));
      const rows = (await Promise.all(asked)).map((result) => result.rows[0]!.n);
      await run('delete from letters');
      throw Object.assign(new Error('Undo'), { rows });
    });
    await expect(answers).rejects.toMatchObject({ rows: numbers });
    expect((await run('select 1 from letters')).rows).toHaveLength(2);
  });

  it('are kept once for each role, up to a number', async () => {
    await statements.forget();
    for (let times = 0; times < 3; times++) {
      await run('select 1 as a');
      await run('select 1 as a', [], 'other');
    }
    expect(await kept()).toBe(2);
    for (let n = 0; n < 300; n++) {
      expect((await run(`select ${n} as n`)).rows).toEqual([{ n }]);
      await run('select 1 as a');
    }
    expect(await kept()).toBe(256);
    const names = await pglite.query<{ n: string }>(
      "select count(*) as n from pg_prepared_statements where statement = 'select 1 as a'",
    );
    // The one that was used all the time.
    expect(Number(names.rows[0]!.n)).toBe(1);
  });

  it('see tables as they are once they were forgotten', async () => {
    await run('select * from letters');
    await pglite.exec('alter table letters add column later int default 7');
    await expect(run('select * from letters')).rejects.toMatchObject({ code: '0A000' });
    await statements.forget();
    expect((await run<{ later: number }>('select * from letters')).rows[0]!.later).toBe(7);
  });
});
