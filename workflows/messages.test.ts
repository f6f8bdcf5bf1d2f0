/** Messages to a run on a real Temporal server: before its wait, in the middle of continue-as-new, twice, after its end. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JsonValue } from '../contracts/json.ts';
import { addresses, messageSignal } from '../contracts/run-message.ts';
import { drawGraph, json } from '../engine/run/test-graphs.ts';
import { messageRun } from '../runs/message-run.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../tests/replay/running-engine.ts';

/** Waits for `rounds` signals one after the other, then gives what they brought. */
const rounds = (count: number) =>
  drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', { mode: 'signal', signal: 'go' }],
      [
        'Sum',
        'edit-fields',
        {
          assignments: [
            { name: 'sum', value: "={{ ($('Sum').isExecuted ? $('Sum').item.json.sum : 0) + $json.body }}" },
          ],
        },
      ],
      ['More', 'if', { conditions: [{ left: '={{ $runIndex }}', operator: 'number.lt', right: count - 1 }] }],
      ['Done', 'no-op'],
    ],
    ['Start > Wait', 'Wait > Sum', 'Sum > More', 'More.true > Wait', 'More.false > Done'],
  );

describeWithTemporal('What is said to a run', () => {
  let engine: RunningEngine;
  const say = (run: string, body: JsonValue, id: string) =>
    messageRun(
      { db: engine.db, temporal: engine.client },
      { workspace: engine.workspace, automation: 'automation-1', run },
      { id, to: addresses.signal('go'), body },
    );

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary(), continueAsNewAfter: 15 });
  }, 180_000);
  afterAll(() => engine?.close(), 60_000);

  it('is heard once each, whenever it comes, while the run continues as new again and again', async () => {
    const count = 30;
    const { run, handle } = await engine.start(rounds(count), { items: json({}) });
    // All at once, each twice: most come before their wait, some between a snapshot and the next execution.
    const all = Array.from({ length: count }, (_, n) => n);
    await Promise.all([...all, ...all].map((n) => say(run, n, `m${n}`)));
    await handle.result();
    const sums = engine
      .events(run)
      .flatMap((event) =>
        event.type === 'step.finished' && event.node === 'Done' ? (event.outputs.main ?? []) : [],
      );
    expect(sums.map(({ json }) => json.sum)).toEqual([(count * (count - 1)) / 2]);
    expect(engine.events(run).map(({ seq }) => seq)).toEqual(engine.events(run).map((_, at) => at));
    const last = await handle.describe();
    expect(last.raw.workflowExecutionInfo?.firstRunId).not.toBe(last.runId);
  });

  it('ends a wait with a limit before its limit, and the timer with it', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        [
          'Wait',
          'wait',
          { mode: 'signal', signal: 'go', limitWait: true, limitAmount: 90, limitUnit: 'days' },
        ],
      ],
      ['Start > Wait'],
    );
    const { run, handle } = await engine.start(graph);
    await engine.seen(run, (event) => event.type === 'run.state' && event.state === 'waiting');
    expect(await say(run, 'now', 'only')).toBe('sent');
    expect(await handle.result()).toEqual({ state: 'succeeded' });
    const { events } = await handle.fetchHistory();
    expect(events?.some((event) => event.timerCanceledEventAttributes)).toBe(true);
  });

  it('says that a run has ended, and that there is none', async () => {
    const { run, handle } = await engine.start(drawGraph([['Start', 'manual-trigger']], []));
    await handle.result();
    expect(await say(run, 'late', 'late')).toBe('ended');
    const deps = { db: engine.db, temporal: engine.client };
    const message = { id: '1', to: addresses.signal('go'), body: null };
    expect(await messageRun(deps, { workspace: engine.workspace, run: 'none' }, message)).toBe('unknown');
  });

  it('does no harm when it is no message', async () => {
    const { run, handle } = await engine.start(rounds(1));
    await handle.signal(messageSignal, { nonsense: true });
    await say(run, 5, 'real');
    expect(await handle.result()).toEqual({ state: 'succeeded' });
  });
});
