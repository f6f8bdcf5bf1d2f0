import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import type { KeyValuesRepository } from './key-values.ts';

describeDatabases('Keys', (database) => {
  const at = <T>(workspace: string, work: (keys: KeyValuesRepository) => Promise<T>) =>
    database().inWorkspace(workspace, ({ keyValues }) => work(keyValues));
  const expire = (workspace: string) =>
    database().sql.query(
      `update key_values set expires_at = now() - interval '1 second' where workspace = $1`,
      [workspace],
    );

  it('hold any JSON, until they are deleted or expire', async () => {
    const workspace = await createWorkspace(database());
    await at(workspace, (keys) => keys.set({ key: 'a', value: { list: [1, null] }, ttlSeconds: 0 }));
    expect(await at(workspace, (keys) => keys.get('a'))).toEqual({
      key: 'a',
      value: { list: [1, null] },
      updatedAt: expect.any(String),
    });
    await at(workspace, (keys) => keys.set({ key: 'a', value: 'now', ttlSeconds: 60 }));
    expect(await at(workspace, (keys) => keys.get('a'))).toMatchObject({
      value: 'now',
      expiresAt: expect.any(String),
    });
    await expire(workspace);
    expect(await at(workspace, (keys) => keys.get('a'))).toBeUndefined();
    expect(await at(workspace, (keys) => keys.list({ limit: 9 }))).toEqual([]);
    expect(await at(workspace, (keys) => keys.remove('a'))).toBe(false);
  });

  it('are listed by prefix, page by page, and by workspace', async () => {
    const workspace = await createWorkspace(database());
    for (const key of ['u:2', 'u:1', 'U:3', 'v%', 'u:10'])
      await at(workspace, (keys) => keys.set({ key, value: 1, ttlSeconds: 0 }));
    const list = async (prefix: string, after?: string) =>
      (await at(workspace, (keys) => keys.list({ prefix, after, limit: 2 }))).map(({ key }) => key);
    expect(await list('u:')).toEqual(['u:1', 'u:10']);
    expect(await list('u:', 'u:10')).toEqual(['u:2']);
    expect(await list('%')).toEqual([]);
    expect(await at(await createWorkspace(database()), (keys) => keys.list({ limit: 9 }))).toEqual([]);
  });

  it('count, each step once however often it asks', async () => {
    const workspace = await createWorkspace(database());
    const add = (step: string, by = 1) =>
      at(workspace, (keys) => keys.increment({ key: 'n', by, ttlSeconds: 0, step }));
    const counts = await Promise.all(['a', 'b', 'c', 'b', 'a'].map((step) => add(step)));
    expect(new Set(counts)).toEqual(new Set([1, 2, 3]));
    expect(counts[4]).toBe(counts[0]);
    expect(await add('d', -0.5)).toBe(2.5);
    expect(await add('c', 9)).toBe(counts[2]);
    await at(workspace, (keys) => keys.set({ key: 'n', value: 'text', ttlSeconds: 0 }));
    await expect(add('e')).rejects.toMatchObject({ code: 'not-a-number' });
    expect(await at(workspace, (keys) => keys.get('n'))).toMatchObject({ value: 'text' });
    await expire(workspace);
    await at(workspace, (keys) => keys.set({ key: 'n', value: 'text', ttlSeconds: 1 }));
    await expire(workspace);
    expect(await add('f')).toBe(1);
  });

  it('refuse values that are too large', async () => {
    const workspace = await createWorkspace(database());
    await expect(
      at(workspace, (keys) => keys.set({ key: 'k', value: 'x'.repeat(70_000), ttlSeconds: 0 })),
    ).rejects.toMatchObject({ code: 'value-too-large' });
  });
});
