import { expect, it } from '@jest/globals';
import { graph } from '../../contracts/graph.ts';
import { createLocalBus } from '../bus/local-bus.ts';
import { createRunWriter } from '../records/run-writer.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader } from '../testing/fixtures.ts';
import type { Page } from './cursor.ts';
import type { Grantee, Visible } from './grants.ts';

describeDatabases('lists of who sees only what is shared', (database) => {
  async function setUp() {
    const workspace = await createWorkspace(database());
    const user = (
      await database().sql.query<{ user: string }>('select "user" from memberships where workspace = $1', [
        workspace,
      ])
    )[0]!.user;
    const ids: string[] = [];
    const writer = createRunWriter({ db: database(), bus: createLocalBus() });
    for (let n = 0; n < 6; n++) {
      const created = await database().inWorkspace(workspace, ({ automations }) =>
        automations.create({ name: `Automation ${n}`, description: '', draft: graph.parse({}) }),
      );
      ids.push(created.id);
      const startedAt = Date.parse('2026-03-01T12:00:00.000Z') + n * 1_000;
      writer.record(
        runHeader(workspace, { automation: created.id, startedAt }),
        runEvents(startedAt, ['hook']),
      );
    }
    await writer.close();
    const share = (automation: string, grantee: Grantee) =>
      database().inWorkspace(workspace, ({ grants }) =>
        grants.put({ resource: { type: 'automation', id: automation }, grantee, level: 'use' }),
      );
    return { workspace, user, ids, share };
  }

  /** Every entry, page by page of one: a page is never shorter than it could be. */
  async function walk(workspace: string, visible: Visible, search?: string) {
    const pages = {
      automations: (cursor?: string) =>
        database().inWorkspace(workspace, ({ automations }) =>
          automations.list({ limit: 1, cursor, visible, search }),
        ),
      runs: (cursor?: string) =>
        database().inWorkspace(workspace, ({ runs }) => runs.list({ visible }, { limit: 1, cursor })),
    };
    const seen: { automations: string[]; runs: string[] } = { automations: [], runs: [] };
    for (const kind of ['automations', 'runs'] as const) {
      let cursor: string | undefined;
      do {
        const page: Page<{ id: string; automation?: { id: string } }> = await pages[kind](cursor);
        // A page that hid entries after reading them would come up short.
        if (page.nextCursor) expect(page.items).toHaveLength(1);
        for (const { id, automation } of page.items) seen[kind].push(automation?.id ?? id);
        cursor = page.nextCursor;
      } while (cursor);
    }
    return seen;
  }

  it('show what was given to the user, to a group of theirs, or to everyone, in full pages', async () => {
    const { workspace, user, ids, share } = await setUp();
    const [first, , third, , fifth] = ids as [string, string, string, string, string];
    await database().sql.query(
      'insert into groups (id, workspace, name, created_at) values ($1, $2, $1, now())',
      [`g-${workspace}`, workspace],
    );
    await database().sql.query('insert into group_members ("group", "user", workspace) values ($1, $2, $3)', [
      `g-${workspace}`,
      user,
      workspace,
    ]);
    await share(first, { type: 'user', id: user });
    await share(third, { type: 'group', id: `g-${workspace}` });
    await share(fifth, { type: 'everyone' });

    const mine = await walk(workspace, { sharedWith: user });
    expect(mine.automations.toSorted()).toEqual([first, third, fifth].toSorted());
    expect(mine.runs).toEqual([fifth, third, first]);
    expect((await walk(workspace, { sharedWith: user }, 'Automation 2')).automations).toEqual([third]);
    expect((await walk(workspace, { sharedWith: 'somebody-else' })).runs).toEqual([fifth]);
    expect(await walk(workspace, 'none')).toEqual({ automations: [], runs: [] });
    expect((await walk(workspace, 'all')).runs).toHaveLength(6);
  });

  it('lose what is deleted, with its grants', async () => {
    const { workspace, user, ids, share } = await setUp();
    await share(ids[0]!, { type: 'user', id: user });
    await database().inWorkspace(workspace, ({ automations }) => automations.remove(ids[0]!));
    expect(await walk(workspace, { sharedWith: user })).toEqual({ automations: [], runs: [] });
    expect((await walk(workspace, 'all')).runs).toHaveLength(6);
    const left = await database().sql.query('select id from grants where workspace = $1', [workspace]);
    expect(left).toEqual([]);
  });
});
