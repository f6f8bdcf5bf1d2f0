import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { refersToFile } from './chat/refers-to-file.ts';
import type { FilesRepository, NewFile } from './files.ts';

describeDatabases('Files', (database) => {
  const at = <T>(workspace: string, work: (files: FilesRepository) => Promise<T>) =>
    database().inWorkspace(workspace, ({ files }) => work(files));
  const fresh: NewFile = {
    ...{ name: 'cat.png', type: 'image/png', bytes: 100, purpose: 'chat', visibility: 'private' },
    ...{ createdBy: 'ann', sweepIn: 60, limit: 0 },
  };
  const upload = async (workspace: string, changes: Partial<NewFile> = {}) => {
    const file = await at(workspace, (files) => files.create({ ...fresh, ...changes }));
    if (!file) throw new Error('it does not fit');
    return file;
  };
  const ready = async (workspace: string, sha256: string, changes: Partial<NewFile> = {}) => {
    const { id } = await upload(workspace, changes);
    await at(workspace, (files) => files.claim(id, 60));
    const found = { type: 'image/png', sha256, object: `o-${id}`, thumbnail: `t-${id}` };
    const settled = await at(workspace, (files) => files.settle(id, found, undefined));
    return settled!;
  };

  it('share the bytes of their twins, and give them up with the last', async () => {
    const workspace = await createWorkspace(database());
    const first = await ready(workspace, 'aa');
    const twin = await ready(workspace, 'aa', { name: 'the same.png' });
    const open = await ready(workspace, 'aa', { visibility: 'public' });
    const { object, thumbnail } = first.file;
    expect(first.unneeded).toEqual([]);
    expect(twin.file).toMatchObject({ name: 'the same.png', state: 'ready', object, thumbnail });
    expect(twin.unneeded).toEqual([`o-${twin.file.id}`, `t-${twin.file.id}`]);
    expect(open.file.object).toBe(`o-${open.file.id}`);
    expect(await at(workspace, (files) => files.use())).toEqual({ files: 2, bytes: 200 });
    expect((await at(workspace, (files) => files.remove(first.file.id)))?.unneeded).toEqual([]);
    expect((await at(workspace, (files) => files.remove(twin.file.id)))?.unneeded).toEqual([
      ...[object, thumbnail, `${thumbnail}-shared`],
    ]);
    expect(await at(workspace, (files) => files.remove(twin.file.id))).toBeUndefined();
  });

  it('are checked by one at a time, and settled once', async () => {
    const workspace = await createWorkspace(database());
    const { id } = await upload(workspace);
    const claim = () => at(workspace, (files) => files.claim(id, 60));
    expect([await claim(), await claim()]).toEqual([true, false]);
    await database().sql.query(`update files set checked_until = now() - interval '1 second' where id = $1`, [
      id,
    ]);
    expect(await claim()).toBe(true);
    await at(workspace, (files) => files.release(id));
    expect(await claim()).toBe(true);
    await at(workspace, (files) => files.refuse(id, { code: 'file-refused', values: { n: 1 } }, 60));
    expect(await at(workspace, (files) => files.get(id))).toMatchObject({
      state: 'refused',
      refusal: { code: 'file-refused', values: { n: 1 } },
    });
    const found = { type: 'image/png', sha256: 'x', object: 'o' };
    expect(await at(workspace, (files) => files.settle(id, found, undefined))).toBeUndefined();
    expect(await claim()).toBe(false);
  });

  it('do not go beyond what the workspace may store, with those on their way', async () => {
    const workspace = await createWorkspace(database());
    const add = () => at(workspace, (files) => files.create({ ...fresh, limit: 250 }));
    const made = await Promise.all([add(), add(), add()]);
    expect(made.filter((file) => file === undefined)).toHaveLength(1);
  });

  it('are listed by purpose, name and person, and are of one workspace', async () => {
    const workspace = await createWorkspace(database());
    const [a, b] = [
      await ready(workspace, '1', { name: 'a%.txt', purpose: 'file' }),
      await ready(workspace, '2', { name: 'b.txt', createdBy: 'bob' }),
    ];
    await upload(workspace);
    const list = async (query: object) =>
      (await at(workspace, (files) => files.list({ limit: 10, ...query }))).items.map(({ id }) => id);
    expect(await list({})).toEqual([b.file.id, a.file.id]);
    expect(await list({ purpose: 'file' })).toEqual([a.file.id]);
    expect(await list({ search: '%' })).toEqual([a.file.id]);
    expect(await list({ by: 'bob' })).toEqual([b.file.id]);
    const page = await at(workspace, (files) => files.list({ limit: 1 }));
    expect(await list({ cursor: page.nextCursor })).toEqual([a.file.id]);
    const other = await createWorkspace(database());
    expect(await at(other, (files) => files.get(a.file.id))).toBeUndefined();
  });

  it('are swept when their time has come, and again when the sweep says so', async () => {
    const workspace = await createWorkspace(database());
    const { id } = await upload(workspace, { sweepIn: -1 });
    const { id: later } = await upload(workspace);
    const due = async () => {
      const all = await database().asSystem(({ files }) => files.due(1_000));
      return all.filter((file) => file.workspace === workspace).map((file) => file.id);
    };
    expect(await due()).toEqual([id]);
    await at(workspace, (files) => files.swept(id, undefined));
    await at(workspace, (files) => files.swept(later, -1));
    expect(await due()).toEqual([later]);
  });

  it('are found in messages by an index, however many there are', async () => {
    const plan = await database().sql.transaction(async (inside) => {
      await inside.query('set local enable_seqscan = off');
      return inside.query(`explain select 1 from messages where workspace = 'w' and ${refersToFile("'f'")}`);
    });
    expect(JSON.stringify(plan)).toContain('messages_by_file');
  });
});
