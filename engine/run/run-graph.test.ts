import { describe, expect, it } from '@jest/globals';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from './test-graphs.ts';

const start: [string, string] = ['Start', 'manual-trigger'];
const http = { url: 'http://stub' };

describe('a chain of nodes', () => {
  it('runs each node with what the one before gave', async () => {
    const world = new SimulatedWorld();
    const total = { assignments: [{ name: 'total', value: '={{ $json.amount * 1.2 }}' }] };
    const graph = drawGraph([start, ['Total', 'edit-fields', total]], ['Start > Total']);
    expect(await play(graph, world, json({ amount: 100 }, { amount: 5 }))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'Total')).toEqual([
      { amount: 100, total: 120 },
      { amount: 5, total: 6 },
    ]);
    expect(world.events.map((event) => event.seq)).toEqual(world.events.map((_, index) => index));
  });

  it('calls an effect once per item with a stable idempotency key', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph([start, ['Call', 'http-request', { ...http, method: 'POST' }]], ['Start > Call']);
    await play(graph, world, json({ id: 1 }, { id: 2 }));
    expect(world.calls.map((call) => call.input.context.idempotencyKey)).toEqual([
      'run-1:Call:0:0',
      'run-1:Call:0:1',
    ]);
    expect(world.calls.every((call) => !call.repeatable)).toBe(true);
  });

  it('does not run what no item reaches', async () => {
    const world = new SimulatedWorld();
    const big = { conditions: [{ left: '={{ $json.n }}', operator: 'number.gt', right: 10 }] };
    const graph = drawGraph(
      [start, ['Big', 'if', big], ['Yes', 'no-op'], ['No', 'no-op']],
      ['Start > Big', 'Big.true > Yes', 'Big.false > No'],
    );
    await play(graph, world, json({ n: 3 }));
    expect(finishedSteps(world).map((step) => step.node)).toEqual(['Start', 'Big', 'No']);
  });
});

describe('branches', () => {
  it('run side by side: a slow one does not hold a fast one', async () => {
    const world = new SimulatedWorld(({ input }) => ({
      takes: input.context.node === 'Slow' ? 1_000 : 10,
      items: input.items,
    }));
    const graph = drawGraph(
      [
        start,
        ['Slow', 'http-request', http],
        ['Fast', 'http-request', http],
        ['After', 'http-request', http],
      ],
      ['Start > Slow', 'Start > Fast', 'Fast > After'],
    );
    await play(graph, world);
    expect(finishedSteps(world).map((step) => step.node)).toEqual(['Start', 'Fast', 'After', 'Slow']);
  });

  it('meet in a merge that waits for all of them', async () => {
    const world = new SimulatedWorld(({ input }) => ({
      takes: input.context.node === 'A' ? 500 : 10,
      items: json({ from: input.context.node }),
    }));
    const graph = drawGraph(
      [start, ['A', 'http-request', http], ['B', 'http-request', http], ['Join', 'merge']],
      ['Start > A', 'Start > B', 'A > Join.input1', 'B > Join.input2'],
    );
    await play(graph, world);
    expect(outputOf(world, 'Join')).toEqual([{ from: 'A' }, { from: 'B' }]);
  });

  it('that can no longer arrive are not waited for', async () => {
    const world = new SimulatedWorld();
    const never = { conditions: [{ left: 1, operator: 'number.gt', right: 2 }] };
    const graph = drawGraph(
      [start, ['Never', 'if', never], ['Dead', 'no-op'], ['Alive', 'http-request', http], ['Join', 'merge']],
      ['Start > Never', 'Never.true > Dead', 'Dead > Join.input1', 'Start > Alive', 'Alive > Join.input2'],
    );
    expect(await play(graph, world, json({ ok: 1 }))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'Join')).toEqual([{ ok: 1 }]);
  });
});

