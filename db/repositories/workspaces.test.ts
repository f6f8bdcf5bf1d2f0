import { expect, it } from '@jest/globals';
import { createLocalBus } from '../bus/local-bus.ts';
import { createRunWriter } from '../records/run-writer.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader, webhookGraph } from '../testing/fixtures.ts';
import { createMember, createPerson, ownerOf } from '../testing/people.ts';
import type { WorkspacesRepository } from './workspaces.ts';

describeDatabases('Workspaces', (database) => {
  const workspaces = <T>(work: (repository: WorkspacesRepository) => Promise<T>) =>
    database().asSystem((repositories) => work(repositories.workspaces));
  const age = (id: string, days: number) =>
    database().sql.query(`update workspaces set deleted_at = now() - $2 * interval '1 day' where id = $1`, [
      id,
      days,
    ]);
  const find = (hash: string) =>
    database().asSystem(({ sessions }) => sessions.find(hash, { idleSeconds: 60 }));

  /** A workspace with a session, a key and a published webhook, all of which know it by its id. */
  async function furnished(name: string) {
    const owner = (await createPerson(database())).id;
    const { id } = await workspaces((w) => w.create({ name, owner }));
    await database().asSystem(async ({ sessions, apiKeys }) => {
      const expiresAt = new Date(Date.now() + 60_000);
      await sessions.create({
        ...{ tokenHash: `session ${id}`, user: owner, workspace: id, method: 'password', device: '' },
        expiresAt,
      });
      await apiKeys.ensure({ keyHash: `key ${id}`, prefix: 'hvx', name: 'A', role: 'admin', workspace: id });
    });
    const automation = await database().inWorkspace(id, async ({ automations }) => {
      const graph = webhookGraph(id);
      const made = await automations.create({ name: 'Orders', description: '', draft: graph });
      const webhooks = [{ node: 'hook', method: 'POST', path: id }];
      expect((await automations.publish(made.id, { graph, webhooks })).kind).toBe('published');
      return made.id;
    });
    const answers = async () => ({
      session: (await find(`session ${id}`))?.workspace,
      key: (await database().asSystem(({ apiKeys }) => apiKeys.find(`key ${id}`)))?.workspace,
      webhook: (await database().asSystem(({ webhooks }) => webhooks.find('POST', id)))?.automation.id,
      methods: await database().asSystem(({ webhooks }) => webhooks.methods(id)),
    });
    return { id, owner, automation, answers };
  }

  it('belong to who makes them, and are renamed', async () => {
    const { id, owner } = await furnished('Acme');
    expect(await database().asSystem(({ accounts }) => accounts.workspacesOf(owner))).toEqual([
      { id, name: 'Acme', role: 'owner' },
    ]);
    expect(await workspaces((w) => w.rename(id, 'Acme 2'))).toBe('Acme');
    expect(await workspaces((w) => w.find(id))).toMatchObject({ id, name: 'Acme 2' });
    expect(await workspaces((w) => w.rename('no such', 'x'))).toBeUndefined();
  });

  it('open to nobody while they are deleted, and are whole again when they come back', async () => {
    const { id, owner, automation, answers } = await furnished('Acme');
    const open = { session: id, key: id, webhook: automation, methods: ['POST'] };
    expect(await answers()).toEqual(open);
    expect(await workspaces((w) => w.remove(id, 'acme'))).toEqual({ kind: 'wrong-name' });
    expect(await answers()).toEqual(open);

    const before = Date.now();
    const removed = await workspaces((w) => w.remove(id, ' Acme '));
    expect(removed).toMatchObject({ kind: 'deleted', workspace: { id, name: 'Acme' } });
    expect(await answers()).toEqual({
      ...{ session: undefined, key: undefined, webhook: undefined, methods: [] },
    });
    expect(await workspaces((w) => w.remove(id, 'Acme'))).toEqual({ kind: 'not-found' });
    expect(await workspaces((w) => w.find(id))).toBeUndefined();
    expect(await workspaces((w) => w.rename(id, 'x'))).toBeUndefined();
    expect(await workspaces((w) => w.published(id))).toEqual([{ id: automation, name: 'Orders' }]);

    const [deleted] = await workspaces((w) => w.deletedOf(owner));
    expect(deleted).toEqual(removed.kind === 'deleted' && removed.workspace);
    const graceMs = Date.parse(deleted!.purgedAt!) - before;
    expect(Math.round(graceMs / 86_400_000)).toBe(30);

    const admin = (await createMember(database(), id, 'admin')).id;
    expect(await workspaces((w) => w.deletedOf(admin))).toEqual([]);
    expect(await workspaces((w) => w.restore(id, admin))).toBeUndefined();
    const back = await workspaces((w) => w.restore(id, owner));
    expect(back).toEqual({ id, name: 'Acme', createdAt: deleted!.createdAt });
    expect(await answers()).toEqual(open);
    expect(await workspaces((w) => w.restore(id, owner))).toBeUndefined();
  });

  it('are purged 30 days later, and not a day before', async () => {
    const { id, owner } = await furnished('Old');
    const { id: other } = await furnished('Living');
    const bus = createLocalBus();
    const writer = createRunWriter({ db: database(), bus, flushMs: 1 });
    for (const workspace of [id, other])
      for (const run of [1, 2]) {
        const header = runHeader(workspace, { run: `${workspace}-${run}` });
        const events = runEvents(header.startedAt, ['hook', 'edit']);
        // The second one still goes on.
        writer.record(header, run === 1 ? events : events.slice(0, -1));
      }
    await writer.close();
    await bus.close();
    await database().inWorkspace(id, ({ idempotencyKeys }) => idempotencyKeys.begin('key', 'hash'));
    await database().asSystem(({ auditLog }) =>
      auditLog.append({ workspace: id, actor: { type: 'system' }, action: 'test', outcome: 'done' }),
    );

    expect(await workspaces((w) => w.purge(id))).toBe(false);
    await age(id, 29.9);
    expect(await workspaces((w) => w.due())).toEqual([]);
    expect(await workspaces((w) => w.purge(id))).toBe(false);
    expect(await workspaces((w) => w.deletedOf(owner))).toHaveLength(1);

    await age(id, 30.1);
    expect(await workspaces((w) => w.deletedOf(owner))).toEqual([]);
    expect(await workspaces((w) => w.restore(id, owner))).toBeUndefined();
    const workflow = runHeader(id, { run: `${id}-2` }).workflowId;
    expect(await workspaces((w) => w.due())).toEqual([{ id, openWorkflows: [workflow] }]);
    const twice = await Promise.all([workspaces((w) => w.purge(id)), workspaces((w) => w.purge(id))]);
    expect(twice.filter(Boolean)).toHaveLength(1);
    expect(await workspaces((w) => w.due())).toEqual([]);

    const tables = await database().sql.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = current_schema() and column_name = 'workspace' order by 1`,
    );
    expect(tables.length).toBeGreaterThan(10);
    const left: Record<string, [number, number]> = {};
    for (const { name } of tables) {
      const count = async (workspace: string) =>
        (
          await database().sql.query<{ n: number }>(
            `select count(*)::int as n from "${name}" where workspace = $1`,
            [workspace],
          )
        )[0]!.n;
      left[name] = [await count(id), await count(other)];
    }
    expect(Object.fromEntries(Object.entries(left).filter(([, [gone]]) => gone > 0))).toEqual({
      audit_events: [1, 0],
    });
    expect(left).toMatchObject({ runs: [0, 2], steps: [0, 4], automations: [0, 1], memberships: [0, 1] });
    expect(await find(`session ${id}`)).toMatchObject({ user: owner, workspace: undefined });
  });

  it('that nobody deleted are never purged', async () => {
    const id = await createWorkspace(database());
    expect(await workspaces((w) => w.purge(id))).toBe(false);
    expect(await ownerOf(database(), id)).toBeDefined();
  });
});
