/** The gate by example, and beside a plain model of it. Over 300 lines: the model and what it is held to belong together. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type GateSettings, mostGathered, mostGatheredBytes, mostHeldBytes } from '../../contracts/gates.ts';
import { Gate, type GateMove, type GateState } from './gate.ts';

interface Arrival {
  id: string;
  at: number;
}

interface Happened {
  at: number;
  move: GateMove;
}

const day = 86_400_000;
/** A clock that does not begin at zero, as Temporal's does not. */
const zero = 1_000_000;

const delivery = (id: string, bytes = 10, event?: string) => ({
  ...{ id, bytes, rememberMs: day },
  ...(event !== undefined && { event }),
  item: { json: { id } },
});

/** Lets a gate live through the arrivals in virtual time, until it is over. It continues as new after every one of them. */
function live(settings: GateSettings, arrivals: readonly Arrival[], events = false): Happened[] {
  const happened: Happened[] = [];
  const queue = [...arrivals].sort((one, other) => one.at - other.at);
  let now = zero;
  let gate = new Gate(now);
  const take = () => happened.push(...gate.take(now).map((move) => ({ at: now, move })));
  for (let steps = 0; steps < 10_000; steps++) {
    const next = queue[0];
    if (next && zero + next.at <= gate.wakeAt) {
      now = Math.max(now, zero + next.at);
      queue.shift();
      gate.receive({ settings, delivery: delivery(next.id, 10, events ? `e-${next.id}` : undefined) }, now);
    } else if (gate.isOver(now) && !next) return happened;
    else now = Math.max(now, gate.wakeAt);
    take();
    gate = new Gate(now, JSON.parse(JSON.stringify(gate.state())) as GateState);
  }
  throw new Error('The gate does not end.');
}

const starts = (happened: Happened[]) =>
  happened.flatMap(({ at, move }) => (move.kind === 'start' ? [{ at: at - zero, ...move }] : []));
const idsOf = (happened: Happened[]) =>
  starts(happened).flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
const itemsOf = (happened: Happened[]) =>
  starts(happened).map(({ deliveries }) => deliveries.flatMap(({ item, id }) => (item ? [id] : [])));
const droppedOf = (happened: Happened[]) =>
  happened.reduce((sum, { move }) => sum + (move.kind === 'report' ? move.count : 0), 0);

const at = (id: string, ms: number): Arrival => ({ id, at: ms });
/** The name of the run that begins with a delivery and may have others. */
const runWith = (id: string, ms: number) => `${id}-${(zero + ms).toString(36)}`;

describe('A gate that debounces', () => {
  const settings = { kind: 'debounce', waitMs: 100, maxWaitMs: 250, keep: 'last' } as const;

  it('starts one run with the last, once it has been quiet', () => {
    const happened = live(settings, [at('a', 0), at('b', 60), at('c', 120)]);
    expect(starts(happened)).toMatchObject([{ at: 220, run: runWith('c', 120) }]);
    expect(itemsOf(happened)).toEqual([['c']]);
  });

  it('waits no longer than its longest wait', () => {
    const happened = live(
      settings,
      [0, 90, 180, 240, 330].map((ms) => at(`d${ms}`, ms)),
    );
    expect(starts(happened)).toMatchObject([
      { at: 250, run: runWith('d240', 240) },
      { at: 430, run: runWith('d330', 330) },
    ]);
  });

  it('keeps the names of events that a later one replaced, and not their items', () => {
    const happened = live(settings, [at('a', 0), at('b', 10), at('c', 20)], true);
    expect(itemsOf(happened)).toEqual([['c']]);
    expect(idsOf(happened)).toEqual(['a', 'b', 'c']);
  });

  it('gives all of them when it is to keep all', () => {
    expect(itemsOf(live({ ...settings, keep: 'all' }, [at('a', 0), at('b', 10)]))).toEqual([['a', 'b']]);
  });
});

describe('A gate that batches', () => {
  it('starts a run when it is full, or when the first has waited long enough', () => {
    const happened = live({ kind: 'batch', items: 2, withinMs: 100 }, [at('a', 0), at('b', 30), at('c', 40)]);
    expect(starts(happened).map(({ at, run }) => ({ at, run }))).toEqual([
      { at: 30, run: runWith('a', 0) },
      { at: 140, run: runWith('c', 40) },
    ]);
  });

  it('puts no more into a run than it can carry', () => {
    const gate = new Gate(zero);
    const settings = { kind: 'batch', items: 100, withinMs: 1_000 } as const;
    for (const id of ['a', 'b', 'c'])
      gate.receive({ settings, delivery: delivery(id, mostGatheredBytes * 0.4) }, zero);
    const [first] = gate.take(zero);
    expect(first).toMatchObject({ kind: 'start', deliveries: [{ id: 'a' }, { id: 'b' }] });
    expect(gate.holding).toBe(1);
  });
});

