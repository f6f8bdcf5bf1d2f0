/**
 * Runs (and gates) of released engine versions go on with the code as it is now: every recorded history is replayed, as a worker does that
 * takes over a run. Two things have to hold: Temporal gets the same commands, and the records are told the same events.
 *
 * When one of these tests fails, runs under way on somebody's server would break. Don't record the history again: keep the old
 * way for old runs (see docs/decisions/002-records-by-sinks-and-replay.md and CONTRIBUTING.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { catalogue } from '../../contracts/catalogue/index.ts';
import type { RunEvent } from '../../contracts/run.ts';
import type { RunWriter } from '../../db/index.ts';
import { failureConverterPath } from '../../payloads/index.ts';
import { workflowBundle } from '../../worker/bundle.ts';
import { recordSinks } from '../../worker/record-sinks.ts';
import { agentCases } from './agent-cases.ts';
import { conversationCases } from './conversation-cases.ts';
import { gateCases } from './gate-cases.ts';
import { knowledgeCases } from './knowledge-cases.ts';
import { recordedCases } from './recorded-cases.ts';
import type { Recording } from './recording.ts';
import { bundleCache } from './running-engine.ts';

const folder = join(import.meta.dirname, 'histories');
const recordings = readdirSync(folder).flatMap((version) =>
  readdirSync(join(folder, version)).map((file): [string, Recording] => [
    `${version}/${file.replace('.json', '')}`,
    JSON.parse(readFileSync(join(folder, version, file), 'utf8')) as Recording,
  ]),
);

describe('A recorded run', () => {
  let bundle: { code: string };

  beforeAll(async () => {
    // Without its own log lines: a refused history is what two of the tests want.
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'OFF' } },
    });
    bundle = await workflowBundle(bundleCache);
  }, 120_000);

  /** Replays a recording: what it reports now, and the reason when its commands differ. */
  async function replay({
    executions,
  }: Recording): Promise<{ events: RunEvent[]; error: Error | undefined }> {
    const events: RunEvent[] = [];
    const writer = { record: (_, more) => void events.push(...more) } satisfies Pick<RunWriter, 'record'>;
    const results = Worker.runReplayHistories(
      {
        workflowBundle: bundle,
        dataConverter: { failureConverterPath },
        sinks: recordSinks(writer as RunWriter),
      },
      executions.map((execution) => ({
        workflowId: execution.events[0]!.workflowExecutionStartedEventAttributes!.workflowId,
        history: historyFromJSON(execution),
      })),
    );
    for await (const { error } of results) if (error) return { events, error };
    return { events: events.toSorted((a, b) => a.seq - b.seq), error: undefined };
  }

  it.each(recordings)('%s gives the same commands and the same events', async (_, recording) => {
    const { events, error } = await replay(recording);
    expect(error).toBeUndefined();
    // Through JSON, in which fields without a value are left out. A later engine may tell more, never less.
    expect(JSON.parse(JSON.stringify(events))).toMatchObject(recording.events);
  });

  it.each([
    ['another activity', 'http-request', 'code'],
    ['an activity that is not there', 'checkpoint', 'chequepoint'],
  ])('is refused when its history has %s: these tests can fail', async (_, from, to) => {
    const changed = recordings.flatMap(([, recording]) => {
      const text = JSON.stringify(recording.executions);
      const other = text.replaceAll(`"activityType":{"name":"${from}"}`, `"activityType":{"name":"${to}"}`);
      return other === text ? [] : [{ ...recording, executions: JSON.parse(other) } as Recording];
    });
    expect(changed.length).toBeGreaterThan(0);
    for (const recording of changed) expect((await replay(recording)).error).toBeInstanceOf(Error);
  });

  it('is told apart when it reports something else: these tests can fail', async () => {
    const [, order] = recordings.find(([name]) => name === 'v1/order')!;
    const input = order.executions[0]!.events[0]! as unknown as {
      workflowExecutionStartedEventAttributes: { input: { payloads: { data: string }[] } };
    };
    const payload = input.workflowExecutionStartedEventAttributes.input.payloads[0]!;
    const tripled = Buffer.from(payload.data, 'base64').toString().replace('* 1.2', '* 1.3');
    const original = payload.data;
    payload.data = Buffer.from(tripled).toString('base64');
    const { events, error } = await replay(order);
    payload.data = original;
    expect(error).toBeUndefined();
    expect(events).not.toMatchObject(order.events);
  });
});

it('every case and every node type has a recording', () => {
  const names = recordings.map(([name]) => name.split('/')[1]);
  const cases = [...recordedCases(''), ...gateCases, ...agentCases, ...conversationCases, ...knowledgeCases];
  expect(names).toEqual(expect.arrayContaining(cases.map(({ name }) => name)));
  const used = new Set(
    recordedCases('').flatMap(({ graph, others = {} }) =>
      [graph, ...Object.values(others)].flatMap(({ nodes }) => nodes.map(({ type }) => type)),
    ),
  );
  expect([...used]).toEqual(expect.arrayContaining(catalogue.map(({ type }) => type)));
});
