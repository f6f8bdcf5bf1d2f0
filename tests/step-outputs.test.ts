/** What is too large to be told: told as a preview to records and browsers, and whole when a person asks for it. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../api/testing/test-api.ts';
import type { RunEvent } from '../contracts/run.ts';
import { drawGraph } from '../engine/run/test-graphs.ts';
import { describeWithTemporal, temporalBinary } from '../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from './replay/running-engine.ts';

const count = 20_000;

describeWithTemporal('The outputs of a step', () => {
  let engine: RunningEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startEngine({ binary: temporalBinary() });
    api = await startTestApi({ temporal: engine.client, db: engine.db });
  }, 180_000);
  afterAll(async () => {
    await api?.close();
    await engine?.close();
  }, 60_000);

  it('leave the run as a preview, and whole for who asks when it has ended', async () => {
    const { body } = await api.call('POST', '/api/v1/automations', { name: 'Many' });
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Make', 'code', { code: `return Array.from({ length: ${count} }, (_, n) => ({ json: { n } }));` }],
        ['Count', 'code', { code: 'return [{ json: { count: $input.all().length } }];' }],
        ['Wait', 'wait', { mode: 'signal', signal: 'go-on' }],
      ],
      ['Start > Make', 'Make > Count', 'Count > Wait'],
    );
    const { run, handle } = await engine.start(graph, { automation: { id: body.id, name: 'Many' } });
    await engine.seen(run, (event) => event.type === 'step.started' && event.node === 'Wait');
    const made = engine.events(run).find(isEndOf('Make'));
    expect(made?.truncated).toEqual({ main: count });
    expect(JSON.stringify(made).length).toBeLessThan(300_000);
    expect(engine.events(run).find(isEndOf('Count'))).toMatchObject({
      outputs: { main: [{ json: { count } }] },
    });

    await engine.writer.flush();
    const at = `/api/v1/runs/${run}`;
    const step = (await api.call('GET', at)).body.steps.find((one: { node: string }) => one.node === 'Make');
    expect(step.truncated).toEqual({ main: count });
    expect(step.outputs).toEqual(made?.outputs);
    // Under way it tells them only where it was replayed: a worker that took it over can, the one that ran it can't yet.
    const early = (await api.call('GET', `${at}/steps/Make/outputs`)).body;
    expect([count, 'run-not-ended']).toContain(early.outputs?.main.length ?? early.code);
    expect((await api.call('GET', `${at}/steps/Make/outputs?index=1`)).status).toBe(404);

    await api.call('POST', `${at}/signals/go-on`, {});
    await handle.result();
    await engine.writer.flush();
    const whole = await api.call('GET', `${at}/steps/Make/outputs`);
    expect(whole.body.outputs.main).toHaveLength(count);
    expect(whole.body.outputs.main.at(-1).json).toEqual({ n: count - 1 });
    const small = await api.call('GET', `${at}/steps/Count/outputs`);
    expect(small.body.outputs.main[0].json).toEqual({ count });

    await engine.db.asSystem(({ retention }) => retention.empty([run]));
    expect(await api.call('GET', `${at}/steps/Make/outputs`)).toMatchObject({
      status: 410,
      body: { code: 'outputs-not-kept' },
    });
  }, 120_000);
});

function isEndOf(node: string) {
  return (event: RunEvent): event is Extract<RunEvent, { type: 'step.finished' }> =>
    event.type === 'step.finished' && event.node === node;
}
