import { describe, expect, it } from '@jest/globals';
import { limitNode } from '../../contracts/catalogue/limit.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { runListNode, thousands } from './test-lists.ts';

const limit = (given: JsonObject, list: JsonObject[]) =>
  runListNode('limit', limitNode.parameters.parse(given), list);
const five = [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }];

describe('limit', () => {
  it.each<[JsonObject, number[]]>([
    [{}, [0]],
    [{ maxItems: 2 }, [0, 1]],
    [{ maxItems: 2, keep: 'last' }, [3, 4]],
    [{ maxItems: '3' }, [0, 1, 2]],
    [{ maxItems: 9 }, [0, 1, 2, 3, 4]],
    [{ maxItems: 9, keep: 'last' }, [0, 1, 2, 3, 4]],
    [{ maxItems: 0 }, []],
    [{ maxItems: 0, keep: 'last' }, []],
  ])('%j keeps %j, paired with what they were', (given, kept) => {
    expect(limit(given, five).map(({ from }) => from)).toEqual(kept.map((n) => [n]));
    expect(limit(given, five).map(({ item }) => item.json.n)).toEqual(kept);
  });

  it.each([-1, 1.5, 'many', null])('takes no %j for a number of items', (maxItems) => {
    expect(limitNode.parameters.safeParse({ maxItems }).success).toBe(false);
  });

  it('gives nothing for nothing, and takes long lists', () => {
    expect(limit({ maxItems: 2 }, [])).toEqual([]);
    expect(limit({ maxItems: 10, keep: 'last' }, thousands(10_000)).map(({ from }) => from[0])).toEqual(
      Array.from({ length: 10 }, (_, n) => 9_990 + n),
    );
  });
});
