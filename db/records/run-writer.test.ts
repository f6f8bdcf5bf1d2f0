/** The projection on both databases. Over 300 lines: one suite, so that every rule is shown on the same two databases. */
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bus, BusMessage } from '../../contracts/bus.ts';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import { createLocalBus } from '../bus/local-bus.ts';
import type { Log } from '../log.ts';
import type { Sql } from '../sql.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader } from '../testing/fixtures.ts';
import { createRunWriter, type RunWriter } from './run-writer.ts';

describeDatabases('The run writer', (database) => {
  let workspace: string;
  let bus: Bus;
  let writer: RunWriter;

  beforeAll(async () => {
    workspace = await createWorkspace(database());
  });
  beforeEach(() => {
    bus = createLocalBus();
    writer = createRunWriter({ db: database(), bus });
  });

  const stored = (run: string) =>
    database().inWorkspace(workspace, async ({ runs, steps }) => ({
      run: await runs.get(run),
      steps: (await steps.list(run, { limit: 1_000 })).items,
    }));

  it('writes a queued row for a run that has only been started', async () => {
    const header = runHeader(workspace);
    writer.record(header, []);
    await writer.flush();
    const { run, steps } = await stored(header.run);
    expect(run).toMatchObject({
      state: 'queued',
      trigger: 'webhook',
      triggerNode: 'hook',
      workflowId: header.workflowId,
      startedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(steps).toEqual([]);
  });

  it('writes a whole run with its steps', async () => {
    const header = runHeader(workspace);
    writer.record(header, []);
    const events = runEvents(header.startedAt, ['hook', 'edit']);
    for (const event of events) writer.record(header, [event]);
    expect(writer.pending).toBe(3);
    await writer.flush();
    expect(writer.pending).toBe(0);
    const { run, steps } = await stored(header.run);
    expect(run).toMatchObject({
      state: 'succeeded',
      finishedAt: '2026-03-01T12:00:00.005Z',
      durationMs: 5,
      lastSeq: 5,
    });
    expect(steps).toEqual([
      {
        node: 'hook',
        index: 0,
        state: 'succeeded',
        seq: 1,
        startedAt: '2026-03-01T12:00:00.001Z',
        finishedAt: '2026-03-01T12:00:00.002Z',
        attempts: 1,
        idempotencyKey: `${header.run}:hook:0`,
        sources: [],
        outputs: { main: [{ json: { node: 'hook', total: 120 } }] },
      },
      expect.objectContaining({
        node: 'edit',
        seq: 3,
        sources: [{ port: 'main', node: 'hook', index: 0, fromPort: 'main' }],
      }),
    ]);
  });

  it('shows a run on its way, and what it waits for', async () => {
    const header = runHeader(workspace);
    const until = header.startedAt + 60_000;
    writer.record(header, runEvents(header.startedAt, ['hook']).slice(0, 2));
    await writer.flush();
    expect((await stored(header.run)).run?.state).toBe('running');
    writer.record(header, [
      {
        type: 'step.started',
        seq: 3,
        at: header.startedAt,
        node: 'wait',
        index: 0,
        sources: [],
        state: 'waiting',
        until,
      },
      { type: 'run.state', seq: 4, at: header.startedAt, state: 'waiting' },
    ]);
    await writer.flush();
    const { run, steps } = await stored(header.run);
    expect(run).toMatchObject({ state: 'waiting', lastSeq: 4 });
    expect(run?.finishedAt).toBeUndefined();
    expect(steps[1]).toMatchObject({ node: 'wait', state: 'waiting', until: '2026-03-01T12:01:00.000Z' });
  });

  it('ends with the same rows whatever comes twice, late or torn apart', async () => {
    const events: RunEvent[] = [
      ...runEvents(0, ['a', 'b', 'c']).slice(0, -1),
      { type: 'run.state', seq: 7, at: 7, state: 'waiting' },
      {
        type: 'run.responded',
        seq: 8,
        at: 8,
        response: { status: 200, headers: [], body: { kind: 'none' } },
      },
      { type: 'run.state', seq: 9, at: 9, state: 'running' },
      { type: 'run.finished', seq: 10, at: 10, state: 'failed', failure: { code: 'x', message: 'Broke' } },
    ];
    const write = async (batches: RunEvent[][]) => {
      const header = runHeader(workspace, { startedAt: 0 });
      for (const batch of batches) {
        writer.record(header, batch);
        await writer.flush();
      }
      const { run, steps } = await stored(header.run);
      return {
        run: { ...run, id: '', workflowId: '' },
        steps: steps.map((step) => ({ ...step, idempotencyKey: '' })),
      };
    };
    const expected = await write([events]);
    expect(expected.run).toMatchObject({ state: 'failed', failure: { message: 'Broke' }, lastSeq: 10 });
    expect(expected.run.response).toEqual({ status: 200, headers: [], body: { kind: 'none' } });

    const history = fc
      .shuffledSubarray([...events, ...events], { minLength: 22, maxLength: 22 })
      .chain((all) =>
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 22, maxLength: 22 }).map((sizes) => {
          const rest = [...all];
          return sizes.map((size) => rest.splice(0, size)).filter((batch) => batch.length > 0);
        }),
      );
    await fc.assert(
      fc.asyncProperty(history, async (batches) => {
        expect(await write(batches)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('never changes what has ended', async () => {
    const header = runHeader(workspace);
    writer.record(header, runEvents(header.startedAt, ['hook']));
    await writer.flush();
    const before = await stored(header.run);
    writer.record(header, [
      {
        type: 'step.finished',
        seq: 90,
        at: 1,
        node: 'hook',
        index: 0,
        state: 'failed',
        attempts: 2,
        outputs: {},
      },
      { type: 'run.state', seq: 91, at: 1, state: 'waiting' },
      { type: 'run.finished', seq: 92, at: 1, state: 'cancelled' },
    ]);
    writer.record(header, []);
    await writer.flush();
    const after = await stored(header.run);
    expect(after.steps).toEqual(before.steps);
    expect(after.run).toMatchObject({ state: 'succeeded', finishedAt: before.run?.finishedAt });
  });

  it('tells the bus at once, each event once', async () => {
    const messages: BusMessage[] = [];
    bus.subscribe((message) => messages.push(message));
    const header = runHeader(workspace);
    const response = { status: 200, headers: [], body: { kind: 'text' as const, value: 'hi' } };
    const events: RunEvent[] = [
      { type: 'run.started', seq: 0, at: 0, state: 'running' },
      { type: 'run.responded', seq: 1, at: 1, response },
      { type: 'run.finished', seq: 2, at: 2, state: 'failed', failure: { code: 'x', message: 'Broke' } },
    ];
    writer.record(header, events.slice(0, 2));
    writer.record(header, events);
    const { run } = header;
    expect(messages).toEqual([
      { kind: 'run.events', workspace, automation: 'automation-1', run, events: events.slice(0, 2) },
      { kind: 'run.answer', workspace, run, response },
      { kind: 'run.events', workspace, automation: 'automation-1', run, events: events.slice(2) },
      { kind: 'run.ended', workspace, run, state: 'failed', reason: 'Broke' },
    ]);
    await writer.flush();
  });

  it('stores what jsonb refuses, with marks in its place', async () => {
    const header = runHeader(workspace);
    writer.record(header, [
      {
        type: 'step.finished',
        seq: 1,
        at: 1,
        node: 'n\u0000',
        index: 0,
        state: 'failed',
        attempts: 1,
        outputs: { main: [{ json: { 'k\u0000': 'v\u0000\ud83d' } }] },
        logs: ['l\u0000'],
        failure: { code: 'x', message: 'm\u0000' },
      },
    ]);
    await writer.flush();
    expect((await stored(header.run)).steps).toMatchObject([
      {
        node: 'n\ufffd',
        outputs: { main: [{ json: { 'k\ufffd': 'v\ufffd\ufffd' } }] },
        logs: ['l\ufffd'],
        failure: { message: 'm\ufffd' },
      },
    ]);
  });

  it('keeps a preview of outputs that are too large', async () => {
    const header = runHeader(workspace);
    const main = Array.from({ length: 5_000 }, (_, id) => ({ json: { id, text: 'x'.repeat(100) } }));
    writer.record(header, [
      {
        type: 'step.finished',
        seq: 1,
        at: 1,
        node: 'big',
        index: 0,
        state: 'succeeded',
        attempts: 1,
        outputs: { main },
      },
    ]);
    await writer.flush();
    const [step] = (await stored(header.run)).steps;
    expect(step?.truncated).toEqual({ main: 5_000 });
    const kept = step?.outputs.main ?? [];
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).toEqual(main.slice(0, kept.length));
  });

  it('writes a thousand steps of one run in batches, the run last', async () => {
    const header = runHeader(workspace);
    const small = createRunWriter({ db: database(), bus, maxRows: 100 });
    const nodes = Array.from({ length: 1_000 }, (_, position) => `n${position}`);
    small.record(header, runEvents(header.startedAt, nodes));
    expect(small.pending).toBe(1_001);
    await small.close();
    expect(await database().inWorkspace(workspace, ({ steps }) => steps.count(header.run))).toBe(1_000);
    expect((await stored(header.run)).run?.state).toBe('succeeded');
    expect(() => small.record(header, [])).toThrow('closed');
  });

  it('pages through the steps of a run', async () => {
    const header = runHeader(workspace);
    writer.record(header, runEvents(header.startedAt, ['a', 'b', 'c']));
    await writer.flush();
    await database().inWorkspace(workspace, async ({ steps }) => {
      const first = await steps.list(header.run, { limit: 2 });
      expect(first.items.map((step) => step.node)).toEqual(['a', 'b']);
      const second = await steps.list(header.run, { limit: 2, cursor: first.nextCursor });
      expect(second.items.map((step) => step.node)).toEqual(['c']);
      expect(second.nextCursor).toBeUndefined();
    });
  });

  describe('when the database fails', () => {
    /** The real database behind a door that can be shut. */
    function doored(): { sql: Sql; shut: (error: Error | undefined) => void } {
      let error: Error | undefined;
      const { sql } = database();
      return {
        sql: {
          ...sql,
          query: (text, parameters) => (error ? Promise.reject(error) : sql.query(text, parameters)),
        },
        shut: (reason) => {
          error = reason;
        },
      };
    }

    it('keeps the rows and writes them when it is back', async () => {
      const { sql, shut } = doored();
      const patient = createRunWriter({ db: { sql }, bus });
      const header = runHeader(workspace);
      const events = runEvents(header.startedAt, ['hook', 'edit']);
      shut(new Error('connection refused'));
      patient.record(header, events.slice(0, 3));
      await expect(patient.flush()).rejects.toThrow('connection refused');
      patient.record(header, events.slice(3));
      expect(patient.pending).toBe(4);
      shut(undefined);
      await patient.flush();
      const { run, steps } = await stored(header.run);
      expect(run?.state).toBe('succeeded');
      expect(steps.map((step) => step.state)).toEqual(['succeeded', 'succeeded']);
      await patient.close();
    });

    it('gives up the oldest outputs rather than all memory, and says so', async () => {
      const { sql, shut } = doored();
      const warnings: string[] = [];
      const log: Log = { debug() {}, info() {}, error() {}, warn: (_, message) => warnings.push(message) };
      const bounded = createRunWriter({ db: { sql }, bus, log, maxBytes: 10_000 });
      shut(new Error('connection refused'));
      const headers = Array.from({ length: 40 }, () => runHeader(workspace));
      for (const header of headers) {
        bounded.record(header, [
          {
            type: 'step.finished',
            seq: 1,
            at: 1,
            node: 'n',
            index: 0,
            state: 'succeeded',
            attempts: 1,
            outputs: { main: [{ json: { text: 'x'.repeat(500) } }] },
          },
        ]);
      }
      expect(warnings).toContain('Too many run records wait: outputs of steps were given up');
      shut(undefined);
      await bounded.close();
      const [first] = (await stored((headers[0] as RunHeader).run)).steps;
      expect(first).toMatchObject({ state: 'succeeded', outputs: { main: [] }, truncated: { main: 1 } });
      const [last] = (await stored((headers[39] as RunHeader).run)).steps;
      expect(last?.outputs.main).toHaveLength(1);
    });

    it('lets no row that is refused hold up the others', async () => {
      const errors: string[] = [];
      const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => errors.push(message) };
      const writing = createRunWriter({ db: database(), bus, log });
      const good = runHeader(workspace);
      const bad = runHeader(workspace);
      writing.record(bad, [
        // Beyond what a Postgres integer holds.
        { type: 'step.started', seq: 0, at: 0, node: 'bad', index: 2 ** 40, sources: [], state: 'running' },
        ...runEvents(0, ['fine']),
      ]);
      writing.record(good, runEvents(0, ['hook']));
      await writing.close();
      expect((await stored(good.run)).run?.state).toBe('succeeded');
      expect((await stored(bad.run)).run?.state).toBe('succeeded');
      expect((await stored(bad.run)).steps.map((step) => step.node)).toEqual(['fine']);
      expect(errors).toContain('The database refused a run record; it is lost');
    });
  });
});

describe('A writer that is closed while the database is away', () => {
  it('says how much it could not write', async () => {
    const gone: Sql = {
      query: () => Promise.reject(new Error('connection refused')),
      transaction: () => Promise.reject(new Error('connection refused')),
    };
    const writer = createRunWriter({ db: { sql: gone }, bus: createLocalBus() });
    writer.record(runHeader('workspace'), []);
    await expect(writer.close()).rejects.toThrow('1 rows of run records could not be written');
  });
});
