import { describe, expect, it } from '@jest/globals';
import { filterNode } from '../../contracts/catalogue/filter.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { SimulatedWorld } from '../run/simulated-world.ts';
import { drawGraph, finishedSteps, json, outputOf, play } from '../run/test-graphs.ts';
import { runFilter } from './filter.ts';
import { thousands } from './test-lists.ts';

type Args = Parameters<typeof runFilter>[0];

const item = { json: { n: 1 } };
const is = (left: unknown, right: unknown) => ({ left, operator: 'string.equals', right }) as JsonObject;
const yes = is('á', 'á');
const no = is('á', 'a');

function portsFor(given: JsonObject): string[] {
  const parameters = filterNode.parameters.parse(given) as Args['parameters'];
  const made = runFilter({ item, parameters, budget: createBudget(), timezone: 'UTC', now: 0 });
  for (const emission of made) expect(emission.item).toBe(item);
  return made.map(({ port }) => port);
}

describe('filter', () => {
  it.each<[string, JsonObject, string[]]>([
    ['keeps what fits', { conditions: [yes] }, ['main']],
    ['drops what does not', { conditions: [no] }, []],
    ['sends the rest on where that is wanted', { conditions: [no], rest: true }, ['rest']],
    ['sends nothing twice', { conditions: [yes], rest: true }, ['main']],
    ['wants all conditions', { conditions: [yes, no] }, []],
    ['wants any condition', { combinator: 'or', conditions: [no, yes] }, ['main']],
    ['keeps everything without conditions', {}, ['main']],
    ['may ignore case', { conditions: [is('Á', 'á')], ignoreCase: true }, ['main']],
    ['takes null for empty', { conditions: [is(null, '')] }, ['main']],
  ])('%s', (_, given, ports) => {
    expect(portsFor(given)).toEqual(ports);
    expect(filterNode.outputs(given).map(({ name }) => name)).toEqual(expect.arrayContaining(ports));
  });

  const run = async (list: JsonObject[], left: string) => {
    const world = new SimulatedWorld();
    const condition = { left, operator: 'number.gte', right: 2 };
    const graph = drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Big', 'filter', { conditions: [condition], rest: true }],
      ],
      ['Start > Big'],
    );
    await play(graph, world, json(...list));
    return world;
  };

  it('tells each item which one it was, by its place in the whole list', async () => {
    const world = await run(
      [{ a: { b: [3] } }, {}, { a: null }, { a: { b: ['2'] } }],
      '={{ $json.a?.b?.[0] }}',
    );
    const [step] = finishedSteps(world, 'Big');
    expect(step?.outputs.main?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
    expect(step?.outputs.rest?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
  });

  it('takes 10,000 items', async () => {
    const world = await run(thousands(10_000), '={{ $json.n % 4 }}');
    expect(outputOf(world, 'Big')).toHaveLength(5_000);
    expect(outputOf(world, 'Big', 'rest')).toHaveLength(5_000);
  });
});
