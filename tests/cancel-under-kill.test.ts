/** Cancel always ends, and jobs over many runs go on: with a worker that is killed with -9 in the middle of each. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type BulkAction, bulkWorkflow, bulkWorkflowIdOf } from '../contracts/bulk.ts';
import type { Graph } from '../contracts/graph.ts';
import { queues } from '../contracts/run.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { commandAgentRun } from '../runs/agents/command-agent-run.ts';
import { startAgentRun } from '../runs/agents/start-agent-run.ts';
import { bulkRuns } from '../runs/bulk-runs.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { describeWithKills } from '../scripts/stack/test-tools.ts';
import type { Member } from './storm/member.ts';
import { addProvider } from './support/add-provider.ts';
import { publishAgent } from './support/publish-agent.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

describeWithKills('With a worker that is killed', () => {
  let apart: WorkersApart;
  let worker: Member;
  let stub: StubServer;
  const broken = new Set<string>();
  /** Calls that were never answered and that their caller has given up. */
  let givenUp = 0;

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
    stub = await startStub({
      answer: ({ url = '' }, response) => {
        if (url.startsWith('/hang')) {
          response.once('close', () => givenUp++);
          return;
        }
        response.writeHead(broken.has(url) ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
      },
    });
  }, 180_000);
  afterAll(async () => {
    await apart?.close();
    await stub?.close();
  }, 60_000);

  const calls = (path: string, trigger = 'manual-trigger'): Graph =>
    drawGraph(
      [
        ['Start', trigger],
        ['Call', 'http-request', { method: 'POST', url: `${stub.url}${path}` }, { timeout: 3_600 }],
      ],
      ['Start > Call'],
    );
  const callsAutomation = (automation: string, trigger = 'manual-trigger'): Graph =>
    drawGraph(
      [
        ['Start', trigger],
        ['Other', 'sub-automation', { automation }],
      ],
      ['Start > Other'],
    );
  const called = (path: string) => stub.requests.filter((one) => one.path === path).length;
  const cancel = (run: string) => cancelRun(apart.deps, { workspace: apart.workspace, run });

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async function inTemporal(run: string): Promise<string> {
    const [row] = await apart.db.sql.query<{ id: string }>(
      'select workflow_id as id from runs where id = $1',
      [run],
    );
    return (await apart.client.workflow.getHandle(row!.id).describe()).status.name;
  }

  /** It, what it calls, and what that calls. */
  async function family(run: string): Promise<string[]> {
    const rows = await apart.db.sql.query<{ id: string }>(
      `with recursive called as (
         select id from runs where id = $1 union all select r.id from runs r join called c on r.parent = c.id)
       select id from called`,
      [run],
    );
    return rows.map(({ id }) => id);
  }

  it('a cancel reaches the call under way and the runs that were called, with their calls', async () => {
    const inner = await apart.publish('Inner', calls('/hang/inner', 'sub-automation-trigger'));
    const middle = await apart.publish('Middle', callsAutomation(inner.id, 'sub-automation-trigger'));
    const before = givenUp;
    const { run } = await apart.start(callsAutomation(middle.id));
    await until(() => called('/hang/inner') === 1);
    expect(await cancel(run)).toMatchObject({ kind: 'requested' });
    expect(await apart.reached(run, 'cancelled', 'failed')).toBe('cancelled');
    const runs = await family(run);
    expect(runs).toHaveLength(3);
    for (const one of runs) {
      expect(await apart.reached(one, 'cancelled', 'failed')).toBe('cancelled');
      expect(await inTemporal(one)).toBe('CANCELLED');
    }
    // Its own time limit is an hour: only the heartbeat can have told it.
    await until(() => givenUp === before + 1);
  }, 90_000);

  it('a cancel that it was about to carry out is carried out by the next one', async () => {
    const inner = await apart.publish('Inner 2', calls('/hang/killed', 'sub-automation-trigger'));
    const { run } = await apart.start(callsAutomation(inner.id));
    await until(() => called('/hang/killed') === 1);
    await apart.reached(run, 'running', 'waiting');
    await Promise.all([cancel(run), worker.kill()]);
    await worker.start();
    for (const one of await family(run)) {
      expect(await apart.reached(one, 'cancelled', 'failed', 'succeeded')).toBe('cancelled');
      expect(await inTemporal(one)).toBe('CANCELLED');
    }
    const open = await apart.db.sql.query(
      `select 1 from steps where run = any($1) and state in ('running', 'waiting')`,
      [await family(run)],
    );
    expect(open).toEqual([]);
  }, 120_000);

  it('an agent that is told to stop has stopped, also when the worker of its call died before it heard', async () => {
    const { db, client: temporal, workspace } = apart;
    const provider = await addProvider(db, workspace, 'Hangs', `${stub.url}/hang`);
    const agent = await publishAgent(db, workspace, 'Hung', { model: `model:${provider}:any` });
    const { run, workflowId } = await startAgentRun(
      { db, temporal },
      {
        ...{ workspace, agent: { id: agent, name: 'Hung' }, version: { id: '', number: 0 } },
        ...{ trigger: 'api', messages: [{ role: 'user', content: 'Hello?' }] },
      },
    );
    const handle = temporal.workflow.getHandle(workflowId);
    await until(() => called('/hang/v1/chat/completions') === 1);
    await commandAgentRun({ temporal }, workflowId, { kind: 'stop' });
    // The server knows, and tells the activity with its next heartbeat, which never comes.
    await until(async () => {
      const { events } = await handle.fetchHistory();
      return events?.some((event) => event.activityTaskCancelRequestedEventAttributes) ?? false;
    });
    await worker.kill();
    await worker.start();
    await handle.result();
    const record = await db.inWorkspace(workspace, ({ agentRuns }) => agentRuns.get(run));
    expect(record?.state).toBe('stopped');
  }, 120_000);

  async function startBulk(action: BulkAction, automation: string) {
    const { db, client, workspace } = apart;
    const filter = { automation };
    const job = await db.inWorkspace(workspace, async ({ bulkJobs, runs }) =>
      bulkJobs.create({
        ...{ action, filter, options: { from: 'failure', version: 'same' } },
        total: await runs.count(bulkRuns(action, filter)),
      }),
    );
    const handle = await client.workflow.start(bulkWorkflow, {
      args: [{ workspace, job: job.id, counts: { done: 0, skipped: 0, failed: 0, failures: [] } }],
      workflowId: bulkWorkflowIdOf(workspace, job.id),
      taskQueue: queues.automations,
    });
    return { handle, job: () => db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.get(job.id)) };
  }

  const countOf = async (automation: string, state: string, more = '') => {
    const [row] = await apart.db.sql.query<{ n: number }>(
      `select count(*)::int as n from runs where automation = $1 and state = $2 ${more}`,
      [automation, state],
    );
    return row!.n;
  };

  it('a job that retries many goes on: each is retried once', async () => {
    const automation = { id: 'bulk-retried', name: 'Bulk' };
    broken.add('/flaky');
    const graph = calls('/flaky');
    await Promise.all(Array.from({ length: 60 }, () => apart.start(graph, { automation })));
    await until(async () => (await countOf(automation.id, 'failed')) === 60);
    broken.clear();
    const { handle, job } = await startBulk('retry', automation.id);
    await until(async () => ((await job())?.done ?? 0) > 0);
    expect((await job())?.state).toBe('running');
    await worker.kill();
    await worker.start();
    await handle.result();
    expect(await job()).toMatchObject({ state: 'finished', done: 60, failed: 0 });
    await until(async () => (await countOf(automation.id, 'succeeded')) === 60);
    const twice = await apart.db.sql.query(
      'select retry_of from runs where automation = $1 and retry_of is not null group by retry_of having count(*) > 1',
      [automation.id],
    );
    expect(twice).toEqual([]);
    expect(await countOf(automation.id, 'succeeded', 'and retry_of is not null')).toBe(60);
  }, 180_000);

  it('a job that cancels many goes on: none is left', async () => {
    const automation = { id: 'bulk-cancelled', name: 'Bulk' };
    const waits = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Wait', 'wait', { amount: 1, unit: 'hours' }],
      ],
      ['Start > Wait'],
    );
    await Promise.all(Array.from({ length: 60 }, () => apart.start(waits, { automation })));
    await until(async () => (await countOf(automation.id, 'waiting')) === 60);
    const { handle, job } = await startBulk('cancel', automation.id);
    await until(async () => (await job())?.state === 'running' && ((await job())?.done ?? 0) > 0);
    await worker.kill();
    await worker.start();
    await handle.result();
    expect(await job()).toMatchObject({ state: 'finished', failed: 0 });
    await until(async () => (await countOf(automation.id, 'cancelled')) === 60);
  }, 180_000);
});
