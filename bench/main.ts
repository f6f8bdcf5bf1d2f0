/**
 * `npm run bench`: Hiviex and a hand-written Temporal service, side by side on one Temporal server, in turns. Prints one JSON line
 * per figure; `ratio` is against the hand-written one, higher is better. `npm run bench -- --seconds 10` measures longer, `--only W1`
 * one figure, `--peer n8n` beside n8n too, if it is installed (`--peer-path` says where). `--waits 10000` is a figure of its own
 * (`waits.ts`).
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { startChild } from '../scripts/stack/start-child.ts';
import { findTemporalBinary } from '../scripts/stack/temporal-binary.ts';
import { startTemporal } from '../scripts/stack/temporal-server.ts';
import { type Contestant, compareThroughput } from './compare-throughput.ts';
import { compareTime, type Timed } from './compare-time.ts';
import { editGraph, loopGraph, orderGraph, sequenceGraph } from './graphs.ts';
import { HiviexClient } from './hiviex-client.ts';
import { findN8n } from './n8n/find-n8n.ts';
import { n8nOrderWorkflow } from './n8n/n8n-workflow.ts';
import { type N8n, startN8n } from './n8n/start-n8n.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { printFigure } from './print-figure.ts';
import { startStub } from './stub.ts';
import { expectedSeconds } from './time-budget.ts';

const tell = (line: string) => process.stderr.write(`${line}\n`);

const waits = process.argv.indexOf('--waits');
if (waits > 0) {
  const { benchWaits } = await import('./waits.ts');
  await benchWaits(Number(process.argv[waits + 1]));
  process.exit(0);
}

function options(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    tell((error as Error).message);
    process.exit(2);
  }
}
const { seconds, only, peer, peerPath } = options();
const n8nProgram = peer && findN8n(peerPath);
if (peer && !n8nProgram)
  tell(`n8n is not installed ${peerPath ? `at ${peerPath}` : 'here'}, so the rest is measured without it.`);
const minutes = Math.ceil(expectedSeconds({ seconds, withPeer: n8nProgram !== undefined }) / 60);
if (!only) tell(`All of it takes about ${minutes} minutes.`);

const apiKey = 'bench-0123456789-0123456789-0123456789';
const dispatcher = new Agent({ connections: 64, keepAliveTimeout: 30_000 });
const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-bench-'));
const stub = await startStub();
const temporal = await startTemporal({ binary: await findTemporalBinary({ say: tell }), dataDir, say: tell });
const env = {
  TEMPORAL_ADDRESS: temporal.address,
  HIVIEX_DATA_DIR: dataDir,
  STUB_URL: stub.url,
  LOG_LEVEL: 'error',
};
const script = (path: string) => join(import.meta.dirname, path);
const handWritten = await startChild(script('hand-written/main.ts'), env, /^port \d+/);
const hiviex = await startChild(
  script('../scripts/serve.ts'),
  { ...env, HIVIEX_API_KEY: apiKey, HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1', DATABASE_URL: '' },
  /is ready/,
);
const handUrl = `http://127.0.0.1:${handWritten.line.split(' ')[1]}`;
const hiviexUrl = `http://127.0.0.1:${new URL(hiviex.line.match(/http\S+/)![0]).port}`;
const client = new HiviexClient(hiviexUrl, apiKey);
let n8n: N8n | undefined;

async function post(url: string, body: unknown): Promise<void> {
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    dispatcher,
  });
  const text = await response.body.text();
  if (response.statusCode >= 300) throw new Error(`${url} answered ${response.statusCode}: ${text}`);
}

async function startPeer(program: string): Promise<N8n> {
  const folder = join(dataDir, 'n8n');
  mkdirSync(folder);
  const workflows = [
    n8nOrderWorkflow('w1', 'respondNode', stub.url),
    n8nOrderWorkflow('w2', 'immediately', stub.url),
  ];
  return await startN8n({ program, folder, workflows, say: tell });
}

async function throughput(name: string, path: string): Promise<void> {
  if (only && !name.startsWith(only)) return;
  const contestant = (label: string, url: string, pids: () => readonly number[]): Contestant => ({
    label,
    url,
    pids,
  });
  await compareThroughput({
    name,
    contestants: {
      ours: contestant('', `${hiviexUrl}/hooks/${path}`, () => [hiviex.pid, temporal.pid]),
      handWritten: contestant('hand-written', `${handUrl}/${path}`, () => [handWritten.pid, temporal.pid]),
      ...(n8n && { peer: contestant('n8n', `${n8n.url}/${path}`, n8n.pids) }),
    },
    call: (url) => post(url, { amount: 100 }),
    worked: () => stub.answered,
    seconds,
  });
}

async function time(timed: Omit<Timed, 'pids'>): Promise<void> {
  if (only && !timed.name.startsWith(only)) return;
  await compareTime({ ...timed, pids: [hiviex.pid, handWritten.pid, temporal.pid] });
}

try {
  if (n8nProgram) n8n = await startPeer(n8nProgram);
  printFigure({
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    memoryGb: totalmem() / 2 ** 30,
    node: process.version,
    ...(n8n && { n8n: n8n.version }),
  });
  await client.publish('W1', orderGraph('w1', 'respondNode', stub.url));
  await client.publish('W2', orderGraph('w2', 'immediately', stub.url));
  await client.publish('W4', sequenceGraph('w4', stub.url, 40));
  const edit = await client.publish('W3 edit', editGraph);
  const loop = await client.publish('W3 loop', loopGraph);

  await throughput('W1', 'w1');
  await throughput('W2', 'w2');
  await n8n?.stop();
  n8n = undefined;
  await client.listen();
  const numbers = Array.from({ length: 1_000 }, (_, n) => ({ n }));
  const items = numbers.map((json) => ({ json }));
  await time({
    name: 'W3 edit-fields',
    ours: () => client.run(edit, items),
    handWritten: () => post(`${handUrl}/edit`, numbers),
  });
  await time({
    name: 'W3 loop',
    ours: () => client.run(loop, items),
    handWritten: () => post(`${handUrl}/loop`, numbers),
  });
  await time({
    name: 'W4 per step',
    ours: () => post(`${hiviexUrl}/hooks/w4`, {}),
    handWritten: () => post(`${handUrl}/w4`, { count: 40 }),
    steps: 40,
  });
  const callStub = async () => (await request(stub.url, { dispatcher })).body.text();
  await time({ name: 'stub per call', ours: callStub, handWritten: callStub });
} finally {
  client.close();
  await Promise.all([hiviex.stop(), handWritten.stop(), n8n?.stop()]);
  await temporal.stop();
  stub.close();
  await dispatcher.close();
  rmSync(dataDir, { recursive: true, force: true });
}
