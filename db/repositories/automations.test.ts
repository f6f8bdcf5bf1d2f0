import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, webhookGraph } from '../testing/fixtures.ts';
import type { AutomationsRepository } from './automations.ts';
import type { Repositories } from './index.ts';

describeDatabases('Automations', (database) => {
  let workspace: string;
  let other: string;
  const inside = <T>(work: (repositories: Repositories) => Promise<T>) =>
    database().inWorkspace(workspace, work);
  const automations = <T>(work: (repository: AutomationsRepository) => Promise<T>) =>
    inside((repositories) => work(repositories.automations));
  const create = (name: string, draft = webhookGraph()) =>
    automations((repository) => repository.create({ name, description: '', draft }));

  beforeAll(async () => {
    workspace = await createWorkspace(database());
    other = await createWorkspace(database());
  });

  it('creates and gives back the draft as it was', async () => {
    const draft = webhookGraph('created');
    const created = await create('Created', draft);
    expect(created).toMatchObject({
      name: 'Created',
      draft,
      revision: 1,
      draftChanged: true,
      triggers: ['webhook-trigger'],
    });
    expect(created.publishedVersion).toBeUndefined();
    expect(await automations((repository) => repository.get(created.id))).toEqual(created);
  });

  it('names those that are there', async () => {
    const [kept, gone] = [await create('Kept'), await create('Gone')];
    await automations((repository) => repository.remove(gone.id));
    const names = await automations((repository) => repository.names([kept.id, gone.id, '', 'nobody']));
    expect([...names]).toEqual([[kept.id, 'Kept']]);
  });

  it('belongs to its workspace only', async () => {
    const { id } = await create('Mine');
    await database().inWorkspace(other, async ({ automations: theirs, versions }) => {
      expect(await theirs.get(id)).toBeUndefined();
      expect(await theirs.names([id])).toEqual(new Map());
      expect(await theirs.update(id, { name: 'Stolen' })).toEqual({ kind: 'not-found' });
      expect(await theirs.remove(id)).toBe(false);
      expect(await theirs.unpublish(id)).toBe(false);
      expect(await theirs.publish(id, { graph: webhookGraph(), webhooks: [] })).toEqual({
        kind: 'not-found',
      });
      expect((await theirs.list({ limit: 10 })).items).toEqual([]);
      expect((await versions.list(id, { limit: 10 })).items).toEqual([]);
    });
    expect(await automations((repository) => repository.get(id))).toMatchObject({ name: 'Mine' });
  });

  it('saves on the revision that was read, and tells when somebody else was faster', async () => {
    const { id } = await create('Shared');
    const first = await automations((repository) => repository.update(id, { name: 'First', revision: 1 }));
    expect(first).toMatchObject({ kind: 'saved', automation: { name: 'First', revision: 2 } });
    const second = await automations((repository) => repository.update(id, { name: 'Second', revision: 1 }));
    expect(second).toEqual({ kind: 'changed-meanwhile', revision: 2 });
    const unconditional = await automations((repository) => repository.update(id, { description: 'About' }));
    expect(unconditional).toMatchObject({
      kind: 'saved',
      automation: { name: 'First', description: 'About' },
    });
  });

  it('lists what was saved last first, page by page, and finds by words with wildcards in them', async () => {
    const names = ['page a', 'page b', 'page c', 'page 100%'];
    for (const name of names) {
      await create(name);
      // Updates are told apart by the millisecond.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await automations((repository) => repository.list({ search: 'PAGE', limit: 3, cursor }));
      seen.push(...page.items.map((entry) => entry.name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(names.toReversed());
    const percent = await automations((repository) => repository.list({ search: '100%', limit: 9 }));
    expect(percent.items.map((entry) => entry.name)).toEqual(['page 100%']);
  });

  it('lists those that begin with a kind of trigger', async () => {
    const { id } = await create('listens', webhookGraph('kind-of-trigger'));
    const hooks = await automations((repository) =>
      repository.list({ search: 'listens', trigger: 'webhook-trigger', limit: 9 }),
    );
    expect(hooks.items.map((entry) => entry.id)).toEqual([id]);
    const forms = await automations((repository) =>
      repository.list({ search: 'listens', trigger: 'form-trigger', limit: 9 }),
    );
    expect(forms.items).toEqual([]);
  });

  describe('publishing', () => {
    const route = (path: string) => ({ node: 'hook', method: 'POST', path });
    const publish = (id: string, path: string, graph = webhookGraph(path)) =>
      automations((repository) => repository.publish(id, { graph, webhooks: [route(path)] }));
    const find = (path: string) => database().asSystem(({ webhooks }) => webhooks.find('POST', path));

    it('freezes a version that the webhook then finds', async () => {
      const graph = webhookGraph('frozen');
      const { id } = await create('Frozen', graph);
      const result = await publish(id, 'frozen', graph);
      if (result.kind !== 'published') throw new Error(result.kind);
      expect(result.version).toMatchObject({ number: 1, published: true });
      expect(await find('frozen')).toEqual({
        workspace,
        automation: { id, name: 'Frozen' },
        version: { id: result.version.id, number: 1 },
        node: 'hook',
      });
      expect(await automations((repository) => repository.get(id))).toMatchObject({
        publishedVersion: 1,
        draftChanged: false,
      });
      expect(await automations((repository) => repository.published(id))).toMatchObject({
        graph,
        version: { number: 1 },
      });
      const graphOf = (of: string) => database().asSystem(({ graphs }) => graphs.get(result.version.id, of));
      expect(await graphOf(workspace)).toEqual(graph);
      expect(await graphOf('another-workspace')).toBeUndefined();
      expect(await inside(({ versions }) => versions.get(id, 1))).toMatchObject({ automation: id, graph });
      expect(await inside(({ webhooks }) => webhooks.list(id))).toEqual([route('frozen')]);
      await automations((repository) => repository.update(id, { name: 'Renamed' }));
      expect((await find('frozen'))?.automation).toEqual({ id, name: 'Renamed' });
      expect(await database().asSystem(({ webhooks }) => webhooks.methods('frozen'))).toEqual(['POST']);
    });

    it('makes no second version of the same graph, whatever the order of its keys', async () => {
      const graph = webhookGraph('same');
      const { id } = await create('Same', graph);
      await publish(id, 'same', graph);
      const again = await publish(
        id,
        'same',
        Object.fromEntries(Object.entries(graph).toReversed()) as never,
      );
      expect(again).toMatchObject({ kind: 'published', version: { number: 1 } });
      const changed = await publish(id, 'same-2');
      expect(changed).toMatchObject({ kind: 'published', version: { number: 2 } });
      expect(await find('same')).toBeUndefined();
      expect(await find('same-2')).toMatchObject({ version: { number: 2 } });
      const { items } = await inside(({ versions }) => versions.list(id, { limit: 10 }));
      expect(items.map(({ number, published }) => ({ number, published }))).toEqual([
        { number: 2, published: true },
        { number: 1, published: false },
      ]);
    });

    it('changes nothing when the path is taken, by whatever workspace', async () => {
      const holder = await database().inWorkspace(other, ({ automations: theirs }) =>
        theirs.create({ name: 'Holder', description: '', draft: webhookGraph('taken') }),
      );
      await database().inWorkspace(other, ({ automations: theirs }) =>
        theirs.publish(holder.id, { graph: webhookGraph('taken'), webhooks: [route('taken')] }),
      );
      const { id } = await create('Late');
      await publish(id, 'free');
      expect(await publish(id, 'taken')).toEqual({ kind: 'path-taken', method: 'POST', path: 'taken' });
      expect(await find('free')).toMatchObject({ version: { number: 1 } });
      expect((await find('taken'))?.automation.id).toBe(holder.id);
      expect((await inside(({ versions }) => versions.list(id, { limit: 10 }))).items).toHaveLength(1);
    });

    it('stops at unpublishing and at removing, and frees the path', async () => {
      const { id } = await create('Short-lived');
      await publish(id, 'short');
      expect(await automations((repository) => repository.unpublish(id))).toBe(true);
      expect(await find('short')).toBeUndefined();
      expect(await automations((repository) => repository.published(id))).toBeUndefined();
      await publish(id, 'short');
      expect(await automations((repository) => repository.remove(id))).toBe(true);
      expect(await automations((repository) => repository.remove(id))).toBe(false);
      expect(await find('short')).toBeUndefined();
      expect(await automations((repository) => repository.get(id))).toBeUndefined();
      expect(await publish(id, 'short')).toEqual({ kind: 'not-found' });
    });
  });
});