describe('A gate that throttles', () => {
  const settings = { kind: 'throttle', runs: 2, periodMs: 100, over: 'queue' } as const;

  it('lets so many through, and the rest when their turn comes', () => {
    const happened = live(
      settings,
      ['a', 'b', 'c', 'd', 'e'].map((id) => at(id, 0)),
    );
    expect(starts(happened).map(({ at, run }) => `${run}${at}`)).toEqual([
      'a0',
      'b0',
      'c100',
      'd100',
      'e200',
    ]);
  });

  it('drops the rest when it is to, and reports them once', () => {
    const happened = live(
      { ...settings, over: 'drop' },
      ['a', 'b', 'c', 'd'].map((id) => at(id, 0)),
    );
    expect(idsOf(happened)).toEqual(['a', 'b']);
    expect(happened.filter(({ move }) => move.kind === 'report')).toMatchObject([
      { at: zero + 100, move: { reason: 'throttled', count: 2, deliveries: [{ id: 'c' }, { id: 'd' }] } },
    ]);
  });

  it('holds only so many bytes, but one delivery of any size', () => {
    const gate = new Gate(zero);
    const say = (id: string, bytes: number) =>
      gate.receive({ settings: { ...settings, runs: 1 }, delivery: delivery(id, bytes) }, zero);
    expect([say('a', mostHeldBytes + 1), say('b', 1)]).toEqual([
      { kind: 'held' },
      { kind: 'dropped', reason: 'full' },
    ]);
  });

  it('holds only so many, and reports those that found it full', () => {
    const arrivals = Array.from({ length: mostGathered + 3 }, (_, index) => at(`d${index}`, 0));
    expect(droppedOf(live({ ...settings, runs: 1 }, arrivals))).toBe(2);
  });
});

describe('A gate', () => {
  const throttle = { kind: 'throttle', runs: 1, periodMs: 100, over: 'drop' } as const;

  it('says what becomes of a delivery', () => {
    const gate = new Gate(zero);
    const say = (id: string) => gate.receive({ settings: throttle, delivery: delivery(id) }, zero);
    expect(['a', 'b', 'a', 'b'].map(say)).toEqual([
      { kind: 'held' },
      { kind: 'dropped', reason: 'throttled' },
      { kind: 'known' },
      { kind: 'known' },
    ]);
  });

  it('reports early when many were dropped that are shown somewhere', () => {
    const gate = new Gate(zero);
    for (let n = 0; n <= 1_000; n++)
      gate.receive({ settings: throttle, delivery: { ...delivery(`d${n}`), logged: true } }, zero);
    const report = gate.take(zero).find(({ kind }) => kind === 'report');
    expect(report).toMatchObject({ count: 1_000, since: zero });
  });

  it('names another run when a delivery that it had forgotten is the first again', () => {
    const forgotten = { ...delivery('a'), rememberMs: 10 };
    const settings = { kind: 'batch', items: 1, withinMs: 10 } as const;
    const gate = new Gate(zero);
    const runAt = (now: number) => {
      gate.receive({ settings, delivery: forgotten }, now);
      return gate.take(now).map((move) => move.kind === 'start' && move.run);
    };
    expect([runAt(zero), runAt(zero + 5), runAt(zero + 10)]).toEqual([
      [runWith('a', 0)],
      [],
      [runWith('a', 10)],
    ]);
  });

  it('takes a delivery once, also when its run has started', () => {
    const happened = live({ kind: 'batch', items: 1, withinMs: 10 }, [
      at('a', 0),
      at('a', 5),
      at('a', 3_600_000),
    ]);
    expect(idsOf(happened)).toEqual(['a']);
  });

  it('lets all that it holds go when it is ended', () => {
    const gate = new Gate(zero);
    const settings = { kind: 'throttle', runs: 1, periodMs: day, over: 'queue' } as const;
    for (const id of ['a', 'b', 'c']) gate.receive({ settings, delivery: delivery(id) }, zero);
    expect(gate.takeAll(zero).map((move) => move.kind === 'start' && move.run)).toEqual(['a', 'b', 'c']);
    expect(gate.takeAll(zero)).toEqual([]);
  });

  it('keeps an item with every run when what is published changes its kind', () => {
    const gate = new Gate(zero);
    const debounce = { kind: 'debounce', waitMs: 1_000, maxWaitMs: 1_000, keep: 'last' } as const;
    const batch = { kind: 'batch', items: 2, withinMs: 1_000 } as const;
    for (const id of ['a', 'b', 'c'])
      gate.receive({ settings: debounce, delivery: delivery(id, 10, `e-${id}`) }, zero);
    gate.receive({ settings: batch, delivery: delivery('d', 10, 'e-d') }, zero);
    const [first] = gate.take(zero);
    expect(first).toMatchObject({
      run: runWith('c', 0),
      deliveries: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }],
    });
  });
});

