/** The node on a real server: what it emits starts runs, and those emit again. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ulid } from 'ulid';
import { graphOf, node } from '../../api/testing/graphs.ts';
import { startTestTemporal, type TestTemporal } from '../../api/testing/test-temporal.ts';
import type { StepFailure } from '../../contracts/effect.ts';
import { maxEventDepth } from '../../contracts/events.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import type { Effect } from '../effect.ts';
import { filesOfStep } from '../files/files-of-step.ts';
import { effectInput } from '../testing.ts';
import { createEmitEventEffect } from './emit-event.ts';

let temporal: TestTemporal;
let db: Database;
let writer: RunWriter;
let workspace: string;
let effect: Effect;
beforeAll(async () => {
  temporal = await startTestTemporal();
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  writer = createRunWriter({ db, bus: createLocalBus() });
  effect = createEmitEventEffect({
    runs: { db, writer, temporal: temporal.client, eagerStart: false },
  });
}, 180_000);
afterAll(async () => {
  await writer.close();
  await db.close();
  await temporal.close();
});

const events = () => db.inWorkspace(workspace, ({ events }) => events.list({ limit: 100 }));

function emit(run: string, name: string, over: Record<string, unknown> = {}) {
  const input = effectInput({ name, carry: 'item', data: '{}', ...over }, { items: [{ json: { n: 1 } }] });
  return effect.run(
    { ...input, context: { ...input.context, workspace, run, idempotencyKey: `${run}:emit:0:0` } },
    {
      signal: new AbortController().signal,
      log: pino({ level: 'silent' }),
      secrets: new Set(),
      files: filesOfStep(undefined, input.context),
    },
  );
}

it('emits once, however often the step is tried', async () => {
  const first = await emit('run-1', 'order.paid');
  expect(await emit('run-1', 'order.paid')).toEqual(first);
  expect(first.items[0]?.json).toMatchObject({
    name: 'order.paid',
    source: { kind: 'run', automation: 'au', run: 'run-1', node: 'n1' },
    data: { n: 1 },
  });
  expect((await events()).items).toHaveLength(1);
});

it('carries JSON of its own', async () => {
  const { items } = await emit('run-2', 'order.sent', { carry: 'json', data: '{"a":[1]}' });
  expect(items[0]?.json.data).toEqual({ a: [1] });
});

it.each([
  [{ name: 'two words' }, 'event-name'],
  [{ name: 'run.failed' }, 'event-name'],
  [{ name: 'ok', carry: 'json', data: '{' }, 'event-data'],
])('fails with its reason for %j', async (parameters, code) => {
  await expect(emit('run-3', parameters.name, parameters)).rejects.toMatchObject({ failure: { code } });
});

it('ends an automation that hears what it emits itself', async () => {
  const name = `loop.${ulid()}`;
  await db.inWorkspace(workspace, async ({ automations }) => {
    const graph = graphOf(node('event-trigger', { name }));
    const { id } = await automations.create({ name: 'Loop', description: '', draft: graph });
    await automations.publish(id, { graph, webhooks: [] });
  });
  const heardBy = async (event: string) =>
    (await db.inWorkspace(workspace, ({ events }) => events.hearings(event)))[0]?.run ?? '';
  let run = 'first';
  let emitted = 0;
  const ended = await (async () => {
    for (;;) {
      const { items } = await emit(run, name);
      emitted += 1;
      run = await heardBy(String(items[0]?.json.id));
    }
  })().catch((error: StepFailure) => error);
  expect(ended.failure).toMatchObject({ code: 'event-loop', hint: expect.any(String) });
  expect(emitted).toBe(maxEventDepth + 1);
}, 120_000);
