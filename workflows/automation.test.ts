/**
 * The workflow on a real Temporal server, in the real sandbox, with the real activities, records and a real service to call.
 * Over 300 lines: one server and one worker serve every case.
 */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { Graph } from '../contracts/graph.ts';
import type { JsonObject } from '../contracts/json.ts';
import { automationWorkflow, queues, type RunInput, workflowIdOf } from '../contracts/run.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';
import { type StubService, startStubService } from '../tests/replay/stub-service.ts';
import { addKnowledge } from '../tests/support/add-knowledge.ts';

describeWithTemporal('An automation run', () => {
  let engine: RunningEngine;
  let stub: StubService;

  beforeAll(async () => {
    [engine, stub] = await Promise.all([startEngine({ binary: temporalBinary() }), startStubService()]);
  }, 180_000);

  afterAll(async () => {
    await engine?.close();
    await stub?.close();
  }, 60_000);

  /** Runs a graph to its end and gives what its nodes gave last, by node and port. */
  async function play(graph: Graph, items?: JsonObject[]) {
    const { run, handle } = await engine.start(graph, { items: items && json(...items) });
    const error = await handle.result().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const steps = Object.fromEntries(
      engine.events(run).flatMap((event) => (event.type === 'step.finished' ? [[event.node, event]] : [])),
    );
    const output = (node: string, port = 'main') =>
      steps[node]?.outputs[port]?.map((item) => item.json) ?? [];
    return { run, handle, error, steps, output };
  }

  async function activityTypes(handle: { fetchHistory(): Promise<{ events?: unknown }> }) {
    const { events } = (await handle.fetchHistory()) as {
      events: { activityTaskScheduledEventAttributes?: { activityType: { name: string } } | null }[];
    };
    return events.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType.name ?? []);
  }

  it('feeds a knowledge base and asks it: by key a text takes the place of another, and what is deleted is found no more', async () => {
    const { db, workspace } = engine;
    const { base } = await addKnowledge(db, workspace, { name: 'Handbook', texts: ['About refunds.'] });
    const { base: other, document } = await addKnowledge(db, workspace, { name: 'Other', texts: ['Apart.'] });
    const look = {
      base,
      query: '={{ $json.ask ?? "warranty" }}',
      filter: '{"team":"sales"}',
      output: 'passages',
    };
    const flow = drawGraph(
      [
        ['Start', 'manual-trigger'],
        [
          'Add',
          'knowledge-ingest',
          { base, key: 'terms', name: 'Terms', text: '={{ $json.text }}', metadata: '{"team":"sales"}' },
        ],
        ['Look', 'knowledge-search', look],
      ],
      ['Start > Add', 'Add > Look'],
    );
    const first = await play(flow, [{ text: '# Terms\n\nTwo years of warranty.' }]);
    expect(first.error).toBeUndefined();
    const [added] = first.output('Add');
    expect(added).toMatchObject({ name: 'Terms', state: 'succeeded', passages: 1 });
    expect(first.output('Look')).toMatchObject([
      {
        document: added!.document,
        name: 'Terms',
        headings: ['Terms'],
        text: expect.stringContaining('Two years'),
      },
    ]);
    const second = await play(flow, [{ text: 'Three years of warranty.' }]);
    expect(second.output('Add')).toMatchObject([{ document: added!.document, state: 'succeeded' }]);
    expect(second.output('Look').map(({ text }) => text)).toEqual(['Three years of warranty.']);

    const away = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Wrong base', 'knowledge-delete', { base, by: 'document', value: document }],
          ['Delete', 'knowledge-delete', { base, value: 'terms' }],
          ['Look', 'knowledge-search', { ...look, output: 'together' }],
        ],
        ['Start > Wrong base', 'Wrong base > Delete', 'Delete > Look'],
      ),
    );
    expect(away.output('Wrong base')).toEqual([{ document, deleted: false }]);
    expect(away.output('Delete')).toEqual([{ document: added!.document, deleted: true }]);
    expect(away.output('Look')).toMatchObject([{ passages: [] }]);
    const kept = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.bases.get(other));
    expect(kept?.documents.all).toBe(1);
  }, 120_000);

  it('evaluates expressions inside the sandbox: dates, patterns, names, random numbers', async () => {
    const { error, output } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          [
            'Edit',
            'edit-fields',
            edit(
              {
                day: "={{ DateTime.fromISO('2026-03-01T02:00:00Z').setZone('America/Sao_Paulo').toISODate() }}",
                zone: '={{ $now.zoneName }}',
                age: '={{ $now.diff($now.minus({ days: 2 })).as("hours") }}',
                mails: '={{ $json.text.match(/[\\w.]+@[\\w.]+/g) }}',
                total: '={{ $json.lines.map((line) => line.price).reduce((a, b) => a + b, 0) }}',
                same: '={{ Math.random() === Math.random() }}',
                from: "={{ $('Start').item.json.text.length }}",
              },
              { keepOthers: false },
            ),
          ],
        ],
        ['Start > Edit'],
        { timezone: 'Europe/Lisbon' },
      ),
      [{ text: 'ana@example.com, bo@example.org', lines: [{ price: 2 }, { price: 40 }] }],
    );
    expect(error).toBeUndefined();
    expect(output('Edit')).toEqual([
      {
        day: '2026-02-28',
        zone: 'Europe/Lisbon',
        age: 48,
        mails: ['ana@example.com', 'bo@example.org'],
        total: 42,
        same: false,
        from: 31,
      },
    ]);
  });

  it('makes a GET as a local activity and a POST as a normal one, each with its own stable key', async () => {
    const before = stub.requests.length;
    const { run, error, handle } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Get', 'http-request', { url: `${stub.url}/ok` }],
          ['Post', 'http-request', { method: 'POST', url: `${stub.url}/ok` }],
        ],
        ['Start > Get', 'Get > Post'],
      ),
    );
    expect(error).toBeUndefined();
    expect(await activityTypes(handle)).toEqual(['http-request']);
    expect(stub.requests.slice(before)).toEqual([
      { line: 'GET /ok', key: `${run}:Get:0:0` },
      { line: 'POST /ok', key: `${run}:Post:0:0` },
    ]);
  });

  it('gives a step over many items to a normal activity at once, not to a local one first', async () => {
    const { error, output, handle } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Count', 'code', { code: 'return [{ json: { count: $input.all().length } }];' }],
        ],
        ['Start > Count'],
      ),
      Array.from({ length: 1_001 }, (_, n) => ({ n })),
    );
    expect(error).toBeUndefined();
    expect(output('Count')).toEqual([{ count: 1_001 }]);
    expect(await activityTypes(handle)).toEqual(['code']);
    const { events } = await handle.fetchHistory();
    const markers = events?.flatMap((event) => event.markerRecordedEventAttributes?.markerName ?? []);
    expect(markers).toEqual(['core_patch']); // a local activity would have left its own
  });

  it.each([
    ['GET', 'a local activity goes on as a normal one'],
    ['POST', 'a normal activity is retried by Temporal'],
  ])('tries %s again as often as the node says, with one key: %s', async (method) => {
    const path = `/flaky/2/${method}`;
    const { error, output, steps } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          [
            'Call',
            'http-request',
            { method, url: stub.url + path },
            { retry: { maxAttempts: 3, initialIntervalMs: 1, backoff: 1, maxIntervalMs: 1 } },
          ],
        ],
        ['Start > Call'],
      ),
    );
    expect(error).toBeUndefined();
    expect(output('Call')).toEqual([{ calls: 3 }]);
    expect(steps.Call).toMatchObject({ state: 'succeeded', attempts: 3 });
    const calls = stub.requests.filter(({ line }) => line === `${method} ${path}`);
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
  });

  it('ends as failed, with the cause as the type of the failure, when a step fails for good', async () => {
    const { run, error, steps } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Call', 'http-request', { method: 'POST', url: `${stub.url}/refused` }],
          ['Never', 'no-op'],
        ],
        ['Start > Call', 'Call > Never'],
      ),
    );
    const cause = (error as WorkflowFailedError).cause as ApplicationFailure;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    expect(cause).toMatchObject({ type: 'http-400', nonRetryable: true });
    expect(cause.details?.[0]).toMatchObject({ code: 'http-400', node: 'Call' });
    expect(steps.Call).toMatchObject({ state: 'failed', failure: { code: 'http-400' } });
    expect(steps.Never).toBeUndefined();
    expect(engine.events(run).at(-1)).toMatchObject({ type: 'run.finished', state: 'failed' });
  });

  it('sends what failed to the error port and goes on', async () => {
    const { error, output } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Call', 'http-request', { url: '={{ $json.url }}' }, { onError: 'errorPort' }],
          ['Good', 'no-op'],
          ['Bad', 'edit-fields', edit({ why: '={{ $json.error.code }}' }, { keepOthers: false })],
        ],
        ['Start > Call', 'Call > Good', 'Call.error > Bad'],
      ),
      [{ url: `${stub.url}/missing` }, { url: `${stub.url}/ok` }],
    );
    expect(error).toBeUndefined();
    expect(output('Good')).toEqual([{ ok: true }]);
    expect(output('Bad')).toEqual([{ why: 'http-404' }]);
  });

  it('stops its steps when cancelled, and is cancelled rather than failed', async () => {
    const { run, handle } = await engine.start(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Wait', 'wait', { amount: 1, unit: 'hours' }],
          ['Hang', 'http-request', { method: 'POST', url: `${stub.url}/hang` }],
          ['Never', 'no-op'],
        ],
        ['Start > Wait', 'Start > Hang', 'Wait > Never', 'Hang > Never'],
      ),
    );
    await engine.seen(run, (event) => event.type === 'step.started' && event.node === 'Hang');
    await handle.cancel();
    const error = await handle.result().catch((reason: unknown) => reason);
    expect((error as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    const ends = engine
      .events(run)
      .flatMap((event) => (event.type === 'step.finished' ? [`${event.node} ${event.state}`] : []));
    expect(ends.sort()).toEqual(['Hang cancelled', 'Start succeeded', 'Wait cancelled']);
    expect(engine.events(run).at(-1)).toMatchObject({ type: 'run.finished', state: 'cancelled' });
  });

  it('tells everything it reported when an ended run is asked for its record', async () => {
    const { run, handle } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Get', 'http-request', { url: `${stub.url}/ok` }],
          ['Code', 'code', { code: "console.log('seen'); return [{ n: $input.all().length }];" }],
        ],
        ['Start > Get', 'Get > Code'],
      ),
    );
    const record = await handle.query<{ header: { run: string }; events: unknown[] }>('record');
    expect(record.header).toMatchObject({ run, workspace: engine.workspace, workflowId: handle.workflowId });
    expect(record.events).toEqual(engine.events(run));
    expect(record.events.map((event) => (event as { seq: number }).seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await engine.writer.flush();
    const stored = await engine.db.inWorkspace(engine.workspace, ({ runs }) => runs.get(run));
    expect(stored?.state).toBe('succeeded');
  });

  it('takes its run id from the workflow id where a schedule starts every run with the same input', async () => {
    const automation = { id: 'nightly', name: 'Nightly' };
    const graph = drawGraph([['Tick', 'schedule-trigger', { every: 1, unit: 'days' }]], []);
    const workspace = engine.workspace;
    // Temporal adds the tick's time to the id that the schedule gives.
    const workflowId = `${workflowIdOf({ workspace, automation: automation.id, run: 's' })}-2026-03-01T00:00:00Z`;
    const input: RunInput = {
      run: 'from-workflow-id',
      ...{ workspace, automation, graph },
      version: { id: 'nightly-1', number: 1 },
      trigger: { kind: 'schedule', node: 'Tick' },
    };
    const options = { args: [input], workflowId, taskQueue: queues.automations };
    await engine.client.workflow.execute(automationWorkflow, options);
    const events = engine.events('s-2026-03-01T000000Z');
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', state: 'succeeded' });
    const item = events.flatMap((event) => (event.type === 'step.finished' ? event.outputs.main! : []))[0];
    expect(item?.json).toMatchObject({ timezone: 'UTC', timestamp: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it('runs the draft it was given, whatever other automation has a draft of the same number', async () => {
    const draft = (answer: string) =>
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Edit', 'edit-fields', edit({ answer })],
        ],
        ['Start > Edit'],
      );
    for (const answer of ['first', 'second']) {
      const { run, handle } = await engine.start(draft(answer), {
        automation: { id: answer, name: answer },
        version: { id: 'draft:1', number: 0 },
      });
      await handle.result();
      const edited = engine
        .events(run)
        .find((event) => event.type === 'step.finished' && event.node === 'Edit');
      expect(edited).toMatchObject({ outputs: { main: [{ json: { answer } }] } });
    }
  });

  it('fails with the node named, rather than for ever, when its version has a node type nobody knows', async () => {
    const { error } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['New', 'from-tomorrow'],
        ],
        ['Start > New'],
      ),
    );
    expect((error as WorkflowFailedError).cause).toMatchObject({
      type: 'unknown-node-type',
      details: [expect.objectContaining({ node: 'New' })],
    });
  });

  it('fails with a cause, and says so in its record, when its version is not there any more', async () => {
    const graph = drawGraph([['Start', 'manual-trigger']], []);
    const version = { id: 'deleted', number: 3 };
    const { run, handle } = await engine.start(graph, { graph: undefined, version });
    const error = await handle.result().catch((reason: unknown) => reason);
    expect((error as WorkflowFailedError).cause).toMatchObject({ type: 'version-not-found' });
    expect(engine.events(run)).toMatchObject([
      { type: 'run.finished', state: 'failed', failure: { code: 'version-not-found' } },
    ]);
  });

  it('stores what it did at the latest after ten calls in a row', async () => {
    const count = 12;
    const names = Array.from({ length: count }, (_, step) => `Get ${step}`);
    const { error, handle } = await play(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ...names.map((name): [string, string, JsonObject] => [
            name,
            'http-request',
            { url: `${stub.url}/ok` },
          ]),
        ],
        ['Start', ...names].slice(0, -1).map((name, at) => `${name} > ${names[at]}`),
      ),
    );
    expect(error).toBeUndefined();
    expect(await activityTypes(handle)).toEqual(['checkpoint']);
  });

  it('shows operators what it is, and which node each activity and timer is of', async () => {
    const { handle } = await play(
      drawGraph(
        [
          ['Order came in', 'manual-trigger'],
          ['Reserve stock', 'http-request', { method: 'POST', url: `${stub.url}/ok` }],
          ['Let it cool', 'wait', { amount: 0.1, unit: 'seconds' }],
        ],
        ['Order came in > Reserve stock', 'Reserve stock > Let it cool'],
      ),
    );
    const described = await handle.describe();
    expect(await described.staticSummary()).toBe('Test · Order came in');
    expect(described.searchAttributes).toMatchObject({ Workspace: [engine.workspace], RunKind: ['manual'] });
    const { events = [] } = await handle.fetchHistory();
    const labels: string[] = [];
    for (const event of events ?? []) {
      if (!event.activityTaskScheduledEventAttributes && !event.timerStartedEventAttributes) continue;
      const summary = event.userMetadata?.summary;
      const [opened] = summary ? await engine.codec.decode([summary]) : [];
      labels.push(opened?.data ? (JSON.parse(Buffer.from(opened.data).toString()) as string) : '');
    }
    expect(labels).toEqual(['Reserve stock', 'Let it cool']);
  });

  it('answers the webhook while the run goes on', async () => {
    const { run, handle } = await engine.start(
      drawGraph(
        [
          ['Hook', 'webhook-trigger', { path: 'a', answer: 'respondNode' }],
          ['Respond', 'respond', { respondWith: 'json', body: '={{ { got: $json.n } }}', status: 201 }],
          ['Wait', 'wait', { amount: 1, unit: 'hours' }],
        ],
        ['Hook > Respond', 'Respond > Wait'],
      ),
      { items: json({ n: 7 }), answer: 'respondNode' },
    );
    const answer = await engine.seen(run, (event) => event.type === 'run.responded');
    expect(answer).toMatchObject({ response: { status: 201, body: { kind: 'json', value: { got: 7 } } } });
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate();
  });
});