describe('Whatever comes, and whenever', () => {
  const ms = fc.integer({ min: 1, max: 400 });
  const settings: fc.Arbitrary<GateSettings> = fc.oneof(
    fc.record({
      kind: fc.constant('debounce' as const),
      waitMs: ms,
      maxWaitMs: ms,
      keep: fc.constantFrom('last' as const, 'all' as const),
    }),
    fc.record({
      kind: fc.constant('throttle' as const),
      runs: fc.integer({ min: 1, max: 4 }),
      periodMs: ms,
      over: fc.constantFrom('queue' as const, 'drop' as const),
    }),
    fc.record({
      kind: fc.constant('batch' as const),
      items: fc.integer({ min: 1, max: 5 }),
      withinMs: ms,
    }),
  );
  const arrivals = fc.array(
    fc.record({ id: fc.integer({ min: 0, max: 30 }).map(String), at: fc.nat(2_000) }),
    { maxLength: 40 },
  );
  const firsts = (all: readonly Arrival[]) => {
    const sorted = [...all].sort((one, other) => one.at - other.at);
    return sorted.filter(({ id }, index) => sorted.findIndex((one) => one.id === id) === index);
  };

  it('nothing is lost, nothing is doubled, and the order stays', () => {
    fc.assert(
      fc.property(settings, arrivals, (of, all) => {
        const happened = live(of, all, true);
        const went = idsOf(happened);
        const came = firsts(all).map(({ id }) => id);
        expect(new Set(went).size).toBe(went.length);
        expect(went).toEqual(came.filter((id) => went.includes(id)));
        expect(went.length + droppedOf(happened)).toBe(came.length);
        if (of.kind !== 'throttle' || of.over === 'queue') expect(droppedOf(happened)).toBe(0);
        const runs = starts(happened).map(({ run }) => run);
        expect(new Set(runs).size).toBe(runs.length);
        for (const items of itemsOf(happened)) expect(items.length).toBeGreaterThan(0);
      }),
    );
  });

  it('nobody waits longer than the gate promises, and no period has more runs', () => {
    fc.assert(
      fc.property(settings, arrivals, (of, all) => {
        const came = new Map(firsts(all).map((one) => [one.id, one.at]));
        const happened = starts(live(of, all, true));
        const longest = of.kind === 'debounce' ? of.maxWaitMs : of.kind === 'batch' ? of.withinMs : Infinity;
        for (const { at: started, deliveries } of happened)
          for (const { id } of deliveries) expect(started - came.get(id)!).toBeLessThanOrEqual(longest);
        if (of.kind === 'batch')
          for (const { deliveries } of happened) expect(deliveries.length).toBeLessThanOrEqual(of.items);
        if (of.kind !== 'throttle') return;
        for (const { at: from } of happened) {
          const within = happened.filter(({ at: other }) => other >= from && other < from + of.periodMs);
          expect(within.length).toBeLessThanOrEqual(of.runs);
        }
      }),
    );
  });
});

describe('A gate whose settings change while it holds', () => {
  const throttle = { kind: 'throttle', runs: 1, periodMs: 1_000, over: 'queue' } as const;
  const debounce = { kind: 'debounce', waitMs: 100, maxWaitMs: 500, keep: 'last' } as const;
  const batch = { kind: 'batch', items: 10, withinMs: 100 } as const;

  it.each([
    ['debounce', debounce],
    ['batch', batch],
  ])('keeps the runs that senders were told, before it goes on with %s', (_, settings) => {
    const gate = new Gate(zero);
    for (const id of ['a', 'b', 'c']) gate.receive({ settings: throttle, delivery: delivery(id) }, zero);
    expect(gate.take(zero)).toMatchObject([{ run: 'a' }]);
    gate.receive({ settings, delivery: delivery('d') }, zero + 10);
    gate.receive({ settings, delivery: delivery('e') }, zero + 20);
    const again = new Gate(zero + 20, JSON.parse(JSON.stringify(gate.state())) as GateState);
    expect(again.take(zero + 20)).toMatchObject([{ run: 'b' }, { run: 'c' }]);
    expect(again.take(zero + 50)).toEqual([]);
    const [last, ...more] = again.take(zero + 200);
    expect(more).toEqual([]);
    const ids = last?.kind === 'start' ? last.deliveries.map(({ id }) => id) : [];
    expect(ids).toEqual(settings.kind === 'batch' ? ['d', 'e'] : ['e']);
  });
});
