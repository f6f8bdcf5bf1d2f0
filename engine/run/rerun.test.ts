/** Runs that take up another one: what succeeded counts again, the rest runs, and nothing runs twice. */
import { describe, expect, it } from '@jest/globals';
import type { Graph } from '../../contracts/graph.ts';
import type { RecordedStep } from '../../contracts/rerun.ts';
import { idempotencyKeyOf, type RunEvent } from '../../contracts/run.ts';
import type { EffectCall } from './engine-ports.ts';
import type { RunStart } from './run-context.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

/** What the records keep of a run, as the activity hands it on. */
function recordedOf(events: readonly RunEvent[], run: string, anew: readonly string[] = []): RecordedStep[] {
  const sources = new Map<string, RunEvent & { type: 'step.started' }>();
  for (const event of events)
    if (event.type === 'step.started') sources.set(`${event.node} ${event.index}`, event);
  return events.flatMap((event): RecordedStep[] => {
    if (event.type !== 'step.finished' || anew.includes(event.node)) return [];
    const { node, index, state, seq, attempts, outputs, failure, reusedFrom } = event;
    const started = sources.get(`${node} ${index}`);
    const known = { node, index, state, seq, attempts, reusedFrom, sources: started?.sources ?? [] };
    if (state !== 'succeeded') return [{ ...known, key: started?.key ?? idempotencyKeyOf(run, node, index) }];
    return [{ ...known, outputs: JSON.parse(JSON.stringify(outputs)), failure }];
  });
}

type Effect = ConstructorParameters<typeof SimulatedWorld>[0];

/** Runs a graph, and then again from what was recorded. */
async function twice(options: {
  graph: Graph;
  items?: ReturnType<typeof json>;
  first: Effect;
  second?: Effect;
  later?: Graph;
  anew?: string[];
  more?: Partial<RunStart>;
  handOverAfter?: number;
}) {
  const {
    graph,
    items = json({}),
    first,
    second,
    later = graph,
    anew = [],
    more,
    handOverAfter = 0,
  } = options;
  const before = new SimulatedWorld(first);
  await play(graph, before, items);
  const after = new SimulatedWorld(second ?? (({ input }) => ({ items: input.items })));
  after.continueAfter = handOverAfter;
  const outcome = await play(later, after, items, {
    run: 'run-2',
    retryOf: 'run-1',
    recorded: recordedOf(before.events, 'run-1', anew),
    ...more,
  });
  return { before, after, outcome };
}

const names = (calls: readonly EffectCall[]) => calls.map(({ label }) => label);
const http = (url = 'http://stub') => ({ url, method: 'POST' });
const chain = drawGraph(
  [
    ['Start', 'manual-trigger'],
    ['Fetch', 'http-request', http()],
    ['Edit', 'edit-fields', { assignments: [{ name: 'stamp', value: '={{ $now.toMillis() }}' }] }],
    ['Pay', 'http-request', http()],
    ['Note', 'edit-fields', { assignments: [{ name: 'by', value: "={{ $('Fetch').item.json.id }}" }] }],
  ],
  ['Start > Fetch', 'Fetch > Edit', 'Edit > Pay', 'Pay > Note'],
);
const failsAt =
  (...labels: string[]): Effect =>
  ({ label, input }) =>
    labels.includes(label)
      ? { fails: `${label} is down` }
      : { items: input.items.map((item, at) => ({ json: { ...item.json, id: `${label}-${at}` } })) };

