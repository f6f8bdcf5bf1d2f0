/**
 * Records stay true whatever operators do in the Temporal UI or CLI, and runs can be taken up: on a real server, with the real
 * workflow, activities and records, and a service that counts its calls. Over 300 lines would be one server for each file.
 */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { createReconciler } from '../activities/records/reconciler.ts';
import { bulkWorkflow, bulkWorkflowIdOf } from '../contracts/bulk.ts';
import type { Graph } from '../contracts/graph.ts';
import { automationWorkflow, queues, workflowIdOf } from '../contracts/run.ts';
import { isTerminal, type RunState } from '../contracts/states.ts';
import { silent } from '../db/log.ts';
import { runEvents, runHeader } from '../db/testing/fixtures.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { bulkRuns } from '../runs/bulk-runs.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { outputsOfStep } from '../runs/outputs-of-step.ts';
import { type RerunRequest, startRerun } from '../runs/start-rerun.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';
import { type StubServer, startStub } from './support/stub-server.ts';

describeWithTemporal('A run and its record', () => {
  let engine: RunningEngine;
  let stub: StubServer;
  /** Paths that are answered with an error. */
  const broken = new Set<string>();

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: undefined });
    stub = await startStub({
      answer: ({ url = '' }, response) => {
        if (url === '/hang') return;
        response.writeHead(broken.has(url) ? 400 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ path: url }));
      },
    });
  }, 180_000);
  afterEach(() => broken.clear());
  afterAll(async () => {
    await engine?.close();
    await stub?.close();
  }, 60_000);

  const post = (path: string) => ({ url: `${stub.url}${path}`, method: 'POST' });
  const chain = (): Graph =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Reserve', 'http-request', post('/reserve')],
        ['Pay', 'http-request', post('/pay')],
        ['Send', 'http-request', post('/send')],
      ],
      ['Start > Reserve', 'Reserve > Pay', 'Pay > Send'],
    );
  const paths = () => stub.requests.map(({ path }) => path);
  const keysOf = (path: string) => stub.requests.filter((one) => one.path === path).map(({ key }) => key);

  async function stored(run: string) {
    await engine.writer.flush();
    return await engine.db.inWorkspace(engine.workspace, async ({ runs, steps }) => ({
      run: await runs.get(run),
      steps: (await steps.list(run, { limit: 1_000 })).items,
    }));
  }
  const statesOf = async (run: string) =>
    Object.fromEntries((await stored(run)).steps.map(({ node, state }) => [node, state]));

  async function ended(handle: WorkflowHandle): Promise<void> {
    await handle.result().catch(() => undefined);
  }

  /** Asks until it holds: visibility and rows follow after the fact. */
  async function until(holds: () => Promise<boolean>, meanwhile: () => Promise<unknown> = async () => {}) {
    while (!(await holds())) {
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const hasEnded = (run: string) => async () => {
    const state = (await stored(run)).run?.state;
    return state !== undefined && isTerminal(state);
  };
  const reconcile = (options: { cancelGraceMs?: number } = {}) =>
    createReconciler({
      ...options,
      client: engine.client,
      db: engine.db,
      writer: engine.writer,
      log: silent,
      graceMs: 0,
      staleMs: 0,
    }).runOnce();

  async function takeUp(run: string, changes: Partial<RerunRequest> = {}) {
    await until(hasEnded(run));
    const { db, writer, client, workspace } = engine;
    const result = await startRerun(
      { db, writer, temporal: client, eagerStart: true },
      { workspace, run, from: { kind: 'failure' }, version: 'same', ...changes },
    );
    if (result.kind === 'refused') throw new Error(result.code);
    await ended(client.workflow.getHandle(result.workflowId));
    return { id: result.run, ...(await stored(result.run)) };
  }

  it('goes on from its failure in a run of its own: nothing that was done is done again', async () => {
    broken.add('/pay');
    const first = await engine.start(chain(), { items: json({ order: 1 }) });
    await ended(first.handle);
    const before = stub.requests.length;
    const failedKeys = keysOf('/pay');
    broken.clear();

    const { run, steps } = await takeUp(first.run);
    expect(run).toMatchObject({ state: 'succeeded', retryOf: first.run });
    expect(paths().slice(before)).toEqual(['/pay', '/send']);
    expect(steps.map(({ node, reusedFrom }) => [node, reusedFrom])).toEqual([
      ['Start', first.run],
      ['Reserve', first.run],
      ['Pay', undefined],
      ['Send', undefined],
    ]);
    // The other side can tell: this is the order it refused, not another one.
    expect(keysOf('/pay').at(-1)).toBe(failedKeys[0]);
    expect(steps.find(({ node }) => node === 'Pay')?.idempotencyKey).toBe(`${first.run}:Pay:0`);
  });

  it('is given what its record cut off by the workflow itself', async () => {
    broken.add('/reserve');
    const long = 'x'.repeat(400_000);
    const first = await engine.start(chain(), { items: json({ long }) });
    await ended(first.handle);
    expect((await stored(first.run)).steps[0]).toMatchObject({ node: 'Start', truncated: { main: 1 } });
    broken.clear();
    const again = await takeUp(first.run);
    expect(again.run?.state).toBe('succeeded');
    expect(again.steps[0]).toMatchObject({ node: 'Start', reusedFrom: first.run, truncated: { main: 1 } });
    const start = await outputsOfStep(engine.client, again.run!.workflowId, { node: 'Start', index: 0 });
    expect(start).toMatchObject({ main: [{ json: { long } }] });
  });

  it('runs again on the same input', async () => {
    const first = await engine.start(chain(), { items: json({ order: 2 }) });
    await ended(first.handle);
    const before = stub.requests.length;
    const { steps } = await takeUp(first.run, { from: { kind: 'start' } });
    expect(paths().slice(before)).toEqual(['/reserve', '/pay', '/send']);
    expect(steps[0]).toMatchObject({ node: 'Start', outputs: { main: [{ json: { order: 2 } }] } });
    expect(keysOf('/pay').at(-1)).not.toBe(`${first.run}:Pay:0:0`);
  });

  it('runs from a node on, on what is recorded before it', async () => {
    const first = await engine.start(chain());
    await ended(first.handle);
    const before = stub.requests.length;
    await takeUp(first.run, { from: { kind: 'node', node: 'Send', alone: false } });
    expect(paths().slice(before)).toEqual(['/send']);
  });

  it('shows the steps behind the point that an operator reset it to anew', async () => {
    broken.add('/pay');
    const { run, handle } = await engine.start(chain());
    await ended(handle);
    await until(async () => (await statesOf(run)).Pay === 'failed');
    const former = (await handle.describe()).runId;
    broken.clear();
    await resetAfterFirstCall(handle);
    await ended(engine.client.workflow.getHandle(handle.workflowId));
    await until(async () => (await stored(run)).run?.state === 'succeeded');
    expect(await statesOf(run)).toEqual({
      Start: 'succeeded',
      Reserve: 'succeeded',
      Pay: 'succeeded',
      Send: 'succeeded',
    });
    const { run: row } = await stored(run);
    expect(row?.failure).toBeUndefined();
    // What the former execution tells when somebody asks it changes nothing any more.
    await engine.client.workflow.getHandle(handle.workflowId, former).query('record');
    expect((await stored(run)).run?.state).toBe('succeeded');
    await reconcile();
    expect(await statesOf(run)).toMatchObject({ Pay: 'succeeded', Send: 'succeeded' });
  });

  /** As `temporal workflow reset --event-id`: at the end of the task that took the first call's result and began what lies behind. */
  async function resetAfterFirstCall(handle: WorkflowHandle) {
    const { events } = await handle.fetchHistory();
    const history = events ?? [];
    const called = history.findIndex((event) => event.activityTaskCompletedEventAttributes);
    const task = history.find((event, at) => at > called && event.workflowTaskCompletedEventAttributes);
    const { runId } = await handle.describe();
    await engine.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: handle.workflowId, runId },
      reason: 'test',
      requestId: crypto.randomUUID(),
      workflowTaskFinishEventId: task?.eventId ?? null,
    });
  }

  it('ends in the record when it is terminated in the middle of a call', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Hang', 'http-request', post('/hang')],
      ],
      ['Start > Hang'],
    );
    const { run, handle } = await engine.start(graph);
    await engine.seen(run, (event) => event.type === 'step.started' && event.node === 'Hang');
    await until(async () => paths().includes('/hang'));
    await handle.terminate('by hand');
    await until(hasEnded(run), reconcile);
    const { run: row, steps } = await stored(run);
    expect(row).toMatchObject({
      state: 'failed',
      failure: { code: 'terminated', details: { reason: 'by hand' } },
    });
    expect(steps.find(({ node }) => node === 'Hang')?.state).toBe('cancelled');
  });

  it('is retried, or cancelled, with all others that a filter finds: once each, whatever is asked again', async () => {
    const { db, client, workspace } = engine;
    const automation = { id: 'bulk-automation', name: 'Bulk' };
    broken.add('/pay');
    const runs = await Promise.all(Array.from({ length: 45 }, () => engine.start(chain(), { automation })));
    await Promise.all(runs.map(({ handle }) => ended(handle)));
    await engine.writer.flush();
    broken.clear();
    const sent = () => paths().filter((path) => path === '/send').length;
    const before = sent();

    const first = await bulk('retry');
    expect(first).toMatchObject({ total: 45, done: 45, skipped: 0, failed: 0, state: 'finished' });
    await until(async () => sent() - before === 45);
    const count = (states: readonly RunState[]) =>
      db.inWorkspace(workspace, ({ runs: list }) => list.count({ automation: automation.id, states }));
    await until(async () => {
      await engine.writer.flush();
      return (await count(['succeeded'])) === 45;
    });
    // The failed ones are retried already: a second job has nothing to do.
    expect(await bulk('retry')).toMatchObject({ total: 45, done: 0, skipped: 45 });
    expect(sent() - before).toBe(45);

    const hanging = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Hang', 'http-request', post('/hang')],
      ],
      ['Start > Hang'],
    );
    await Promise.all(Array.from({ length: 25 }, () => engine.start(hanging, { automation })));
    await engine.writer.flush();
    expect(await bulk('cancel')).toMatchObject({ total: 25, done: 25, state: 'finished' });
    await until(async () => {
      await engine.writer.flush();
      return (await count(['cancelled'])) === 25;
    });

    async function bulk(action: 'retry' | 'cancel') {
      const filter = { automation: automation.id };
      const job = await db.inWorkspace(workspace, async ({ bulkJobs, runs: list }) =>
        bulkJobs.create({
          ...{ action, filter, options: { from: 'failure', version: 'same' } },
          total: await list.count(bulkRuns(action, filter)),
        }),
      );
      await client.workflow.execute(bulkWorkflow, {
        args: [{ workspace, job: job.id, counts: { done: 0, skipped: 0, failed: 0, failures: [] } }],
        workflowId: bulkWorkflowIdOf(workspace, job.id),
        taskQueue: queues.automations,
      });
      return db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.get(job.id));
    }
  });

  it('stops a job over many runs where it is, and lets a paused one go on', async () => {
    const { db, client, workspace } = engine;
    const job = await db.inWorkspace(workspace, ({ bulkJobs }) =>
      bulkJobs.create({
        action: 'cancel',
        filter: {},
        options: { from: 'failure', version: 'same' },
        total: 0,
      }),
    );
    const handle = await client.workflow.start(bulkWorkflow, {
      args: [
        { workspace, job: job.id, counts: { done: 0, skipped: 0, failed: 0, failures: [] }, paused: true },
      ],
      workflowId: bulkWorkflowIdOf(workspace, job.id),
      taskQueue: queues.automations,
    });
    const stateOf = () =>
      db.inWorkspace(workspace, async ({ bulkJobs }) => (await bulkJobs.get(job.id))?.state);
    await until(async () => (await stateOf()) === 'paused');
    await handle.cancel();
    await until(async () => (await stateOf()) === 'cancelled');
  });

  it('goes on by the version it began with, whatever is published meanwhile', async () => {
    const { db, workspace } = engine;
    const of = (path: string) =>
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Wait', 'wait', { amount: 2, unit: 'seconds' }],
          ['Call', 'http-request', post(path)],
        ],
        ['Start > Wait', 'Wait > Call'],
      );
    const publish = async (path: string) => {
      const result = await db.inWorkspace(workspace, ({ automations }) =>
        automations.publish(id, { graph: of(path), webhooks: [] }),
      );
      if (result.kind !== 'published') throw new Error(result.kind);
      return result.version;
    };
    const { id } = await db.inWorkspace(workspace, ({ automations }) =>
      automations.create({ name: 'Long', description: '', draft: of('/old') }),
    );
    const before = await publish('/old');
    // By reference: the worker looks the version up, as for a graph that is too large to travel.
    const start = async (version: { id: string; number: number }) =>
      engine.start(of('/never'), { automation: { id, name: 'Long' }, version, graph: undefined });
    const long = await start(before);
    await engine.seen(long.run, (event) => event.type === 'step.started' && event.node === 'Wait');
    const after = await publish('/new');
    const next = await start(after);
    await Promise.all([ended(long.handle), ended(next.handle)]);
    expect(after.number).toBe(before.number + 1);
    const pathOf = (run: string) => stub.requests.find(({ key }) => key === `${run}:Call:0:0`)?.path;
    expect([pathOf(long.run), pathOf(next.run)]).toEqual(['/old', '/new']);
    await until(hasEnded(long.run));
    expect((await stored(long.run)).run?.version).toEqual({ id: before.id, number: before.number });
  });

  it('is cancelled while it calls somebody who never answers', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Hang', 'http-request', post('/hang')],
      ],
      ['Start > Hang'],
    );
    const before = paths().length;
    const { run } = await engine.start(graph);
    await until(async () => paths().slice(before).includes('/hang'));
    await engine.writer.flush();
    expect(await cancel(run)).toMatchObject({ kind: 'requested' });
    await until(hasEnded(run));
    expect((await stored(run)).run?.state).toBe('cancelled');
    expect(await statesOf(run)).toMatchObject({ Hang: 'cancelled' });
    expect(await cancel(run)).toMatchObject({ kind: 'ended', state: 'cancelled' });
  });

  it('is ended from outside when it was cancelled and its workflow task only fails', async () => {
    const { client, workspace, writer } = engine;
    const run = `stuck-${Date.now()}`;
    const automation = 'automation-1';
    const workflowId = workflowIdOf({ workspace, automation, run });
    // Without an input its task fails again and again, as after a bad release.
    await client.workflow.start(automationWorkflow, {
      args: [],
      workflowId,
      taskQueue: queues.automations,
    });
    const header = runHeader(workspace, { run, automation, workflowId, startedAt: Date.now() });
    writer.record(header, runEvents(header.startedAt, ['Start']).slice(0, 2));
    await writer.flush();
    await cancel(run);
    const handle = client.workflow.getHandle(workflowId);
    await until(async () => ((await handle.describe()).raw.pendingWorkflowTask?.attempt ?? 0) >= 3);
    await until(hasEnded(run), () => reconcile({ cancelGraceMs: 0 }));
    const { run: row, steps } = await stored(run);
    expect(row).toMatchObject({ state: 'cancelled', failure: { code: 'cancel-forced' } });
    expect(steps).toMatchObject([{ state: 'cancelled' }]);
    expect((await handle.describe()).status.name).toBe('TERMINATED');
  });

  const cancel = (run: string) =>
    cancelRun({ db: engine.db, temporal: engine.client }, { workspace: engine.workspace, run });
});
