/** On a real Temporal dev server, with a real worker that replays what is asked. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { ulid } from 'ulid';
import { automationWorkflow, type RunEvent, type RunHeader, workflowIdOf } from '../../contracts/run.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { createWorkspace, runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { createReconciler, type Reconciler, type ReconcilerOptions } from './reconciler.ts';
import type { StandInInput } from './testing/automation-workflow.ts';

const binary = process.env.HIVIEX_TEST_TEMPORAL_BINARY;
const taskQueue = 'reconciler-test';

(binary ? describe : describe.skip)('The reconciler', () => {
  let environment: TestWorkflowEnvironment;
  let database: Database;
  let writer: RunWriter;
  let workspace: string;
  let worker: Worker;
  let working: Promise<void>;
  let reconciler: Reconciler;

  const startWorker = async () => {
    worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue,
      workflowsPath: new URL('./testing/automation-workflow.ts', import.meta.url).pathname,
    });
    working = worker.run();
  };
  const create = (options: Partial<ReconcilerOptions> = {}) =>
    createReconciler({
      client: environment.client,
      db: database,
      writer,
      log: silent,
      graceMs: 0,
      staleMs: 0,
      ...options,
    });

  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: binary as string } },
    });
    database = await openDatabase({ dataDir: 'memory://' });
    await database.migrate();
    workspace = await createWorkspace(database);
    writer = createRunWriter({ db: database, bus: createLocalBus() });
    reconciler = create();
    await startWorker();
  }, 180_000);

  afterAll(async () => {
    worker?.shutdown();
    await working;
    await writer?.close();
    await database?.close();
    await environment?.teardown();
  }, 60_000);

  /** Starts the stand-in; the row is as far as `recorded` events tell, or absent. */
  async function startRun(options: {
    stays: boolean;
    /** For its end, default as long as it does not stay. */
    waits?: boolean;
    events?: RunEvent[];
    recorded?: RunEvent[];
  }) {
    const run = ulid();
    const workflowId = workflowIdOf({ workspace, automation: 'automation-1', run });
    const header: RunHeader = runHeader(workspace, { run, workflowId });
    const events = options.events ?? runEvents(header.startedAt, ['hook', 'edit']);
    const input: StandInInput = {
      run,
      workspace,
      automation: { id: header.automation, name: 'Orders' },
      version: { id: header.version, number: 1 },
      trigger: { kind: header.trigger, node: header.triggerNode },
      header,
      events,
      stays: options.stays,
    };
    const handle = await environment.client.workflow.start(automationWorkflow, {
      args: [input],
      taskQueue,
      workflowId,
    });
    if (options.recorded) writer.record(header, options.recorded);
    await writer.flush();
    if (options.waits ?? !options.stays) await handle.result();
    return { run, header, events, handle };
  }

  const stored = (run: string) =>
    database.inWorkspace(workspace, async ({ runs, steps }) => ({
      run: await runs.get(run),
      steps: (await steps.list(run, { limit: 100 })).items,
    }));

  /** Visibility is written after the fact, so a pass may be too early: as the real reconciler, this one comes again. */
  async function reconcileUntil(done: () => Promise<boolean>, by = reconciler): Promise<void> {
    while (!(await done())) {
      await by.runOnce();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  const ended = (run: string) => async () => Boolean((await stored(run)).run?.finishedAt);

  it('makes the rows of a run again that were lost', async () => {
    const { run, header } = await startRun({ stays: false });
    expect((await stored(run)).run).toBeUndefined();
    await reconcileUntil(ended(run));
    const { run: row, steps } = await stored(run);
    expect(row).toMatchObject({
      state: 'succeeded',
      workflowId: header.workflowId,
      automation: { id: 'automation-1' },
    });
    expect(steps.map((step) => [step.node, step.state])).toEqual([
      ['hook', 'succeeded'],
      ['edit', 'succeeded'],
    ]);
  });

  it('completes the rows of a run that ended while nobody wrote', async () => {
    const events = runEvents(0, ['hook', 'edit', 'last']);
    const { run } = await startRun({ stays: false, events, recorded: events.slice(0, 2) });
    expect((await stored(run)).run?.state).toBe('running');
    await reconcileUntil(ended(run));
    const { run: row, steps } = await stored(run);
    expect(row?.state).toBe('succeeded');
    expect(steps).toHaveLength(3);
  });

  it('brings a run up to date that goes on without news, and does not ask it again soon', async () => {
    const events = runEvents(0, ['hook', 'edit']).slice(0, 4);
    const { run, handle } = await startRun({ stays: true, events, recorded: events.slice(0, 1) });
    await reconcileUntil(async () => (await stored(run)).steps.length === 2);
    expect((await stored(run)).run).toMatchObject({ state: 'running', lastSeq: 3 });
    expect(await reconciler.runOnce()).toEqual({ checked: 0, fixed: 0 });
    await handle.terminate();
    await reconcileUntil(ended(run));
  });

  it('ends a run that was terminated, with its open steps, and says so', async () => {
    const events = runEvents(0, ['hook', 'edit']).slice(0, 4);
    const { run, handle } = await startRun({ stays: true, events, recorded: events.slice(0, 1) });
    // It must have begun: a workflow that never ran has nothing to tell.
    await handle.query('record');
    await handle.terminate('The disk was full');
    await reconcileUntil(ended(run));
    const failure = expect.objectContaining({
      code: 'terminated',
      hint: expect.stringContaining('start the run again'),
      details: { reason: 'The disk was full' },
    });
    const { run: row, steps } = await stored(run);
    expect(row).toMatchObject({ state: 'failed', failure });
    expect(steps).toMatchObject([
      { node: 'hook', state: 'succeeded' },
      { node: 'edit', state: 'cancelled', failure },
    ]);
  });

  it('ends a run whose workflow was deleted', async () => {
    const events = runEvents(0, ['hook']).slice(0, 2);
    const { run, header, handle } = await startRun({ stays: true, events, recorded: events });
    await environment.client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: header.workflowId, runId: handle.firstExecutionRunId },
    });
    await reconcileUntil(ended(run));
    const { run: row, steps } = await stored(run);
    expect(row).toMatchObject({ state: 'failed', failure: { code: 'deleted' } });
    expect(steps).toMatchObject([{ node: 'hook', state: 'cancelled', failure: { code: 'deleted' } }]);
  });

  it('leaves alone what is too young to be judged', async () => {
    const recorded: RunEvent[] = [{ type: 'run.started', seq: 0, at: Date.now(), state: 'running' }];
    const { run } = await startRun({ stays: false, recorded });
    await create({ graceMs: 3_600_000 }).runOnce();
    expect((await stored(run)).run?.state).toBe('running');
    await reconcileUntil(ended(run));
  });

  it('finds nothing to do when all is well', async () => {
    expect(await reconciler.runOnce()).toEqual({ checked: 0, fixed: 0 });
  });

  it('waits for a worker that can tell, and decides by the status only when none comes', async () => {
    const events = runEvents(0, ['hook']);
    const { run, handle } = await startRun({
      stays: true,
      events: events.slice(0, 2),
      recorded: events.slice(0, 2),
    });
    worker.shutdown();
    await working;
    await handle.terminate();
    const patient = create({ patienceMs: 3_600_000 });
    await patient.runOnce();
    await patient.runOnce();
    expect((await stored(run)).run?.state).toBe('running');
    await reconcileUntil(ended(run), create({ patienceMs: 0 }));
    expect((await stored(run)).run).toMatchObject({ state: 'failed', failure: { code: 'terminated' } });
    await startWorker();
  }, 120_000);

  it('asks again about a run that nobody could tell of, however little a pass looks back', async () => {
    worker.shutdown();
    await working;
    const { run } = await startRun({ stays: false, waits: false });
    const forgetful = create({ lookBackMs: 0, patienceMs: 3_600_000 });
    // The first pass looks far back. Each of these finds the workflow in what Temporal lists, and nobody who could say what it did.
    while ((await forgetful.runOnce()).checked === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    await forgetful.runOnce();
    expect((await stored(run)).run).toBeUndefined();
    await startWorker();
    for (let pass = 0; pass < 5 && !(await ended(run)()); pass++) {
      await environment.client.workflow
        .getHandle(workflowIdOf({ workspace, automation: 'automation-1', run }))
        .result();
      await forgetful.runOnce();
    }
    expect((await stored(run)).run).toMatchObject({ state: 'succeeded' });
  }, 120_000);

  it('makes the row of a run that was ended before it began', async () => {
    worker.shutdown();
    await working;
    const { run, handle } = await startRun({ stays: true });
    await handle.terminate('Not wanted');
    await startWorker();
    await reconcileUntil(ended(run), create({ patienceMs: 0 }));
    expect((await stored(run)).run).toMatchObject({
      state: 'failed',
      automation: { id: 'automation-1' },
      trigger: 'webhook',
      triggerNode: 'hook',
      failure: { code: 'terminated', details: { reason: 'Not wanted' } },
    });
  }, 120_000);

  it('works by itself between start and stop', async () => {
    const { run } = await startRun({ stays: false });
    const own = create({ everyMs: 20 });
    own.start();
    while (!(await ended(run)())) await new Promise((resolve) => setTimeout(resolve, 20));
    await own.stop();
    expect((await stored(run)).run?.state).toBe('succeeded');
  });
});
