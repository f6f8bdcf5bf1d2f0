import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';

describeDatabases('Seen values', (database) => {
  const remember = (workspace: string, step: string, values: string[], most = 10_000, scope = 'key:s') =>
    database().inWorkspace(workspace, ({ seenValues }) => seenValues.remember({ scope, values, most, step }));

  it('are new once in their scope, and the same answer is given to a step that asks twice', async () => {
    const workspace = await createWorkspace(database());
    expect(await remember(workspace, 'r:n:0', ['a', 'b', 'a'])).toEqual([0, 1]);
    expect(await remember(workspace, 'r:n:1', ['b', 'c'])).toEqual([1]);
    expect(await remember(workspace, 'r:n:0', ['a', 'b', 'a'])).toEqual([0, 1]);
    expect(await remember(workspace, 'r:n:2', ['a'], 10_000, 'key:other')).toEqual([0]);
    expect(await remember(await createWorkspace(database()), 'r:n:3', ['a'])).toEqual([0]);
  });

  it('are new for one of two steps that ask at once', async () => {
    const workspace = await createWorkspace(database());
    const answers = await Promise.all([
      remember(workspace, 'r:1', ['x', 'y']),
      remember(workspace, 'r:2', ['y', 'x']),
    ]);
    expect(answers.map((positions) => positions.length).toSorted()).toEqual([0, 2]);
  });

  it('are forgotten when they are old, or when somebody says so', async () => {
    const workspace = await createWorkspace(database());
    await remember(workspace, '1', ['a', 'b'], 2);
    await remember(workspace, '2', ['a', 'c'], 2);
    expect(await remember(workspace, '3', ['a', 'c'], 2)).toEqual([]);
    expect(await remember(workspace, '4', ['b'], 2)).toEqual([0]);
    expect(await database().inWorkspace(workspace, ({ seenValues }) => seenValues.forget('key:s'))).toBe(2);
    expect(await remember(workspace, '5', ['c'])).toEqual([0]);
  });
});
