/**
 * `npm run bench -- --waits 10000`: so many runs that wait at once. One JSON line: how fast they start, what memory they take while they
 * wait, and how long each takes to its end once it is told to go on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { Agent, request } from 'undici';
import type { ServerToClient } from '../contracts/api/sockets.ts';
import type { GraphInput } from '../contracts/graph.ts';
import { isTerminal } from '../contracts/states.ts';
import { say } from '../scripts/stack/say.ts';
import { startChild } from '../scripts/stack/start-child.ts';
import { findTemporalBinary } from '../scripts/stack/temporal-binary.ts';
import { startTemporal } from '../scripts/stack/temporal-server.ts';
import { HiviexClient } from './hiviex-client.ts';
import { percentile } from './load.ts';
import { idle, rssMb } from './process-usage.ts';

const apiKey = 'bench-0123456789-0123456789-0123456789';
const callers = 50;
const at = { x: 0, y: 0 };

const graph: GraphInput = {
  nodes: [
    { id: 'hook', name: 'Hook', type: 'webhook-trigger', position: at, parameters: { path: 'wait' } },
    { id: 'wait', name: 'Wait', type: 'wait', position: at, parameters: { mode: 'signal', signal: 'go' } },
  ],
  edges: [{ source: 'hook', target: 'wait' }],
};

export async function benchWaits(count: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-waits-'));
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const temporal = await startTemporal({
    binary: await findTemporalBinary({ say: tell }),
    dataDir,
    say: tell,
  });
  const hiviex = await startChild(
    join(import.meta.dirname, '../scripts/serve.ts'),
    {
      ...{ TEMPORAL_ADDRESS: temporal.address, HIVIEX_DATA_DIR: dataDir, LOG_LEVEL: 'error' },
      ...{ HIVIEX_API_KEY: apiKey, HIVIEX_RATE_LIMITS: 'off', DATABASE_URL: '' },
    },
    /is ready/,
  );
  const url = `http://127.0.0.1:${new URL(hiviex.line.match(/http\S+/)![0]).port}`;
  const pids = [hiviex.pid, temporal.pid];
  const dispatcher = new Agent({ connections: callers });
  const call = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await request(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      dispatcher,
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}: ${text}`);
    return JSON.parse(text) as T;
  };
  const ends = new Map<string, number>();
  const socket: Socket<ServerToClient> = io(url, { auth: { token: apiKey }, transports: ['websocket'] });
  socket.on('run:state', ({ run, state }) => {
    if (isTerminal(state)) ends.set(run, performance.now());
  });
  try {
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    await new HiviexClient(url, apiKey).publish('Waits', graph);
    const runs: string[] = [];
    const startMs = await inParallel(count, async (n) => {
      runs.push((await call<{ run: string }>('/hooks/wait', { n })).run);
    });
    await idle(pids);
    const waitingRssMb = rssMb(pids);
    const told = new Map<string, number>();
    const resumeMs = await inParallel(count, async (n) => {
      await call(`/api/v1/runs/${runs[n]}/signals/go`, { n });
      told.set(runs[n]!, performance.now());
    });
    while (ends.size < count) await new Promise((resolve) => setTimeout(resolve, 50));
    const lags = runs.map((run) => Math.max(0, ends.get(run)! - told.get(run)!)).sort((a, b) => a - b);
    say(
      JSON.stringify({
        ...{ name: 'waits', runs: count },
        startsPerSecond: Math.round((count / startMs) * 1_000),
        waitingRssMb: Math.round(waitingRssMb),
        resumesPerSecond: Math.round((count / resumeMs) * 1_000),
        lagMsP50: Math.round(percentile(lags, 0.5)),
        lagMsP95: Math.round(percentile(lags, 0.95)),
        lagMsMax: Math.round(lags.at(-1) ?? 0),
      }),
    );
  } finally {
    socket.close();
    await dispatcher.close();
    await hiviex.stop();
    await temporal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** `callers` at a time. Returns the milliseconds it took. */
async function inParallel(count: number, work: (n: number) => Promise<void>): Promise<number> {
  const from = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: callers }, lane));
  return performance.now() - from;
}
