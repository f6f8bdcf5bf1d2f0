import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalBus, type Database, openDatabase } from '../../db/index.ts';
import { webhook } from '../testing/graphs.ts';
import { createWebhookTargets } from './webhook-targets.ts';

let db: Database;
let automation: string;
const bus = createLocalBus();
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  await db.sql.query("insert into workspaces (id, name, created_at) values ('w', 'W', now())");
  const draft = webhook('orders');
  const webhooks = [{ node: 'webhook-trigger', method: 'POST', path: 'orders' }];
  automation = await db.inWorkspace('w', async ({ automations }) => {
    const { id } = await automations.create({ name: 'Orders', description: '', draft });
    await automations.publish(id, { graph: draft, webhooks });
    return id;
  });
});
afterAll(() => db.close());

const unpublish = () => db.inWorkspace('w', ({ automations }) => automations.unpublish(automation));
const change = () => bus.publish({ kind: 'automation.changed', workspace: 'w', automation });

describe('createWebhookTargets', () => {
  it('remembers who listens until a change is told', async () => {
    const targets = createWebhookTargets(db, bus);
    expect(await targets.find('GET', 'orders')).toBeUndefined();
    const found = await targets.find('POST', 'orders');
    expect(found).toMatchObject({ workspace: 'w', automation: { id: automation }, node: 'webhook-trigger' });
    expect(await targets.find('POST', 'orders')).toBe(found);

    const reading = createWebhookTargets(db, bus);
    const during = reading.find('POST', 'orders');
    await unpublish();
    change();
    await during;
    expect(await targets.find('POST', 'orders')).toBeUndefined();
    // What was read while it changed is not kept either.
    expect(await reading.find('POST', 'orders')).toBeUndefined();
    targets.close();
    reading.close();
  });
});
