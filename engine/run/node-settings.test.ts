import { describe, expect, it } from '@jest/globals';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

const start: [string, string] = ['Start', 'manual-trigger'];
const one = { executeOnce: true };
const always = { alwaysOutputData: true };
const never = { conditions: [{ left: 1, operator: 'number.gt', right: 2 }] };
const items = json({ n: 1 }, { n: 2 }, { n: 3 });

describe('a node that executes once', () => {
  it('sees the first item of its list only, whatever kind it is', async () => {
    const world = new SimulatedWorld();
    const post = { url: 'http://stub', method: 'POST' };
    const graph = drawGraph(
      [
        start,
        ['Edit', 'edit-fields', { assignments: [{ name: 'all', value: '={{ $input.all().length }}' }] }, one],
        ['List', 'sort', { fields: [{ name: 'n', order: 'descending' }] }, one],
        ['Call', 'http-request', post, one],
        ['Off', 'no-op', {}, { ...one, disabled: true }],
      ],
      ['Start > Edit', 'Start > List', 'Start > Call', 'Start > Off'],
    );
    await play(graph, world, items);
    expect(outputOf(world, 'Edit')).toEqual([{ n: 1, all: 1 }]);
    expect(outputOf(world, 'List')).toEqual([{ n: 1 }]);
    expect(world.calls).toHaveLength(1);
    expect(outputOf(world, 'Off')).toHaveLength(3);
  });

  it('takes the first of each input where several meet', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph(
      [start, ['A', 'no-op'], ['Join', 'merge', {}, one]],
      ['Start > A', 'Start > Join.input1', 'A > Join.input2'],
    );
    await play(graph, world, items);
    expect(outputOf(world, 'Join')).toEqual([{ n: 1 }, { n: 1 }]);
  });

  it('runs for every list that comes, and leaves a loop its items', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph(
      [start, ['Loop', 'loop', {}, one], ['Body', 'no-op', {}, one], ['End', 'no-op']],
      ['Start > Loop', 'Loop.loop > Body', 'Body > Loop', 'Loop.done > End'],
    );
    await play(graph, world, items);
    expect(finishedSteps(world, 'Body')).toHaveLength(3);
    expect(outputOf(world, 'End')).toHaveLength(3);
  });
});

describe('a node that always outputs data', () => {
  it('gives one empty item instead of none, made of all that it got', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph(
      [
        start,
        ['None', 'filter', never, always],
        ['After', 'edit-fields', { assignments: [{ name: 'from', value: "={{ $('Start').item.json.n }}" }] }],
      ],
      ['Start > None', 'None > After'],
    );
    await play(graph, world, items);
    expect(outputOf(world, 'None')).toEqual([{}]);
    expect(finishedSteps(world, 'None')[0]!.outputs.main![0]!.pairedItem).toEqual([
      { item: 0 },
      { item: 1 },
      { item: 2 },
    ]);
    expect(outputOf(world, 'After')).toEqual([{ from: 1 }]);
  });

  it('adds nothing where some port gave something', async () => {
    const world = new SimulatedWorld(() => ({ fails: 'always' }));
    const graph = drawGraph(
      [
        start,
        ['If', 'if', never, always],
        ['Call', 'http-request', { url: 'http://stub' }, { ...always, onError: 'errorPort' }],
      ],
      ['Start > If', 'Start > Call'],
    );
    await play(graph, world, items);
    expect(finishedSteps(world, 'If')[0]!.outputs).toMatchObject({ false: [{}, {}, {}] });
    expect(Object.keys(finishedSteps(world, 'If')[0]!.outputs)).toEqual(['false']);
    expect(Object.keys(finishedSteps(world, 'Call')[0]!.outputs)).toEqual(['error']);
  });

  it('saves no step that failed, and does not keep a loop going', async () => {
    const failing = new SimulatedWorld(() => ({ fails: 'always' }));
    const call = drawGraph(
      [start, ['Call', 'http-request', { url: 'http://stub' }, always]],
      ['Start > Call'],
    );
    expect((await play(call, failing, items)).kind).toBe('failed');
    const world = new SimulatedWorld();
    const loop = drawGraph(
      [start, ['Loop', 'loop', {}, always], ['Drop', 'filter', never]],
      ['Start > Loop', 'Loop.loop > Drop', 'Drop > Loop'],
    );
    expect((await play(loop, world, items)).kind).toBe('succeeded');
    expect(finishedSteps(world, 'Loop')).toHaveLength(4);
  });
});
