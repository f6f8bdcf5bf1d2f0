import { describe, expect, it } from '@jest/globals';
import { createCache } from './cache.ts';
import {
  compileParameters,
  createBudget,
  hasExpressions,
  referencedNodes,
  resolveParameters,
} from './index.ts';
import { sampleScope } from './test-scope.ts';

describe('parameters', () => {
  it('evaluates every string that starts with =, wherever it is', () => {
    const parameters = {
      url: '=https://x/{{ $json.user.name }}',
      list: [1, { n: '={{ $json.list[0] }}' }],
      fixed: { a: '{{ 1 }}' },
    };
    expect(resolveParameters(parameters, sampleScope(), createBudget())).toEqual({
      url: 'https://x/Ann Lee',
      list: [1, { n: 3 }],
      fixed: { a: '{{ 1 }}' },
    });
  });

  it('passes parts without expressions on as the same object', () => {
    const fixed = { a: [1, 2] };
    const result = resolveParameters({ fixed, x: '={{ 1 }}' }, sampleScope(), createBudget()) as {
      fixed: unknown;
    };
    expect(result.fixed).toBe(fixed);
    expect(hasExpressions(fixed)).toBe(false);
    expect(resolveParameters(fixed, sampleScope(), createBudget())).toBe(fixed);
  });

  it('compiles once and gives each item its own values', () => {
    const parameters = compileParameters({ at: '={{ $itemIndex }}', n: '={{ $json.n }}' });
    const scope = sampleScope();
    expect([0, 1].map((index) => parameters(scope.forItem(index), createBudget()))).toEqual([
      { at: 0, n: null },
      { at: 1, n: 2 },
    ]);
  });

  it('counts what it spends, so that the engine can yield', () => {
    const budget = createBudget();
    resolveParameters({ a: '={{ $json.list.map(x => x * 2) }}' }, sampleScope(), budget);
    expect(budget.used).toBeGreaterThan(10);
  });

  it('refuses parameters nested without end', () => {
    const loop: Record<string, unknown> = {};
    loop.again = loop;
    expect(() => compileParameters(loop)).toThrow('nest');
  });
});

describe('referenced nodes', () => {
  it.each([
    ['={{ $(\'A b\').item.json.x }} {{ $node["C"].json.y }}', ['A b', 'C'], false],
    ['={{ $node.Fetch.json }} {{ $items("D") }}', ['Fetch', 'D'], false],
    ["={{ $('It\\'s \\u0041').first() }}", ["It's A"], false],
    ['={{ $(`T`).all() }} {{ $ ( "S" ).all() }}', ['T', 'S'], false],
    ['={{ $($json.name).item }}', [], true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the expression's template, not ours
    ['={{ $(`a${1}`).item }}', [], true],
    ["={{ $('a' + 'b').item }}", [], true],
    ['={{ $node[$json.n].json }}', [], true],
    ['={{ $items() }} {{ $json.$x }} costs $(5', [], true],
    ['const a = $("Code node").all(); return a', ['Code node'], false],
    ['={{ $json.a }} $5', [], false],
  ])('%s', (text, names, dynamic) => {
    expect(referencedNodes({ deep: [text] })).toEqual({ names, dynamic });
  });
});

describe('the cache of templates', () => {
  it('forgets what was used longest ago', () => {
    const cache = createCache<number>({ entries: 2, characters: 100 });
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('is bounded in characters too', () => {
    const cache = createCache<number>({ entries: 100, characters: 40 });
    for (let i = 0; i < 20; i++) cache.set(`${i}`.padEnd(10), i);
    expect(cache.size).toBe(4);
    cache.set('x'.repeat(11), 1);
    expect(cache.get('x'.repeat(11))).toBeUndefined();
  });
});
