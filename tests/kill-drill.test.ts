/**
 * The promise: an accepted run always reaches a true end. Everything gets kill -9 in the middle of hundreds of runs, and after the
 * next start every one of them completes, no step result is missing, and a step runs twice only if it was in flight.
 *
 * 20 + 20 runs here; `npm run test:kill` (HIVIEX_DRILL=full) drills with 200 + 200 and waits of 30 s.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Run } from '../contracts/api/runs.ts';
import { isTerminal, type State } from '../contracts/states.ts';
import { createPostgresDatabase, type TestPostgres } from '../db/testing/postgres-database.ts';
import { describeWithPostgres, describeWithTemporal } from '../scripts/stack/test-tools.ts';
import {
  type Accepted,
  judgeRepeats,
  missingSteps,
  type Repeats,
  statesInTemporal,
} from './kill-drill/verdict.ts';
import { chain, node, webhook } from './support/graphs.ts';
import { dataFolder, type Hiviex } from './support/hiviex.ts';
import { eventually } from './support/hiviex-api.ts';
import { type StubServer, startStub } from './support/stub-server.ts';

const isFull = process.env.HIVIEX_DRILL === 'full';
/** `callMs`: what a request takes at least, twice that at most: so long that no sequence is over when the last one is accepted. */
const size = isFull
  ? { sequences: 200, waits: 200, waitSeconds: 30, callMs: 700 }
  : { sequences: 20, waits: 20, waitSeconds: 6, callMs: 150 };
const callers = 50;
/** For a machine that is busy with other things; here a drill takes one minute, the full one two. */
const patienceMs = 10 * 60_000;
const calls = ['step-1', 'step-2', 'step-3', 'step-4', 'step-5'];

describeWithTemporal('kill -9 of everything in the middle of runs', () => {
  describe('with the embedded database', () => suite(async () => ({})));

  // The database is not in the tree, and lives on: a server elsewhere would too.
  describeWithPostgres('with Postgres', () => {
    let postgres: TestPostgres;
    suite(async () => {
      postgres = await createPostgresDatabase();
      return { DATABASE_URL: postgres.url };
    });
    afterAll(() => postgres?.drop());
  });
});

/** @param environment what Hiviex gets beside the defaults, at both starts */
function suite(environment: () => Promise<Record<string, string>>): void {
  const data = dataFolder();
  let stub: StubServer;
  let outcome: Outcome;

  beforeAll(async () => {
    stub = await startStub({ delayMs: () => size.callMs * (1 + Math.random()) });
    const env = await environment();
    outcome = await drill((port) => data.start({ env, ...(port && { port }) }), stub);
  }, patienceMs);
  afterAll(async () => {
    await data.remove();
    await stub?.close();
  }, 60_000);

  it('hits runs that are under way', () => {
    expect(outcome.underWay).toBeGreaterThan(size.waits + size.sequences / 2);
  });

  it('loses no run', () => {
    expect(outcome.lost).toEqual([]);
    expect(outcome.runs.map(({ id }) => id).sort()).toEqual(outcome.accepted.map(({ run }) => run).sort());
  });

  it('lets every run succeed', () => {
    expect(outcome.runs.filter(({ state }) => state !== 'succeeded')).toEqual([]);
  });

  it('keeps every step with its result', () => {
    expect(outcome.missingSteps).toEqual([]);
  });

  it('sends each request, and sends it again only if it was in flight, with the same key', () => {
    const { never, unknown, wrongly } = outcome.repeats;
    expect({ never, unknown, wrongly }).toEqual({ never: [], unknown: [], wrongly: [] });
  });

  it('shows the states that Temporal has', () => {
    const shown = outcome.runs.map(({ workflowId, state }): [string, State] => [workflowId, state]);
    expect(new Map(shown.sort())).toEqual(new Map([...outcome.inTemporal].sort()));
  });
}

interface Outcome {
  accepted: Accepted[];
  /** Runs that had not ended just before the kill, as Temporal says. */
  underWay: number;
  runs: Run[];
  lost: string[];
  missingSteps: string[];
  repeats: Repeats;
  inTemporal: Map<string, State>;
}

