/** Listening for one test call of a webhook or form in the draft. */
import { z } from 'zod';
import {
  type TestListener,
  testedKinds,
  testListener,
  testListenMinutes,
} from '../../contracts/api/test-listeners.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { Database, StoredTestListener, TestAddress } from '../../db/index.ts';
import { newRunId } from '../../runs/new-run-id.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { draftSource } from '../runs/draft-source.ts';

const tag = 'test listeners';
const path = '/automations/:id/test-listeners/:node';
const params = z.object({ id: z.string(), node: z.string() });

/** Of both kinds of address, what stands in front of the path. */
const bases = { webhook: '/hooks/test/', form: '/forms/test/' } as const;

export const listen = defineRoute({
  method: 'put',
  path,
  summary: 'Listen for one test call of a trigger in the draft',
  description:
    'Of a webhook or a form. Within ten minutes the next call at `url` starts a run of the draft as it is then, and is answered as the published automation would; no other is taken. Asked again it begins anew.',
  tag,
  auth: 'automation.run-draft',
  resource: sharedBy('automation', 'id'),
  audit: 'test.listen',
  params,
  responses: { 200: testListener },
  handler: async ({ principal: { workspace }, params: { id, node }, request, note }, { db, config }) => {
    const stored = await db.inWorkspace(workspace, ({ automations }) => automations.get(id));
    const trigger = stored?.draft.nodes.find((one) => one.id === node && !one.disabled);
    const kind = trigger && kindOf(trigger);
    if (!stored || !trigger || !kind) throw notFound('node');
    draftSource(stored); // tells of the draft's errors now, to whoever can mend them
    const address = addressOf(trigger, kind);
    await checkFree(db, id, address);
    const asked = { automation: id, node, ...address, run: newRunId(), minutes: testListenMinutes };
    const listener = await db.inWorkspace(workspace, ({ testListeners }) => testListeners.listen(asked));
    note({ resource: { type: 'automation', id, name: stored.name }, after: { node } });
    return { status: 200, body: shown(listener, publicUrl(config, request)) };
  },
});

export const get = defineRoute({
  method: 'get',
  path,
  summary: 'What became of listening for a test call',
  tag,
  auth: 'automation.run-draft',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 200: testListener },
  handler: async ({ principal: { workspace }, params: { id, node }, request }, { db, config }) => {
    const found = await db.inWorkspace(workspace, ({ testListeners }) => testListeners.get(id, node));
    if (!found) throw notFound('node');
    return { status: 200, body: shown(found, publicUrl(config, request)) };
  },
});

export const stop = defineRoute({
  method: 'delete',
  path,
  summary: 'Listen for no test call any more',
  tag,
  auth: 'automation.run-draft',
  resource: sharedBy('automation', 'id'),
  audit: 'test.stop',
  params,
  responses: { 204: null },
  handler: async ({ principal: { workspace }, params: { id, node }, note }, { db }) => {
    const found = await db.inWorkspace(workspace, ({ testListeners }) => testListeners.get(id, node));
    if (!found) throw notFound('node');
    await db.inWorkspace(workspace, ({ testListeners }) => testListeners.stop(id, node));
    note({ resource: { type: 'automation', id }, after: { node } });
    return { status: 204 };
  },
});

function kindOf({ type }: GraphNode): TestAddress['kind'] | undefined {
  return type in testedKinds ? testedKinds[type as keyof typeof testedKinds] : undefined;
}

function addressOf({ parameters: { method, path: at } }: GraphNode, kind: TestAddress['kind']): TestAddress {
  const called = typeof method === 'string' ? method : 'POST';
  return { kind, method: kind === 'webhook' ? called : '', path: typeof at === 'string' ? at : '' };
}

/**
 * Addresses are the instance's: whoever listens at one that another automation has published, or listens at now, would be called in
 * its place.
 *
 * @throws ApiProblem `test-address-taken`
 */
async function checkFree(db: Database, automation: string, address: TestAddress): Promise<void> {
  const { kind, method, path: at } = address;
  const [published, listening] = await db.asSystem(({ webhooks, subscriptions, testListeners }) =>
    Promise.all([
      kind === 'webhook' ? webhooks.find(method, at) : subscriptions.find('form', at),
      testListeners.find(address),
    ]),
  );
  const owners = [published?.automation.id, listening?.automation];
  if (owners.every((owner) => owner === undefined || owner === automation)) return;
  throw new ApiProblem('test-address-taken', { path: bases[kind].replace('test/', '') + at });
}

function shown(
  { node, kind, method, path: at, state, until, calledAt, run }: StoredTestListener,
  base: string,
): TestListener {
  return {
    ...{ node, kind, state, until, url: base + bases[kind] + at },
    ...(kind === 'webhook' && { method }),
    ...(calledAt !== undefined && { calledAt, run }),
  };
}
