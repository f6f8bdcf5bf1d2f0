import { expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace } from '../testing/fixtures.ts';
import { replaceSubscriptions } from './subscriptions.ts';

describeDatabases('Subscriptions', (database) => {
  const graph = {
    nodes: [],
    edges: [],
    settings: { timezone: 'UTC', maxSteps: 1, maxItems: 1 },
    pinnedData: {},
  };

  async function published(workspace: string, name: string) {
    return await database().inWorkspace(workspace, async ({ automations }) => {
      const { id } = await automations.create({ name, description: '', draft: graph });
      const result = await automations.publish(id, { graph, webhooks: [] });
      if (result.kind !== 'published') throw new Error(result.kind);
      return { workspace, automation: { id, name }, version: result.version };
    });
  }

  it('finds who listens to a key, in the workspace alone', async () => {
    const [here, elsewhere] = [await createWorkspace(database()), await createWorkspace(database())];
    const one = await published(here, 'One');
    await replaceSubscriptions(database().sql, one, [{ kind: 'event', key: 'order.paid', node: 'Paid' }]);
    const listeners = (workspace: string) =>
      database().inWorkspace(workspace, ({ subscriptions }) =>
        subscriptions.listeners('event', 'order.paid'),
      );
    expect(await listeners(here)).toEqual([
      {
        kind: 'event',
        key: 'order.paid',
        workspace: here,
        automation: one.automation,
        version: { id: one.version.id, number: 1 },
        node: 'Paid',
      },
    ]);
    expect(await listeners(elsewhere)).toEqual([]);
    await replaceSubscriptions(database().sql, one, []);
    expect(await listeners(here)).toEqual([]);
  });

  it('gives an address to one listener of the whole instance, and says whose attempt failed', async () => {
    const first = await published(await createWorkspace(database()), 'First');
    const second = await published(await createWorkspace(database()), 'Second');
    const form = { kind: 'form', key: `contact-${first.automation.id}`, node: 'Form' } as const;
    await replaceSubscriptions(database().sql, first, [form]);
    await expect(replaceSubscriptions(database().sql, second, [form])).rejects.toMatchObject({
      subscription: form,
    });
    const found = await database().asSystem(({ subscriptions }) => subscriptions.find('form', form.key));
    expect(found?.automation).toEqual(first.automation);
  });

  it('ends with the automation, follows its name, and rests while the workspace is deleted', async () => {
    const workspace = await createWorkspace(database());
    const one = await published(workspace, 'Old name');
    const form = { kind: 'form', key: `rest-${one.automation.id}`, node: 'Form' } as const;
    await replaceSubscriptions(database().sql, one, [form]);
    const find = () => database().asSystem(({ subscriptions }) => subscriptions.find('form', form.key));
    await database().inWorkspace(workspace, ({ automations }) =>
      automations.update(one.automation.id, { name: 'New name' }),
    );
    expect((await find())?.automation.name).toBe('New name');
    await database().asSystem(({ workspaces }) => workspaces.remove(workspace, 'Test'));
    expect(await find()).toBeUndefined();
    await database().asSystem(({ workspaces }) => workspaces.restore(workspace));
    expect((await find())?.node).toBe('Form');
    await database().inWorkspace(workspace, ({ automations }) => automations.unpublish(one.automation.id));
    expect(await find()).toBeUndefined();
  });
});
