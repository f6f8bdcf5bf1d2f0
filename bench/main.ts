/**
 * `npm run bench`: Hiviex and a hand-written Temporal service, side by side on one Temporal server, in turns. Prints one JSON line
 * per figure; `ratio` is against the hand-written one, higher is better. `npm run bench -- --seconds 10` measures longer, `--only W1` one figure.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { say } from '../scripts/stack/say.ts';
import { startChild } from '../scripts/stack/start-child.ts';
import { findTemporalBinary } from '../scripts/stack/temporal-binary.ts';
import { startTemporal } from '../scripts/stack/temporal-server.ts';
import { editGraph, loopGraph, orderGraph, sequenceGraph } from './graphs.ts';
import { HiviexClient } from './hiviex-client.ts';
import { joinLoads, type Load, median, percentile, rate, runLoad } from './load.ts';
import { cpuMs, idle, rssMb } from './process-usage.ts';
import { startStub } from './stub.ts';

const flag = process.argv.indexOf('--seconds');
const secondsPerRound = flag > 0 ? Number(process.argv[flag + 1]) : 2;
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const rounds = 6;
const warmUpSeconds = 8;
const apiKey = 'bench-0123456789-0123456789-0123456789';
const dispatcher = new Agent({ connections: 64, keepAliveTimeout: 30_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'hiviex-bench-'));
const stub = await startStub();
const tell = (line: string) => process.stderr.write(`${line}\n`);
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

function print(figure: Record<string, unknown>): void {
  say(
    JSON.stringify(figure, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)),
  );
}

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

interface Contestant {
  url: string;
  pids: number[];
}
const ours = { pids: [hiviex.pid, temporal.pid] };
const theirs = { pids: [handWritten.pid, temporal.pid] };

/** Short rounds in turns, and the ratio is the median of the pairs': a machine whose speed drifts is unfair to neither. */
async function compareThroughput(name: string, path: { ours: string; theirs: string }): Promise<void> {
  if (only && !name.startsWith(only)) return;
  const contestants: [Contestant, Contestant] = [
    { ...ours, url: hiviexUrl + path.ours },
    { ...theirs, url: handUrl + path.theirs },
  ];
  const load = (url: string, callers: number, seconds: number) =>
    runLoad({
      callers,
      durationMs: seconds * 1_000,
      call: () => post(url, { amount: 100 }),
      worked: () => stub.answered,
    });
  for (const { url } of contestants) await load(url, 10, warmUpSeconds);
  for (const callers of [1, 10, 50]) {
    const loads: [Load[], Load[]] = [[], []];
    const cpu = [0, 0];
    const rss = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const inOrder = [...contestants.entries()];
      for (const [index, { url, pids }] of round % 2 ? inOrder.reverse() : inOrder) {
        await idle([hiviex.pid, handWritten.pid, temporal.pid]);
        const before = cpuMs(pids);
        loads[index as 0 | 1].push(await load(url, callers, secondsPerRound));
        rss[index] = Math.max(rss[index]!, rssMb(pids));
        cpu[index]! += cpuMs(pids) - before;
      }
    }
    const figures = loads.map((list, index) => {
      const all = joinLoads(list);
      return {
        name,
        callers,
        runsPerSecond: rate(all),
        p50: percentile(all.latencies, 0.5),
        p95: percentile(all.latencies, 0.95),
        p99: percentile(all.latencies, 0.99),
        cpuMsPerRun: cpu[index]! / all.count,
        rssMb: rss[index]!,
      };
    });
    const [mine, hand] = figures as [(typeof figures)[0], (typeof figures)[0]];
    const ratio = median(loads[0].map((mine, round) => rate(mine) / rate(loads[1][round]!)));
    print({ ...mine, ratio, p50Ratio: hand.p50 / mine.p50 });
    print({ ...hand, name: `${name} hand-written`, ratio: 1 });
  }
}

async function compareTime(
  name: string,
  mine: () => Promise<unknown>,
  hand: () => Promise<unknown>,
  unit = 1,
): Promise<void> {
  if (only && !name.startsWith(only)) return;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 7; round++)
    for (const [index, work] of [mine, hand].entries()) {
      await idle([hiviex.pid, handWritten.pid, temporal.pid]);
      const from = performance.now();
      await work();
      if (round > 0) times[index as 0 | 1].push((performance.now() - from) / unit);
    }
  const [ms, handMs] = times.map(median) as [number, number];
  print({ name, ms, ratio: handMs / ms });
  print({ name: `${name} hand-written`, ms: handMs, ratio: 1 });
}

try {
  print({
    machine: `${cpus().length} × ${cpus()[0]?.model}`,
    memoryGb: totalmem() / 2 ** 30,
    node: process.version,
  });
  await client.publish('W1', orderGraph('w1', 'respondNode', stub.url));
  await client.publish('W2', orderGraph('w2', 'immediately', stub.url));
  await client.publish('W4', sequenceGraph('w4', stub.url, 40));
  const edit = await client.publish('W3 edit', editGraph);
  const loop = await client.publish('W3 loop', loopGraph);

  await compareThroughput('W1', { ours: '/hooks/w1', theirs: '/w1' });
  await compareThroughput('W2', { ours: '/hooks/w2', theirs: '/w2' });
  await client.listen();
  const numbers = Array.from({ length: 1_000 }, (_, n) => ({ n }));
  const items = numbers.map((json) => ({ json }));
  await compareTime(
    'W3 edit-fields',
    () => client.run(edit, items),
    () => post(`${handUrl}/edit`, numbers),
  );
  await compareTime(
    'W3 loop',
    () => client.run(loop, items),
    () => post(`${handUrl}/loop`, numbers),
  );
  await compareTime(
    'W4 per step',
    () => post(`${hiviexUrl}/hooks/w4`, {}),
    () => post(`${handUrl}/w4`, { count: 40 }),
    40,
  );
  await compareTime(
    'stub per call',
    () => request(stub.url, { dispatcher }).then((r) => r.body.text()),
    () => request(stub.url, { dispatcher }).then((r) => r.body.text()),
  );
} finally {
  client.close();
  await Promise.all([hiviex.stop(), handWritten.stop()]);
  await temporal.stop();
  stub.close();
  await dispatcher.close();
  rmSync(dataDir, { recursive: true, force: true });
}