describe('loops', () => {
  it('send batch after batch and gather what came back', async () => {
    const world = new SimulatedWorld();
    const double = { assignments: [{ name: 'double', value: '={{ $json.n * 2 }}' }] };
    const graph = drawGraph(
      [start, ['Loop', 'loop', { batchSize: 2 }], ['Double', 'edit-fields', double], ['Done', 'no-op']],
      ['Start > Loop', 'Loop.loop > Double', 'Double > Loop', 'Loop.done > Done'],
    );
    await play(graph, world, json({ n: 1 }, { n: 2 }, { n: 3 }));
    expect(finishedSteps(world, 'Double')).toHaveLength(2);
    expect(outputOf(world, 'Done')).toEqual([
      { n: 1, double: 2 },
      { n: 2, double: 4 },
      { n: 3, double: 6 },
    ]);
  });

  it('go on when a batch gives nothing back', async () => {
    const world = new SimulatedWorld();
    const odd = { conditions: [{ left: '={{ $json.n % 2 }}', operator: 'number.equals', right: 1 }] };
    const graph = drawGraph(
      [start, ['Loop', 'loop'], ['Odd', 'if', odd], ['Done', 'no-op']],
      ['Start > Loop', 'Loop.loop > Odd', 'Odd.true > Loop', 'Loop.done > Done'],
    );
    await play(graph, world, json({ n: 1 }, { n: 2 }, { n: 3 }));
    expect(outputOf(world, 'Done')).toEqual([{ n: 1 }, { n: 3 }]);
  });

  it('nest', async () => {
    const world = new SimulatedWorld();
    const mark = { assignments: [{ name: 'seen', value: true }] };
    const graph = drawGraph(
      [
        start,
        ['Outer', 'loop', { batchSize: 2 }],
        ['Inner', 'loop'],
        ['Mark', 'edit-fields', mark],
        ['Done', 'no-op'],
      ],
      [
        'Start > Outer',
        'Outer.loop > Inner',
        'Inner.loop > Mark',
        'Mark > Inner',
        'Inner.done > Outer',
        'Outer.done > Done',
      ],
    );
    await play(graph, world, json({ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }));
    expect(finishedSteps(world, 'Mark')).toHaveLength(4);
    expect(outputOf(world, 'Done')).toEqual([1, 2, 3, 4].map((n) => ({ n, seen: true })));
  });

  it('drawn by hand (poll until done) number the steps of a node', async () => {
    let polls = 0;
    const world = new SimulatedWorld(() => ({ items: json({ ready: ++polls >= 3 }) }));
    const ready = { conditions: [{ left: '={{ $json.ready }}', operator: 'boolean.true' }] };
    const graph = drawGraph(
      [
        start,
        ['Poll', 'http-request', http],
        ['Ready', 'if', ready],
        ['Pause', 'wait', { amount: 5 }],
        ['End', 'no-op'],
      ],
      ['Start > Poll', 'Poll > Ready', 'Ready.true > End', 'Ready.false > Pause', 'Pause > Poll'],
    );
    await play(graph, world);
    expect(finishedSteps(world, 'Poll').map((step) => step.index)).toEqual([0, 1, 2]);
    expect(finishedSteps(world, 'End')).toHaveLength(1);
  });

  it('that never end are stopped with a cause', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph([start, ['A', 'no-op'], ['B', 'no-op']], ['Start > A', 'A > B', 'B > A'], {
      maxSteps: 50,
    });
    const outcome = await play(graph, world);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'too-many-steps' } });
  });
});

describe('failures', () => {
  const failing = () =>
    new SimulatedWorld(({ input }) =>
      input.context.node === 'Bad' ? { fails: 'no luck', takes: 20 } : { takes: 1_000, items: [] },
    );

  it('stop the run and end what else is under way', async () => {
    const world = failing();
    const graph = drawGraph(
      [start, ['Bad', 'http-request', http], ['Slow', 'http-request', http], ['Wait', 'wait', { amount: 9 }]],
      ['Start > Bad', 'Start > Slow', 'Start > Wait'],
    );
    const outcome = await play(graph, world);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { message: 'no luck', node: 'Bad' } });
    expect(finishedSteps(world).map(({ node, state }) => [node, state])).toEqual([
      ['Start', 'succeeded'],
      ['Bad', 'failed'],
      ['Wait', 'cancelled'],
      ['Slow', 'cancelled'],
    ]);
    expect(world.events.at(-1)).toMatchObject({ type: 'run.finished', state: 'failed' });
  });

  it('go to the error port with the item that failed', async () => {
    const world = failing();
    const graph = drawGraph(
      [start, ['Bad', 'http-request', http, { onError: 'errorPort' }], ['Ok', 'no-op'], ['Oops', 'no-op']],
      ['Start > Bad', 'Bad.main > Ok', 'Bad.error > Oops'],
    );
    expect(await play(graph, world, json({ id: 7 }))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'Oops')).toEqual([{ id: 7, error: { code: 'test', message: 'no luck' } }]);
    expect(finishedSteps(world, 'Ok')).toEqual([]);
  });

  it('of a node that steers the run go to its error port too', async () => {
    const world = failing();
    const graph = drawGraph(
      [
        start,
        ['Pause', 'wait', { mode: 'until', until: 'soon' }, { onError: 'errorPort' }],
        ['Oops', 'no-op'],
      ],
      ['Start > Pause', 'Pause.error > Oops'],
    );
    expect(await play(graph, world, json({ id: 7 }))).toEqual({ kind: 'succeeded' });
    expect(outputOf(world, 'Oops')).toMatchObject([{ id: 7, error: { code: 'wrong-type' } }]);
  });

  it('name the expression that is wrong', async () => {
    const world = new SimulatedWorld();
    const wrong = { assignments: [{ name: 'a', value: '={{ missing.deeper }}' }] };
    const graph = drawGraph([start, ['Edit', 'edit-fields', wrong]], ['Start > Edit']);
    const outcome = await play(graph, world);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { node: 'Edit' } });
  });
});

