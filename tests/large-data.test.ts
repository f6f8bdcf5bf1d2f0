/**
 * Much data in flat memory and a short history: runs over 100,000 items, and one that moves files of 50 MB in all (500 MB with
 * HIVIEX_DRILL=full). Prints what it measured, as one line of JSON. The server asks for a new execution after a handful of events, so the items also go
 * from one execution to the next, which in a run of a few steps they would not.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';

const megabyte = 1_000_000;
const mostHistory = 2 * megabyte;
const continueAsNewAfter = 10;
const items = 100_000;
const isFull = process.env.HIVIEX_DRILL === 'full';
const rounds = isFull ? 6 : 3;
/**
 * What the last run may leave behind, as a multiple of what the first did: the heap is measured after garbage collection; what the
 * allocators keep of a process's peak is not given back, and settles within two runs.
 */
const mostGrowth = { heap: 1.25, rss: 1.4 };
const files = 5;
const fileBytes = ((isFull ? 500 : 50) * megabyte) / files;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const inMb = (bytes: number) => Math.round((bytes / megabyte) * 10) / 10;
/** Shown at the end, in one line. */
const figures: Record<string, unknown> = { figure: 'large data', items };

describeWithTemporal('Much data', () => {
  let engine: RunningEngine;
  let server: Server;
  let origin: string;
  const chunk = randomBytes(megabyte);
  const received: { bytes: number; hash: string }[] = [];

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter, database: 'folder' });
    server = createServer((request, response) =>
      request.method === 'PUT' ? take(request, response) : give(response),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 180_000);
  afterAll(async () => {
    console.log(JSON.stringify(figures));
    await engine?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  }, 60_000);

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of request) {
      hash.update(part);
      bytes += (part as Buffer).length;
    }
    received.push({ bytes, hash: hash.digest('hex') });
    response.setHeader('content-type', 'application/json').end('{}');
  }

  async function give(response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'application/octet-stream');
    for (let sent = 0; sent < fileBytes; sent += chunk.length)
      if (!response.write(chunk)) await once(response, 'drain');
    response.end();
  }

  /** Over all executions of the run: how many there were, and the bytes of their histories. */
  async function historyOf({ workflowId }: WorkflowHandle): Promise<{ executions: number; bytes: number }> {
    const { workflow } = engine.client;
    const told = { executions: 0, bytes: 0 };
    let runId = (await workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo?.firstRunId;
    while (runId) {
      const execution = workflow.getHandle(workflowId, runId);
      const { raw } = await execution.describe();
      told.executions += 1;
      told.bytes += Number(raw.workflowExecutionInfo?.historySizeBytes);
      const last = (await execution.fetchHistory()).events?.at(-1);
      runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return told;
  }

  /** The code makes the items and counts them; the nodes between work on each, remember where each came from, and on all at once. */
  const manyItems = drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Make',
        'code',
        {
          code: `return Array.from({ length: ${items} }, (_, n) => ({ json: { n, name: 'person ' + n } }));`,
          timeLimit: 60,
        },
      ],
      [
        'Edit',
        'edit-fields',
        { assignments: [{ name: 'double', type: 'number', value: "={{ $('Make').item.json.n * 2 }}" }] },
      ],
      ['Sort', 'sort', { fields: [{ name: 'n', order: 'descending' }] }],
      [
        'Count',
        'code',
        {
          code: 'const all = $input.all(); return [{ json: { count: all.length, first: all[0].json, last: all.at(-1).json } }];',
          timeLimit: 60,
        },
      ],
    ],
    ['Start > Make', 'Make > Edit', 'Edit > Sort', 'Sort > Count'],
  );

  it('of 100,000 items goes through run after run, in flat memory and a short history', async () => {
    const after: { rss: number; heap: number }[] = [];
    const told: object[] = [];
    figures.rounds = told;
    for (let round = 1; round <= rounds; round++) {
      const { run, handle } = await engine.start(manyItems);
      await handle.result();
      const counted = engine
        .events(run)
        .flatMap((event) =>
          event.type === 'step.finished' && event.node === 'Count' ? (event.outputs.main ?? []) : [],
        );
      expect(counted[0]?.json).toEqual({
        count: items,
        first: { n: items - 1, name: `person ${items - 1}`, double: 2 * (items - 1) },
        last: { n: 0, name: 'person 0', double: 0 },
      });
      engine.forget(run);
      const history = await historyOf(handle);
      collectGarbage();
      const { rss, heapUsed: heap } = process.memoryUsage();
      after.push({ rss, heap });
      const memory = { rssMb: inMb(rss), heapMb: inMb(heap) };
      told.push({ executions: history.executions, historyBytes: history.bytes, ...memory });
      expect(history.executions).toBeGreaterThan(1);
      expect(history.bytes).toBeLessThan(mostHistory);
    }
    const [first, last] = [after[0]!, after.at(-1)!];
    expect(last.heap / first.heap).toBeLessThan(mostGrowth.heap);
    expect(last.rss / first.rss).toBeLessThan(mostGrowth.rss);
  }, 600_000);

  /** `peak`: the most that buffers held at a time while it ran, over what they held before. */
  async function watchBuffers<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
    const held = () => {
      collectGarbage();
      // Threads of their own free what was collected, when they get to it; a second collection waits for the first one's.
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const before = held();
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, held() - before);
    }, 1_000);
    const result = await work().finally(() => clearInterval(timer));
    return { result, peak };
  }

  it('in files moves through a run, whole, in memory that does not grow with them', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Get', 'http-request', { url: `=${origin}/{{ $json.n }}`, result: 'file', concurrency: 2 }],
        ['Put', 'http-request', { url: `${origin}/`, method: 'PUT', bodyType: 'file', concurrency: 2 }],
      ],
      ['Start > Get', 'Get > Put'],
    );
    const hash = createHash('sha256');
    for (let sent = 0; sent < fileBytes; sent += chunk.length) hash.update(chunk);
    const whole = { bytes: fileBytes, hash: hash.digest('hex') };

    const { result: handle, peak } = await watchBuffers(async () => {
      const started = await engine.start(graph, {
        items: Array.from({ length: files }, (_, n) => ({ json: { n } })),
      });
      await started.handle.result();
      return started.handle;
    });
    const history = await historyOf(handle);
    figures.files = {
      fileMb: inMb(files * fileBytes),
      peakBufferMb: inMb(peak),
      executions: history.executions,
      historyBytes: history.bytes,
    };
    expect(received).toEqual(Array.from({ length: files }, () => whole));
    // Two are on their way at a time, and this process is the server at both ends as well.
    expect(peak).toBeLessThan(fileBytes / 2);
    expect(history.bytes).toBeLessThan(mostHistory);
  }, 600_000);
});
