/** Starting, stopping and starting again; and the ways in which runs begin and end, on a Hiviex as people run it. */
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { queues } from '../contracts/run.ts';
import { describeWithTemporal } from '../scripts/stack/test-tools.ts';
import { chain, node, webhook } from './support/graphs.ts';
import { dataFolder, type Hiviex } from './support/hiviex.ts';
import { eventually } from './support/hiviex-api.ts';
import { alive, killProcesses } from './support/process-tree.ts';
import { type StubServer, startStub } from './support/stub-server.ts';

const startMs = 180_000;
const wait = (amount: number, unit: string) => node('wait', 'wait', { amount, unit });

describeWithTemporal('Hiviex starts', () => {
  const data = dataFolder();
  afterEach(() => data.end(), startMs);
  afterAll(() => data.remove(), startMs);

  it(
    'again after Ctrl-C, which ended every child: what waited goes on, what was published answers',
    async () => {
      const first = await data.start();
      const run = await startedWait(first, 'ctrl-c');
      const tree = first.tree();
      expect(tree.some(({ args }) => args.includes('start-dev'))).toBe(true);
      expect(await first.interrupt()).toBe(0);
      await eventually(
        async () => alive(tree),
        ({ length }) => length === 0,
      );

      const second = await data.start({ port: first.port });
      expect(second.port).toBe(first.port);
      expect(await second.api.ended(run)).toMatchObject({ state: 'succeeded', stepCount: 3 });
      expect((await second.api.hook('ctrl-c')).status).toBe(202);
    },
    startMs,
  );

  it(
    'again after kill -9 of its main process only: no orphan stands in the way',
    async () => {
      const first = await data.start();
      const run = await startedWait(first, 'kill');
      const tree = first.tree();
      await killProcesses(tree.filter(({ pid }) => pid === first.pid));

      const second = await data.start({ port: first.port });
      expect(await second.api.ended(run)).toMatchObject({ state: 'succeeded', stepCount: 3 });
      await eventually(
        async () => alive(tree),
        ({ length }) => length === 0,
      );
    },
    startMs,
  );

  it(
    'on another port when the default one is taken',
    async () => {
      const squatter = createServer();
      await new Promise<void>((resolve) => {
        squatter.once('error', () => resolve()); // somebody else has it: as good
        squatter.listen(3000, '127.0.0.1', resolve);
      });
      try {
        const hiviex = await data.start({ port: undefined });
        expect(hiviex.port).not.toBe(3000);
        expect((await hiviex.api.call('GET', '/readyz')).status).toBe(200);
      } finally {
        squatter.close();
      }
    },
    startMs,
  );

  /** A run that waits now, for a few seconds more. */
  async function startedWait({ api }: Hiviex, path: string): Promise<string> {
    await api.publish('Wait', chain(webhook(path), wait(5, 'seconds'), node('after', 'no-op')));
    const { run } = (await api.hook(path)).body;
    await api.runOnce(run, ({ state }) => state === 'waiting');
    return run;
  }
});

describeWithTemporal('A run', () => {
  const data = dataFolder();
  let hiviex: Hiviex;
  let stub: StubServer;
  beforeAll(async () => {
    stub = await startStub();
    hiviex = await data.start();
  }, startMs);
  afterAll(async () => {
    await data.remove();
    await stub?.close();
  }, startMs);

  it('answers the caller of its webhook with the items of the last node', async () => {
    const total = {
      assignments: [{ name: 'total', value: '={{ $json.body.amount * 1.2 }}' }],
      keepOthers: false,
    };
    await hiviex.api.publish(
      'Total',
      chain(webhook('total', { answer: 'lastNode' }), node('total', 'edit-fields', total)),
    );
    const answer = await hiviex.api.hook('total', { amount: 100 });
    expect(answer).toMatchObject({ status: 200, body: { total: 120 } });
    const run = await hiviex.api.ended(answer.headers.get('hiviex-run')!);
    expect(run).toMatchObject({ state: 'succeeded', trigger: 'webhook', response: { status: 200 } });
  });

  it('that waits is cancelled by the API, and Temporal knows', async () => {
    const { id } = await hiviex.api.publish(
      'Long wait',
      chain(node('manual', 'manual-trigger'), wait(30, 'days'), node('after', 'no-op')),
    );
    const run = await hiviex.api.start(id);
    await hiviex.api.runOnce(run, ({ state }) => state === 'waiting');
    expect((await hiviex.api.call('POST', `/api/v1/runs/${run}/cancel`)).status).toBe(202);
    const ended = await hiviex.api.ended(run);
    expect(ended.state).toBe('cancelled');
    expect(ended.steps.map(({ node, state }) => [node, state])).toEqual([
      ['manual', 'succeeded'],
      ['wait', 'cancelled'],
    ]);
    const temporal = await hiviex.temporal();
    try {
      const { status, taskQueue } = await temporal.workflow.getHandle(ended.workflowId).describe();
      expect([status.name, taskQueue]).toEqual(['CANCELLED', queues.automations]);
    } finally {
      await temporal.connection.close();
    }
  });

  it('of a draft takes pinned data in place of the node; a run of what is published calls it', async () => {
    const graph = chain(
      node('manual', 'manual-trigger'),
      node('call', 'http-request', { url: `${stub.url}/orders` }),
      node('last', 'edit-fields', {
        assignments: [{ name: 'seen', value: '={{ $json.key }}' }],
        keepOthers: false,
      }),
    );
    const { id } = await hiviex.api.publish('Pinned', {
      ...graph,
      pinnedData: { call: [{ json: { key: 'pinned' } }] },
    });
    const last = async (run: string) =>
      (await hiviex.api.ended(run)).steps.find(({ node }) => node === 'last')?.outputs.main;

    const draft = await hiviex.api.start(id, { draft: true });
    expect(await last(draft)).toMatchObject([{ json: { seen: 'pinned' } }]);
    expect(stub.requests).toEqual([]);
    const published = await hiviex.api.start(id);
    expect(await last(published)).toMatchObject([{ json: { seen: `${published}:call:0:0` } }]);
    expect(stub.requests).toMatchObject([{ method: 'GET', path: '/orders' }]);
  });

  it('is started by its schedule until the automation is unpublished', async () => {
    const every = node('tick', 'schedule-trigger', { mode: 'interval', every: 2, unit: 'seconds' });
    const { id } = await hiviex.api.publish('Tick', chain(every, node('end', 'no-op')));
    const ticks = () => hiviex.api.runs({ automation: id, trigger: 'schedule' });
    await eventually(ticks, (runs) => runs.filter(({ state }) => state === 'succeeded').length >= 2);
    await hiviex.api.ask('POST', `/api/v1/automations/${id}/unpublish`);

    const temporal = await hiviex.temporal();
    try {
      await eventually(
        async () => (await temporal.schedule.list()[Symbol.asyncIterator]().next()).done,
        (none) => none === true,
      );
    } finally {
      await temporal.connection.close();
    }
    // Longer than two ticks would take.
    const { id: pause } = await hiviex.api.publish(
      'Pause',
      chain(node('manual', 'manual-trigger'), wait(5, 'seconds')),
    );
    const before = (await ticks()).length;
    expect(await hiviex.api.ended(await hiviex.api.start(pause))).toMatchObject({ state: 'succeeded' });
    expect(await ticks()).toHaveLength(before);
  });
});
