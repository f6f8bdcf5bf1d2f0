import { describe, expect, it } from '@jest/globals';
import { switchNode } from '../../contracts/catalogue/switch.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createBudget } from '../expressions/index.ts';
import { runIf } from './if.ts';
import { runSwitch } from './switch.ts';

type Args = Parameters<typeof runSwitch>[0];

const item = { json: { n: 1 } };
const is = (left: string, right: string) => ({ conditions: [{ left, operator: 'string.equals', right }] });
const yes = is('a', 'a');
const no = is('a', 'b');

function portsFor(given: JsonObject): string[] {
  const parameters = switchNode.parameters.parse(given) as Args['parameters'];
  const made = runSwitch({ item, parameters, budget: createBudget(), timezone: 'UTC', now: 0 });
  for (const emission of made) expect(emission.item).toBe(item);
  return made.map(({ port }) => port);
}

describe('switch', () => {
  it.each<[string, JsonObject, string[]]>([
    ['the first case that holds', { cases: [no, yes, yes] }, ['case1']],
    ['every case that holds', { cases: [yes, no, yes], allMatching: true }, ['case0', 'case2']],
    ['the fallback when none holds', { cases: [no] }, ['fallback']],
    ['the fallback without any case', {}, ['fallback']],
    ['nowhere when none holds and there is no fallback', { cases: [no], fallback: false }, []],
    ['no fallback beside a case', { cases: [yes], allMatching: true }, ['case0']],
    ['a case that holds only without case', { cases: [is('a', 'A')], ignoreCase: true }, ['case0']],
    [
      'a case by any of its conditions',
      { cases: [{ combinator: 'or', conditions: [...no.conditions, ...yes.conditions] }] },
      ['case0'],
    ],
  ])('sends an item to %s', (_, given, expected) => {
    expect(portsFor(given)).toEqual(expected);
  });

  it('sends to ports that the catalogue knows for these parameters', () => {
    const given = { cases: [yes, yes, no], allMatching: true };
    const known = switchNode.outputs(given).map(({ name }) => name);
    expect(known).toEqual(['case0', 'case1', 'case2', 'fallback']);
    expect(known).toEqual(expect.arrayContaining(portsFor(given)));
  });
});

describe('if', () => {
  it.each([
    [yes, 'true'],
    [no, 'false'],
    [{ conditions: [] }, 'true'],
  ])('%j goes to %s', (given, port) => {
    const parameters = { combinator: 'and', ignoreCase: false, ...given } as Parameters<
      typeof runIf
    >[0]['parameters'];
    expect(runIf({ item, parameters, budget: createBudget(), timezone: 'UTC', now: 0 })).toEqual([
      { port, item },
    ]);
  });
});