describe('cancelling', () => {
  it('ends every step under way and reports the run as cancelled, not failed', async () => {
    const world = new SimulatedWorld(() => ({ takes: 1_000 }));
    const graph = drawGraph(
      [start, ['Slow', 'http-request', http], ['Wait', 'wait']],
      ['Start > Slow', 'Start > Wait'],
    );
    world.cancelAt = world.clock + 500;
    await expect(play(graph, world)).rejects.toThrow('cancelled');
    expect(world.events.at(-1)).toMatchObject({ type: 'run.finished', state: 'cancelled' });
    expect(finishedSteps(world, 'Slow')[0]?.state).toBe('cancelled');
    expect(finishedSteps(world, 'Wait')[0]?.state).toBe('cancelled');
  });
});

describe('what expressions see', () => {
  it('finds the item that the current one was made of, after any chain', async () => {
    const world = new SimulatedWorld(({ input }) => ({
      items: json({ reply: input.items[0]!.json.id as number }),
    }));
    const back = { assignments: [{ name: 'name', value: "={{ $('People').item.json.name }}" }] };
    const people = { assignments: [{ name: 'name', value: '={{ "n" + $json.id }}' }] };
    const odd = { conditions: [{ left: '={{ $json.id % 2 }}', operator: 'number.equals', right: 1 }] };
    const graph = drawGraph(
      [
        start,
        ['People', 'edit-fields', people],
        ['Odd', 'if', odd],
        ['Call', 'http-request', http],
        ['Back', 'edit-fields', back],
      ],
      ['Start > People', 'People > Odd', 'Odd.true > Call', 'Call > Back'],
    );
    await play(graph, world, json({ id: 1 }, { id: 2 }, { id: 3 }));
    expect(outputOf(world, 'Back')).toEqual([
      { reply: 1, name: 'n1' },
      { reply: 3, name: 'n3' },
    ]);
  });
});

describe('answers', () => {
  it('come from the first Respond node while the run goes on', async () => {
    const world = new SimulatedWorld();
    const graph = drawGraph(
      [
        start,
        ['Answer', 'respond', { respondWith: 'json', body: '={{ { ok: $json.n } }}', status: 201 }],
        ['Later', 'http-request', http],
      ],
      ['Start > Answer', 'Answer > Later'],
    );
    await play(graph, world, json({ n: 4 }));
    const answer = world.events.findIndex((event) => event.type === 'run.responded');
    expect(world.events[answer]).toMatchObject({
      response: { status: 201, body: { kind: 'json', value: { ok: 4 } } },
    });
    expect(
      world.events.slice(answer).some((event) => event.type === 'step.finished' && event.node === 'Later'),
    ).toBe(true);
  });

  it('are the last node’s first item where the webhook asks for that', async () => {
    const world = new SimulatedWorld();
    const edit = { assignments: [{ name: 'done', value: true }] };
    const graph = drawGraph([start, ['Edit', 'edit-fields', edit]], ['Start > Edit']);
    await play(graph, world, json({ n: 1 }), { answersWithLastNode: true });
    expect(world.events.find((event) => event.type === 'run.responded')).toMatchObject({
      response: { body: { kind: 'json', value: { n: 1, done: true } } },
    });
  });
});