async function drill(start: (port?: number) => Promise<Hiviex>, stub: StubServer): Promise<Outcome> {
  const began = Date.now();
  const first = await start();
  const accepted = await acceptRuns(first, stub);
  const before = await withTemporal(first, statesInTemporal);
  const underWay = accepted.length - [...before.values()].filter(isTerminal).length;
  const killedAt = await first.kill();

  const startedAgainAt = Date.now();
  const second = await start(first.port);
  const lost: string[] = [];
  const runs: Run[] = [];
  await eventually(
    () => second.api.runs(),
    (found) => found.length === accepted.length && found.every(({ state }) => isTerminal(state)),
    patienceMs / 2,
  ).catch(() => undefined); // what has not come by then is told by the tests, each in its words
  for (const { run } of accepted) {
    const answer = await second.api.call<Run>('GET', `/api/v1/runs/${run}`);
    if (answer.status === 200) runs.push(answer.body);
    else lost.push(run);
  }
  const byId = new Map(runs.map((run) => [run.id, run]));
  const missing = accepted.flatMap((one) => (byId.has(one.run) ? missingSteps(one, byId.get(one.run)!) : []));
  const workflowIds = new Map(runs.map(({ id, workflowId }) => [id, workflowId]));
  const [repeats, inTemporal] = await withTemporal(second, async (client) => [
    await judgeRepeats({ client, accepted, workflowIds, requests: stub.requests, killedAt, startedAgainAt }),
    await eventually(
      () => statesInTemporal(client),
      (states) => states.size === accepted.length && [...states.values()].every(isTerminal),
    ).catch(() => statesInTemporal(client)),
  ]);
  const figures = {
    accepted: accepted.length,
    underWay,
    completed: runs.filter(({ state }) => state === 'succeeded').length,
    lost: lost.length,
    missingSteps: missing.length,
    repeatedInFlight: repeats.inFlight.length,
    repeatedWrongly: repeats.wrongly.length,
    seconds: Math.round((Date.now() - began) / 1_000),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  return { accepted, underWay, runs, lost, missingSteps: missing, repeats, inTemporal };
}

/** Publishes the three automations and starts the runs; resolves in the middle of them. */
async function acceptRuns({ api }: Hiviex, stub: StubServer): Promise<Accepted[]> {
  const call = (method: string) =>
    chain(
      webhook(method.toLowerCase()),
      ...calls.map((id) => node(id, 'http-request', { method, url: `${stub.url}/${id}` })),
    );
  await api.publish('POST sequence', call('POST'));
  await api.publish('GET sequence', call('GET'));
  const wait = node('wait', 'wait', { amount: size.waitSeconds, unit: 'seconds' });
  await api.publish('Wait', chain(webhook('wait'), wait, node('after', 'no-op')));

  const accepted: Accepted[] = [];
  const accept = async (path: string, one: Omit<Accepted, 'run'>) => {
    const { status, body } = await api.hook(path);
    if (status !== 202) throw new Error(`/hooks/${path}: ${status} ${JSON.stringify(body)}`);
    accepted.push({ run: body.run, ...one });
  };
  const waits = { nodes: ['webhook', 'wait', 'after'], calls: [], harmful: false };
  const sequence = { nodes: ['webhook', ...calls], calls };
  await inLanes(size.waits, () => accept('wait', waits));
  await inLanes(size.sequences, (i) =>
    i % 2 === 0
      ? accept('post', { ...sequence, harmful: true })
      : accept('get', { ...sequence, harmful: false }),
  );
  // The fastest sequence is in its last but one step, so that none is over and the others are spread over all of theirs.
  await eventually(
    async () => stub.requests,
    (requests) => requests.some(({ path }) => path === `/${calls.at(-2)}`),
  );
  return accepted;
}

async function inLanes(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: callers }, lane));
}

async function withTemporal<T>(
  hiviex: Hiviex,
  work: (client: Awaited<ReturnType<Hiviex['temporal']>>) => Promise<T>,
): Promise<T> {
  const client = await hiviex.temporal();
  try {
    return await work(client);
  } finally {
    await client.connection.close();
  }
}
