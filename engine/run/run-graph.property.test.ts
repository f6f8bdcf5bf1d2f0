/**
 * Properties of the engine over random graphs: every run ends, events are numbered without gaps, and a run that is handed over
 * (continue-as-new) after every few events gives what it would have given in one piece.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../contracts/json.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { drawGraph, json, play } from './test-graphs.ts';

type Kind = 'no-op' | 'edit-fields' | 'if' | 'http-request' | 'wait' | 'merge' | 'loop' | 'sub-automation';
interface Shape {
  kinds: Kind[];
  /** Pairs of positions; backward ones make cycles. */
  edges: [number, number, number][];
  failing: number[];
  items: number;
}

const parametersOf: Record<Kind, JsonObject> = {
  'no-op': {},
  'edit-fields': { assignments: [{ name: 'hops', value: '={{ ($json.hops ?? 0) + 1 }}' }] },
  if: { conditions: [{ left: '={{ $json.n + ($json.hops ?? 0) }}', operator: 'number.lt', right: 4 }] },
  'http-request': { url: 'http://stub', method: 'POST' },
  wait: { amount: 3, unit: 'seconds' },
  merge: {},
  loop: { batchSize: 2 },
  'sub-automation': { automation: 'other', mode: 'each', concurrency: 2 },
};
const outputs: Record<Kind, string[]> = {
  'no-op': ['main'],
  'edit-fields': ['main'],
  if: ['true', 'false'],
  'http-request': ['main', 'error'],
  wait: ['main'],
  merge: ['main'],
  loop: ['loop', 'done'],
  'sub-automation': ['main'],
};

function draw({ kinds, edges, failing }: Shape) {
  const name = (position: number) => (position === 0 ? 'Start' : `N${position}`);
  const lines = edges.map(([from, to, port]) => {
    const target = kinds[to - 1]!;
    const fromPort =
      from === 0 ? 'main' : outputs[kinds[from - 1]!]![port % outputs[kinds[from - 1]!]!.length];
    return `${name(from)}.${fromPort} > ${name(to)}.${target === 'merge' ? `input${(port % 2) + 1}` : 'main'}`;
  });
  const nodes = kinds.map((kind, index): Parameters<typeof drawGraph>[0][number] => [
    name(index + 1),
    kind,
    parametersOf[kind],
    kind === 'http-request' ? { onError: failing.includes(index + 1) ? 'errorPort' : 'continue' } : {},
  ]);
  return drawGraph([['Start', 'manual-trigger'], ...nodes], [...new Set(lines)], {
    maxSteps: 200,
    maxItems: 64,
  });
}

function worldOf({ failing }: Shape): SimulatedWorld {
  return new SimulatedWorld(({ input }) =>
    failing.includes(Number(input.context.node.slice(1))) ? { fails: 'always' } : { items: input.items },
  );
}

const shapes = (backward: boolean) =>
  fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc.record<Shape>({
      kinds: fc.array(fc.constantFrom(...(Object.keys(parametersOf) as Kind[])), {
        minLength: size,
        maxLength: size,
      }),
      edges: fc.array(
        fc
          .tuple(
            fc.integer({ min: 0, max: size }),
            fc.integer({ min: 1, max: size }),
            fc.integer({ min: 0, max: 3 }),
          )
          .filter(([from, to]) => (backward ? from !== to : from < to)),
        { minLength: 1, maxLength: size * 2 },
      ),
      failing: fc.array(fc.integer({ min: 1, max: size }), { maxLength: 2 }),
      items: fc.integer({ min: 1, max: 4 }),
    }),
  );

const itemsOf = ({ items }: Shape) => json(...Array.from({ length: items }, (_, n) => ({ n })));

/** What each node gave, whatever the order in which parallel branches took their turns. */
function given(world: SimulatedWorld): string[] {
  return world.events
    .flatMap((event) =>
      event.type === 'step.finished'
        ? Object.entries(event.outputs).map(([port, list]) => `${event.node}.${port} ${JSON.stringify(list)}`)
        : [],
    )
    .sort();
}

function callsByNode(world: SimulatedWorld): string[] {
  return world.calls.map((call) => call.input.context.node).sort();
}

describe('a random graph', () => {
  it('always ends, with its events in order and every step ended', async () => {
    await fc.assert(
      fc.asyncProperty(shapes(true), async (shape) => {
        const world = worldOf(shape);
        const outcome = await play(draw(shape), world, itemsOf(shape));
        expect(['succeeded', 'failed']).toContain(outcome.kind);
        expect(world.events.map((event) => event.seq)).toEqual(world.events.map((_, index) => index));
        const started = world.events.filter((event) => event.type === 'step.started').length;
        const finished = world.events.filter((event) => event.type === 'step.finished').length;
        expect(finished).toBe(started);
        if (outcome.kind === 'failed')
          expect(['too-many-steps', 'too-many-items']).toContain(outcome.failure.code);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same however often it is handed over', async () => {
    await fc.assert(
      fc.asyncProperty(shapes(false), fc.integer({ min: 1, max: 5 }), async (shape, continueAfter) => {
        const whole = worldOf(shape);
        const outcome = await play(draw(shape), whole, itemsOf(shape));
        const parts = worldOf(shape);
        parts.continueAfter = continueAfter;
        expect(await play(draw(shape), parts, itemsOf(shape))).toEqual(outcome);
        expect(given(parts)).toEqual(given(whole));
        // Which of two parallel lists is a node's step 0 may differ; that no call is made twice or left out may not.
        const keys = parts.calls.map((call) => call.input.context.idempotencyKey);
        expect(new Set(keys).size).toBe(keys.length);
        expect(callsByNode(parts)).toEqual(callsByNode(whole));
        expect(parts.children.length).toBe(whole.children.length);
      }),
      { numRuns: 300 },
    );
  });
});
