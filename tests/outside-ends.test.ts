/**
 * Runs that an operator ends or resets by Temporal's own command, or that nobody could tell about: what the records say in the end, and
 * that each failure starts the error automation once. Reconcilers and announcers die with their workers meanwhile.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createReconciler } from '../activities/records/reconciler.ts';
import type { Graph } from '../contracts/graph.ts';
import { automationWorkflow, queues, type RunInput, workflowIdOf } from '../contracts/run.ts';
import { silent } from '../db/log.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { newRunId } from '../runs/new-run-id.ts';
import { describeWithKills, temporalBinary } from '../scripts/stack/test-tools.ts';
import type { Member } from './storm/member.ts';
import { type StubServer, startStub } from './support/stub-server.ts';
import type { StartedHere } from './support/test-runs.ts';
import { startWorkersApart, type WorkersApart } from './support/workers-apart.ts';

const run = promisify(execFile);

describeWithKills('A run that was ended from outside', () => {
  let apart: WorkersApart;
  let worker: Member;
  let stub: StubServer;
  let sells: { id: string; version: { id: string; number: number } };
  let graph: Graph;

  beforeAll(async () => {
    apart = await startWorkersApart();
    worker = await apart.worker();
    stub = await startStub({
      answer: ({ url = '' }, response) => {
        if (url === '/hang') return;
        response.writeHead(url === '/refused' ? 400 : 200, { 'content-type': 'application/json' }).end('{}');
      },
    });
    const alerts = await apart.publish(
      'Alerts',
      drawGraph(
        [
          ['Failed', 'error-trigger'],
          ['Tell', 'http-request', { method: 'POST', url: `=${stub.url}/alert/{{ $json.run.id }}` }],
        ],
        ['Failed > Tell'],
      ),
    );
    graph = calls('/hang', alerts.id);
    sells = await apart.publish('Sells', graph);
  }, 180_000);
  afterAll(async () => {
    await apart?.close();
    await stub?.close();
  }, 60_000);

  const calls = (path: string, errorAutomation: string): Graph =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Before', 'edit-fields', { assignments: [{ name: 'n', value: '1' }] }],
        ['Call', 'http-request', { method: 'POST', url: `${stub.url}${path}` }, { timeout: 3_600 }],
      ],
      ['Start > Before', 'Before > Call'],
      { errorAutomation },
    );
  const start = (of = sells, with_ = graph) =>
    apart.start(with_, { automation: { id: of.id, name: 'Sells' }, version: of.version });

  /** The `temporal` command of an operator. */
  const temporal = (...args: string[]) =>
    run(temporalBinary(), ['workflow', ...args, '--address', apart.address]);

  /** One pass of a reconciler that knows nothing of those before it. */
  const pass = () =>
    createReconciler({
      ...{ client: apart.client, db: apart.db, writer: apart.writer, log: silent },
      ...{ graceMs: 0, staleMs: 0 },
    }).runOnce();

  async function until(holds: () => boolean | Promise<boolean>, meanwhile = async () => {}): Promise<void> {
    while (!(await holds())) {
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const passes = async () => void (await pass());

  async function record(id: string) {
    const rows = await apart.db.sql.query<{ state: string; failure: { code: string } | null }>(
      'select state, failure from runs where id = $1',
      [id],
    );
    const steps = await apart.db.sql.query<{ node: string; state: string }>(
      'select node, state from steps where run = $1',
      [id],
    );
    const [row] = rows;
    return row && { ...row, steps: Object.fromEntries(steps.map(({ node, state }) => [node, state])) };
  }

  const hanging = async ({ run: id }: StartedHere) => {
    await until(async () => (await record(id))?.steps.Call === 'running');
    return id;
  };
  const alertsOf = (id: string) =>
    new Set(stub.requests.filter(({ path }) => path === `/alert/${id}`).map(({ key }) => key)).size;

  /** The end is known and told; then everything that could tell it again has its chance. */
  async function toldOnce(id: string, code: string): Promise<void> {
    await until(async () => (await record(id))?.state === 'failed', passes);
    expect(await record(id)).toMatchObject({
      failure: { code },
      steps: { Start: 'succeeded', Before: 'succeeded', Call: 'cancelled' },
    });
    await until(() => alertsOf(id) > 0);
    await pass();
    await worker.kill();
    await worker.start();
    await pass();
    expect(alertsOf(id)).toBe(1);
  }

  it('by terminate is told and alerted once, with the worker killed in between', async () => {
    const started = await start();
    const id = await hanging(started);
    await temporal('terminate', '--workflow-id', started.handle.workflowId, '--reason', 'by hand');
    await worker.kill();
    await pass();
    await worker.start();
    await toldOnce(id, 'terminated');
  }, 180_000);

  it('by delete is told and alerted once', async () => {
    const started = await start();
    const id = await hanging(started);
    await temporal('delete', '--workflow-id', started.handle.workflowId);
    await toldOnce(id, 'deleted');
  }, 180_000);

  it('by a time-out of the workflow is told and alerted once', async () => {
    const { client, workspace } = apart;
    const input: RunInput = {
      ...{ run: newRunId(), workspace, automation: { id: sells.id, name: 'Sells' }, version: sells.version },
      ...{ graph, trigger: { kind: 'manual', node: 'Start' } },
    };
    const handle = await client.workflow.start(automationWorkflow, {
      args: [input],
      workflowId: workflowIdOf({ workspace, automation: sells.id, run: input.run }),
      taskQueue: queues.automations,
      workflowExecutionTimeout: '10s',
    });
    await hanging({ run: input.run, handle });
    await toldOnce(input.run, 'timed-out');
  }, 180_000);

  it('or rather reset after its failure, is told anew and alerted once, though it fails again', async () => {
    const refused = calls('/refused', graph.settings.errorAutomation!);
    const refusing = await apart.publish('Is refused', refused);
    const started = await start(refusing, refused);
    const id = started.run;
    await until(async () => (await record(id))?.state === 'failed', passes);
    await until(() => alertsOf(id) > 0);
    const called = () => stub.requests.filter(({ path }) => path === '/refused').length;
    const before = called();
    await temporal(
      ...['reset', '--workflow-id', started.handle.workflowId],
      ...['--type', 'FirstWorkflowTask', '--reason', 'again'],
    );
    await until(() => called() > before);
    await apart.client.workflow
      .getHandle(started.handle.workflowId)
      .result()
      .catch(() => undefined);
    await until(async () => (await record(id))?.state === 'failed', passes);
    expect(await record(id)).toMatchObject({ steps: { Before: 'succeeded', Call: 'failed' } });
    await worker.kill();
    await worker.start();
    await pass();
    expect(alertsOf(id)).toBe(1);
  }, 180_000);

  it('is told by the next pass when there was nobody to tell it', async () => {
    const done = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Pass', 'no-op'],
      ],
      ['Start > Pass'],
    );
    const { run: id } = await apart.start(done);
    await apart.reached(id, 'succeeded');
    await worker.kill();
    // What this process has still to write of the start would come after the deletion.
    await apart.writer.flush();
    // As if they had died with the process that was to write them.
    await apart.db.sql.query('delete from steps where run = $1', [id]);
    await apart.db.sql.query('delete from runs where id = $1', [id]);
    await pass();
    expect(await record(id)).toBeUndefined();
    await worker.start();
    await until(async () => (await record(id)) !== undefined, passes);
    expect(await record(id)).toMatchObject({
      state: 'succeeded',
      steps: { Start: 'succeeded', Pass: 'succeeded' },
    });
  }, 180_000);
});
