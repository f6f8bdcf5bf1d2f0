/**
 * Concurrency limits while everything goes wrong: workers killed with -9 while runs hold slots, runs cancelled and timed out in the
 * queue, retries, each policy. Two things are asked again and again: were there ever more runs at work than the limit allows, and does
 * everybody get to it in the end?
 */
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Graph, GraphInput } from '../contracts/graph.ts';
import { automationWorkflow, queues, type RunInput, workflowIdOf } from '../contracts/run.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { newRunId } from '../runs/new-run-id.ts';
import { startRerun } from '../runs/start-rerun.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import type { Member } from './storm/member.ts';
import { atWork, mostAtOnce } from './support/at-work.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import type { StartedHere } from './support/test-runs.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

describeWithKills('Limits', () => {
  let apart: WorkersApart;
  let worker: Member;
  let stub: StubServer;
  /** Paths that are not answered before they are taken out. */
  const held = new Set<string>();
  const broken = new Set<string>();
  const release: (() => void)[] = [];

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
    stub = await startStub({
      delayMs: () => 200,
      answer: ({ url = '' }, response) => {
        const answer = () => {
          response.writeHead(broken.has(url) ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
        };
        if (held.has(url)) release.push(answer);
        else answer();
      },
    });
  }, 180_000);
  afterEach(() => {
    held.clear();
    broken.clear();
    for (const answer of release.splice(0)) answer();
  });
  afterAll(async () => {
    await apart?.close();
    await stub?.close();
  }, 60_000);

  /** Calls the stub at `path`, under the limits given. */
  const work = (path: string, settings: GraphInput['settings']): Graph =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Work', 'http-request', { method: 'POST', url: `${stub.url}${path}` }],
      ],
      ['Start > Work'],
      settings,
    );
  const automation = (id: string) => ({ id, name: id });
  const called = (path: string) => stub.requests.filter((one) => one.path === path).length;

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async function killWorker(): Promise<void> {
    await worker.kill();
    await worker.start();
  }

  /** Of the path, one that holds the only slot and one that waits for it. */
  async function holderAndWaiter(path: string, policy: 'queue' | 'skip' | 'replace' = 'queue') {
    held.add(path);
    const graph = work(path, { concurrency: { limit: 1, policy } });
    const more = { automation: automation(path) };
    const holder = await apart.start(graph, more);
    await until(() => called(path) === 1);
    const waiter = await apart.start(graph, more);
    return { graph, more, holder, waiter };
  }

  async function queued(run: string): Promise<void> {
    await until(async () => {
      const [row] = await apart.db.sql.query('select 1 from runs where id = $1 and queued_for is not null', [
        run,
      ]);
      return row !== undefined;
    });
  }

  /** As an operator's own tool may start it: with a time after which Temporal ends it. */
  async function startTimed(graph: Graph, path: string, timeout: number): Promise<StartedHere> {
    const { client, workspace } = apart;
    const input: RunInput = {
      ...{ run: newRunId(), workspace, automation: automation(path) },
      ...{ version: { id: `timed-${path}`, number: 1 }, graph, trigger: { kind: 'manual', node: 'Start' } },
    };
    const handle = await client.workflow.start(automationWorkflow, {
      args: [input],
      workflowId: workflowIdOf({ workspace, automation: path, run: input.run }),
      taskQueue: queues.automations,
      workflowExecutionTimeout: timeout,
    });
    return { run: input.run, handle };
  }

  it('of automation, key and workspace are kept, and every run comes through, whenever the worker is killed', async () => {
    await apart.limit({ limit: 3, policy: 'queue' });
    const graph = work('/work', {
      concurrency: { limit: 2 },
      concurrencyByKey: { limit: 1, key: '={{ $json.customer }}' },
    } as GraphInput['settings']);
    const runs: (StartedHere & { automation: string; customer: string })[] = [];
    for (let n = 0; n < 18; n++) {
      const [of, customer] = [`limited-${n % 3}`, `customer-${n % 4}`];
      const started = await apart.start(graph, { automation: automation(of), items: json({ customer }) });
      runs.push({ ...started, automation: of, customer });
    }
    for (const kills of [2, 7]) {
      await until(() => called('/work') >= kills);
      await killWorker();
    }
    for (const { run } of runs) expect(await apart.reached(run, 'succeeded', 'failed')).toBe('succeeded');

    const shifts = await Promise.all(runs.map(async (one) => ({ ...one, ...(await atWork(apart, one)) })));
    expect(mostAtOnce(shifts)).toBeLessThanOrEqual(3);
    for (const some of Map.groupBy(shifts, (one) => one.automation).values())
      expect(mostAtOnce(some)).toBeLessThanOrEqual(2);
    for (const some of Map.groupBy(shifts, (one) => `${one.automation} ${one.customer}`).values())
      expect(mostAtOnce(some)).toBe(1);
    await apart.limit(undefined);
  }, 240_000);

  it('forget a run that is cancelled in the queue while nobody works', async () => {
    const { graph, more, holder, waiter } = await holderAndWaiter('/cancelled-in-queue');
    await queued(waiter.run);
    await worker.kill();
    await cancelRun(apart.deps, { workspace: apart.workspace, run: waiter.run });
    const next = await apart.start(graph, more);
    held.clear();
    await worker.start();
    expect(await apart.reached(waiter.run, 'cancelled', 'succeeded')).toBe('cancelled');
    expect(await apart.reached(holder.run, 'succeeded')).toBe('succeeded');
    expect(await apart.reached(next.run, 'succeeded')).toBe('succeeded');
    expect(await atWork(apart, waiter)).toMatchObject({ from: undefined });
  }, 120_000);

  it('pass the slot on that a run held when Temporal timed it out, and over one that timed out in the queue', async () => {
    const path = '/timed-out';
    held.add(path);
    const graph = work(path, { concurrency: { limit: 1 } });
    const holder = await startTimed(graph, path, 15_000);
    await until(() => called(path) === 1);
    const inQueue = await startTimed(graph, path, 3_000);
    const third = await apart.start(graph, { automation: automation(path) });
    await expect(inQueue.handle.result()).rejects.toThrow();
    held.clear();
    await expect(holder.handle.result()).rejects.toThrow();
    expect(await apart.reached(third.run, 'succeeded')).toBe('succeeded');
    const shifts = await Promise.all([holder, inQueue, third].map((one) => atWork(apart, one)));
    expect(mostAtOnce(shifts)).toBe(1);
    expect(shifts[1]).toMatchObject({ from: undefined });
  }, 120_000);

  it('count for a retry as for any other run', async () => {
    const path = '/retried';
    broken.add(path);
    const graph = work(path, { concurrency: { limit: 1 } });
    const failed = await apart.start(graph, { automation: automation(path) });
    await apart.reached(failed.run, 'failed');
    broken.clear();
    held.add(path);
    const holder = await apart.start(graph, { automation: automation(path) });
    await until(() => called(path) === 2);
    const retry = await startRerun(apart.deps, {
      ...{ workspace: apart.workspace, run: failed.run, from: { kind: 'start' } },
      version: 'same',
    });
    if (retry.kind === 'refused') throw new Error(retry.code);
    await queued(retry.run);
    await killWorker();
    held.clear();
    for (const answer of release.splice(0)) answer();
    expect(await apart.reached(holder.run, 'succeeded')).toBe('succeeded');
    expect(await apart.reached(retry.run, 'succeeded')).toBe('succeeded');
    const again = { run: retry.run, handle: apart.client.workflow.getHandle(retry.workflowId) };
    expect(mostAtOnce([await atWork(apart, holder), await atWork(apart, again)])).toBe(1);
  }, 120_000);

  it('cancel the run under way for a newer one, though the worker is killed meanwhile', async () => {
    const { holder, waiter } = await holderAndWaiter('/replaced', 'replace');
    await killWorker();
    expect(await apart.reached(holder.run, 'cancelled', 'succeeded')).toBe('cancelled');
    await until(() => called('/replaced') >= 2);
    held.clear();
    for (const answer of release.splice(0)) answer();
    expect(await apart.reached(waiter.run, 'succeeded', 'cancelled')).toBe('succeeded');
    expect(mostAtOnce([await atWork(apart, holder), await atWork(apart, waiter)])).toBe(1);
  }, 120_000);

  it('skip while one works, also after a kill, and not for one that was terminated', async () => {
    const { graph, more, holder, waiter } = await holderAndWaiter('/skipped', 'skip');
    await killWorker();
    expect(await apart.reached(waiter.run, 'cancelled', 'succeeded')).toBe('cancelled');
    await holder.handle.terminate('by hand');
    held.clear();
    const next = await apart.start(graph, more);
    expect(await apart.reached(next.run, 'succeeded', 'cancelled')).toBe('succeeded');
  }, 120_000);
});