describe('A run that takes up a failed one', () => {
  it('uses what succeeded, runs the failed step with the key it had, and goes on', async () => {
    const { before, after, outcome } = await twice({
      graph: chain,
      first: failsAt('Pay'),
      second: failsAt(),
    });
    expect(outcome.kind).toBe('succeeded');
    expect(names(after.calls)).toEqual(['Pay']);
    expect(after.calls[0]?.input.context.idempotencyKey).toBe('run-1:Pay:0:0');
    expect(finishedSteps(after).map(({ node, reusedFrom }) => [node, reusedFrom])).toEqual([
      ['Start', 'run-1'],
      ['Fetch', 'run-1'],
      ['Edit', 'run-1'],
      ['Pay', undefined],
      ['Note', undefined],
    ]);
    // Not computed again: the clock has moved on since.
    expect(outputOf(after, 'Edit')).toEqual(outputOf(before, 'Edit'));
    expect(outputOf(after, 'Note')).toEqual([expect.objectContaining({ by: 'Fetch-0' })]);
  });

  it('keeps the first key through as many runs as it takes', async () => {
    const { after } = await twice({ graph: chain, first: failsAt('Pay'), second: failsAt('Pay') });
    const third = new SimulatedWorld(failsAt());
    await play(chain, third, json({}), {
      run: 'run-3',
      retryOf: 'run-2',
      recorded: recordedOf(after.events, 'run-2'),
    });
    expect(third.calls.map(({ input }) => input.context.idempotencyKey)).toEqual(['run-1:Pay:0:0']);
    expect(finishedSteps(third, 'Fetch')[0]?.reusedFrom).toBe('run-1');
  });

  it('gives steps that ran anew by choice keys of their own', async () => {
    const { after } = await twice({
      graph: chain,
      first: failsAt('Pay'),
      second: failsAt(),
      anew: ['Pay', 'Note'],
    });
    expect(after.calls[0]?.input.context.idempotencyKey).toBe('run-2:Pay:0:0');
  });

  it('knows the steps of a loop by what reached them, and repeats no batch that is done', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Loop', 'loop', { batchSize: 1 }],
        ['Call', 'http-request', http()],
        ['Sum', 'edit-fields', { assignments: [{ name: 'seen', value: '={{ $json.n }}' }] }],
      ],
      ['Start > Loop', 'Loop.loop > Call', 'Call > Loop', 'Loop.done > Sum'],
    );
    const { after, outcome } = await twice({
      graph,
      items: json({ n: 1 }, { n: 2 }, { n: 3 }),
      first: ({ input }) => (input.items[0]?.json.n === 2 ? { fails: 'two' } : { items: input.items }),
    });
    expect(outcome.kind).toBe('succeeded');
    expect(after.calls.map(({ input }) => input.items[0]?.json.n)).toEqual([2, 3]);
    expect(after.calls[0]?.input.context.idempotencyKey).toBe('run-1:Call:1:0');
    expect(outputOf(after, 'Sum')?.map(({ seen }) => seen)).toEqual([1, 2, 3]);
  });

  it('is not misled when branches end in another order than they did', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Slow', 'http-request', http()],
        ['Fast', 'http-request', http()],
        ['Both', 'http-request', http()],
        ['Last', 'http-request', http()],
      ],
      ['Start > Slow', 'Start > Fast', 'Slow > Both', 'Fast > Both', 'Both > Last'],
    );
    // `Both` runs twice: first for Fast (index 0), then for Slow (index 1).
    const { before, after } = await twice({
      graph,
      first: ({ label, input }) => {
        if (label === 'Last' && String(input.items[0]?.json.id).startsWith('Slow')) return { fails: 'no' };
        const id = label === 'Slow' || label === 'Fast' ? label : input.items[0]?.json.id;
        return { takes: label === 'Slow' ? 50 : 1, items: json({ id: id ?? null }) };
      },
      second: ({ input }) => ({ items: input.items }),
    });
    expect(outputOf(before, 'Both', 'main', 0)).toEqual([{ id: 'Fast' }]);
    expect(after.calls.map(({ label, input }) => [label, input.items[0]?.json.id])).toEqual([
      ['Last', 'Slow'],
    ]);
    expect(outputOf(after, 'Both', 'main', 0)).toEqual([{ id: 'Fast' }]);
  });

  it('makes merges again from what counts, with the pairs they had', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['A', 'http-request', http()],
        ['B', 'http-request', http()],
        ['Join', 'merge', { mode: 'position' }],
        ['Send', 'http-request', http()],
      ],
      ['Start > A', 'Start > B', 'A > Join.input1', 'B > Join.input2', 'Join > Send'],
    );
    const { before, after, outcome } = await twice({
      graph,
      first: failsAt('Send'),
      second: failsAt(),
    });
    expect(outcome.kind).toBe('succeeded');
    expect(names(after.calls)).toEqual(['Send']);
    expect(after.calls[0]?.input.items).toEqual(
      before.calls.find(({ label }) => label === 'Send')?.input.items,
    );
  });

  it('runs a changed node and everything behind it anew, and uses what lies beside', async () => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['A', 'http-request', http()],
        ['B', 'http-request', http()],
        ['After A', 'http-request', http()],
      ],
      ['Start > A', 'Start > B', 'A > After A'],
    );
    const { after } = await twice({ graph, first: failsAt(), second: failsAt(), anew: ['A', 'After A'] });
    expect(names(after.calls)).toEqual(['A', 'After A']);
  });

  it('runs a step of the new version that the former run did not have', async () => {
    const later = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Fetch', 'http-request', http()],
        ['New', 'http-request', http()],
      ],
      ['Start > Fetch', 'Fetch > New'],
    );
    const { after } = await twice({ graph: chain, later, first: failsAt(), second: failsAt() });
    expect(names(after.calls)).toEqual(['New']);
  });

  it('gives the step whose input was edited that input', async () => {
    const { after } = await twice({
      graph: chain,
      first: failsAt('Pay'),
      second: failsAt(),
      more: { input: { node: 'Pay', index: 0, items: json({ amount: 7 }) } },
    });
    expect(after.calls[0]?.input.items).toEqual(json({ amount: 7 }));
  });

  it('runs only the nodes it is asked for', async () => {
    const world = new SimulatedWorld(failsAt());
    await play(chain, world, json({}), { only: new Set(['Start', 'Fetch', 'Edit']) });
    expect(finishedSteps(world).map(({ node }) => node)).toEqual(['Start', 'Fetch', 'Edit']);
  });

  it('does not use the outputs of a node that is disabled or pinned now', async () => {
    const later = structuredClone(chain);
    later.nodes.find(({ id }) => id === 'Fetch')!.disabled = true;
    const { after } = await twice({
      graph: chain,
      later,
      first: failsAt('Pay'),
      second: failsAt(),
      anew: ['Edit', 'Pay', 'Note'],
    });
    expect(finishedSteps(after, 'Fetch')[0]).toMatchObject({ state: 'skipped' });
    const pinned = await twice({
      graph: chain,
      first: failsAt('Pay'),
      second: failsAt(),
      anew: ['Edit', 'Pay', 'Note'],
      more: { pinnedData: { Fetch: json({ id: 'pinned' }) } },
    });
    expect(outputOf(pinned.after, 'Fetch')).toEqual([{ id: 'pinned' }]);
  });

  it.each([1, 2, 3, 4, 5])('hands over after every %i events and repeats nothing', async (handOverAfter) => {
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Loop', 'loop', { batchSize: 1 }],
        ['Call', 'http-request', http()],
        ['Done', 'http-request', http()],
      ],
      ['Start > Loop', 'Loop.loop > Call', 'Call > Loop', 'Loop.done > Done'],
    );
    const first: Effect = ({ label, input }) =>
      label === 'Call' && input.items[0]?.json.n === 3 ? { fails: 'three' } : { items: input.items };
    const { after, outcome } = await twice({
      graph,
      items: json({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }),
      first,
      handOverAfter,
    });
    expect(outcome.kind).toBe('succeeded');
    expect(names(after.calls)).toEqual(['Call', 'Call', 'Done', 'Done', 'Done', 'Done']);
    expect(after.calls[0]?.input.context.idempotencyKey).toBe('run-1:Call:2:0');
  });
});