describeWithTemporal('A run whose history grows long', () => {
  let engine: RunningEngine;

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 20 });
  }, 180_000);

  afterAll(() => engine?.close(), 60_000);

  it('continues as new with all it knows, and reports on as if nothing had happened', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Count', 'edit-fields', edit({ n: '={{ ($json.n ?? 0) + 1 }}' })],
        ['Pause', 'wait', { amount: 0.01, unit: 'seconds' }],
        ['More', 'if', { conditions: [{ left: '={{ $json.n }}', operator: 'number.lt', right: 8 }] }],
        ['Done', 'edit-fields', edit({ from: "={{ $('Start').item.json.order }}" })],
      ],
      ['Start > Count', 'Count > Pause', 'Pause > More', 'More.true > Count', 'More.false > Done'],
    );
    const { run, handle } = await engine.start(graph, { items: json({ order: 17 }) });
    await handle.result();
    const first = await handle.describe();
    const events = engine.events(run);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at));
    expect(events.filter(({ type }) => type === 'run.started')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', state: 'succeeded' });
    const done = events.find((event) => event.type === 'step.finished' && event.node === 'Done');
    expect(done).toMatchObject({ outputs: { main: [{ json: { order: 17, n: 8, from: 17 } }] } });
    expect(first.raw.workflowExecutionInfo?.firstRunId).not.toBe(first.runId);
  });
});

function edit(fields: Record<string, string>, more: JsonObject = {}): JsonObject {
  return { assignments: Object.entries(fields).map(([name, value]) => ({ name, value })), ...more };
}
