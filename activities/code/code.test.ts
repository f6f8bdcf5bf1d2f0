/** The sandbox through its activity, threads and all. Over 300 lines: tables of code and what comes of it, on one pool. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/activity';
import { pino } from 'pino';
import type { EffectInput, EffectResult } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { effectActivity } from '../effect-activity.ts';
import { activityContext, effectInput, failureOf } from '../testing.ts';
import { createCodeEffect } from './code.ts';

const maxResultBytes = 100_000;
const effect = createCodeEffect({ maxResultBytes }, { maxThreads: 2 });
const activity = effectActivity('code', effect, { log: pino({ level: 'silent' }), maxResultBytes });
const twoItems = [{ json: { a: 1 } }, { json: { a: 2 } }];

type Options = Partial<EffectInput> & { parameters?: JsonObject };
const run = (code: string, options: Options = {}, env = activityContext()): Promise<EffectResult> => {
  const { parameters, ...over } = options;
  return env.run(activity, effectInput({ code, timeLimit: 30, ...parameters }, { items: twoItems, ...over }));
};
const eachItem = (code: string, options: Options = {}): Promise<EffectResult> =>
  run(code, { ...options, parameters: { mode: 'eachItem', ...options.parameters } });
/** The one value that an expression has in the code. */
const resultOf = async (expression: string, options: Options = {}): Promise<unknown> =>
  (await run(`return { value: ${expression} }`, options)).items[0]?.json.value;

afterAll(() => effect.close?.());

describe('once for all items', () => {
  it.each([
    ['return $input.all()', twoItems],
    ['return items', twoItems],
    ['return $input.first()', [{ json: { a: 1 } }]],
    ['return [$input.last()]', [{ json: { a: 2 } }]],
    ['return { total: $json.a + $input.all().length }', [{ json: { total: 3 } }]],
    ['return items.map((item) => ({ b: item.json.a * 2 }))', [{ json: { b: 2 } }, { json: { b: 4 } }]],
    ['return []', []],
    ['return { json: { x: 1 }, pairedItem: 1 }', [{ json: { x: 1 }, pairedItem: { item: 1 } }]],
    [
      'return [{ json: {}, pairedItem: [{ item: 0 }, { item: 1 }] }]',
      [{ json: {}, pairedItem: [{ item: 0 }, { item: 1 }] }],
    ],
    [
      'return { d: new Date(0), u: undefined, l: [undefined, null] }',
      [{ json: { d: '1970-01-01T00:00:00.000Z', l: [null, null] } }],
    ],
    [
      'const twice = async (n) => n * 2; return { n: await twice(await Promise.resolve(4)) } // end',
      [{ json: { n: 8 } }],
    ],
  ])('%s', async (code, items) => {
    expect((await run(code)).items).toEqual(items);
  });

  it('sees the nodes it names', async () => {
    const nodes = { 'Fetch order': [{ json: { id: 7 } }, { json: { id: 8 } }] };
    const code =
      "const n = $('Fetch order'); return { all: n.all().length, first: n.first().json.id, item: n.item.json.id }";
    expect((await run(code, { nodes })).items).toEqual([{ json: { all: 2, first: 7, item: 7 } }]);
  });

  it('says which node it cannot see', async () => {
    const { failure } = await failureOf(run("return $('Nope').all()"));
    expect(failure.message).toMatch(/\$\('Nope'\) is not there.*has run.*literally/);
  });

  it('does not guess which item of another node belongs to this one', async () => {
    const nodes = { Other: [{ json: {} }, { json: {} }, { json: {} }] };
    const { failure } = await failureOf(run("return $('Other').item", { nodes }));
    expect(failure.message).toMatch(/3 items and this node 2/);
  });

  it('knows its run', async () => {
    expect(await resultOf('[$execution.id, $run.id, $workflow.id, $node.name, $runIndex]')).toEqual([
      'run-1',
      'run-1',
      'au',
      'My node',
      0,
    ]);
  });
});

describe('once for each item', () => {
  it('gives items in order, each paired with its own; nothing drops the item', async () => {
    const code =
      'if ($itemIndex === 1) return; return { i: $itemIndex, a: $json.a, b: $input.item.json.a, c: item.json.a }';
    const items = [...twoItems, { json: { a: 3 } }];
    expect((await eachItem(code, { items })).items).toEqual([
      { json: { i: 0, a: 1, b: 1, c: 1 }, pairedItem: { item: 0 } },
      { json: { i: 2, a: 3, b: 3, c: 3 }, pairedItem: { item: 2 } },
    ]);
  });

  it('names the item that failed', async () => {
    const { failure } = await failureOf(
      eachItem("if ($json.a === 2) throw new Error('bad order'); return item"),
    );
    expect(failure.message).toBe('The code failed for item 1 (line 1): bad order');
    expect((await failureOf(eachItem('return [item]'))).failure.message).toMatch(/For item 0 .* a list/);
  });
});

describe('results that cannot be items', () => {
  it.each([
    ['return 5', /returned the number 5/],
    ['const x = 1', /returned nothing/],
    ['return null', /returned null/],
    ["return ['a']", /Item 0 is the string a/],
    ['return [{}, 7]', /Item 1 is the number 7/],
    ['return { json: 1 }', /Item 0.json is the number 1/],
    ['return { json: {}, extra: 1 }', /beside it "extra"/],
    ['return { json: {}, pairedItem: -1 }', /Item 0 has a pairedItem/],
    ['return { deep: [{ f() {} }] }', /Item 0\.deep\[0\]\.f is a function/],
    ['return { n: 10n }', /Item 0\.n is the bigint 10.*Number/],
    ['return { s: Symbol() }', /Item 0\.s is the symbol/],
    ['const a = {}; a.self = a; return { json: { a } }', /Item 0\.json\.a\.self contains itself/],
    ['return { m: new Map() }', /Object\.fromEntries/],
    ['return { p: Promise.resolve(1) }', /Put await before it/],
    ['let a = {}; for (let i = 0; i < 500; i++) a = { a }; return a', /200 levels/],
    ['Array.prototype.map = () => [1]; return [{}]', /replaced built-in/],
    ['Object.prototype.toJSON = () => "x"; return []', /replaced built-in/],
  ])('%s', async (code, message) => {
    const { failure, error } = await failureOf(run(code));
    expect(failure.code).toBe('code-result');
    expect(failure.message).toMatch(message);
    expect(error.nonRetryable).toBe(true);
  });

  it('turns NaN into null and says so', async () => {
    const { items, logs } = await run('return { n: 0 / 0, i: Infinity }');
    expect(items).toEqual([{ json: { n: null, i: null } }]);
    expect(logs).toEqual(['warn: Item 0.n was NaN, which JSON cannot carry; it became null.']);
  });

  it('refuses more than a step may hand on, before it leaves the sandbox', async () => {
    const { failure } = await failureOf(run("return { text: 'x'.repeat(200000) }"));
    expect(failure.code).toBe('result-too-large');
  });
});

describe('failures of the code', () => {
  it.each([
    ['const a = 1;\nconst b = ;\n', 'code-syntax', /line 2, column 11/, { line: 2, source: 'const b = ;' }],
    ['return {', 'code-syntax', /ends in the wrong place/, undefined],
    ['import fs from "fs"', 'code-syntax', /line 1/, { line: 1 }],
    ['let x;\n\n  x.y.z();', 'code-error', /line 3\): TypeError/, { line: 3, source: 'x.y.z();' }],
    [
      "function deep() {\n throw new RangeError('far')\n}\ndeep()",
      'code-error',
      /line 2\): RangeError: far/,
      { line: 2 },
    ],
    ["throw { reason: 'odd' }", 'code-error', /"reason":"odd"/, undefined],
    ['throw null', 'code-error', /threw null/, undefined],
    ['await new Promise(() => {})', 'code-never-resolves', /nothing will ever resolve/, undefined],
    ['function f() { return f() + 1 }; f()', 'code-stack', /too deeply/, undefined],
    ["JSON.parse('['.repeat(1e6))", 'code-stack', /too deeply/, undefined],
    ["eval('['.repeat(1e6))", 'code-stack', /too deeply/, undefined],
  ])('%j', async (code, failureCode, message, details) => {
    const { failure, error } = await failureOf(run(code));
    expect(failure.code).toBe(failureCode);
    expect(failure.message).toMatch(message);
    expect(failure.hint).toBeTruthy();
    if (details) expect(failure.details).toMatchObject(details);
    expect(error.nonRetryable).toBe(true);
  });

  it.each([
    ["return fetch('http://x')", /fetch is not available/, /HTTP request node/],
    ["require('fs')", /require is not available/, /no packages/],
    ["await import('fs')", /packages cannot be imported/, /no packages/],
    ['setTimeout(() => {}, 1)', /setTimeout is not available/, /wait node/],
    ['return process.env', /process is not available/, /environment or secrets/],
    ["Buffer.from('x')", /Buffer is not available/, /atob/],
  ])('%s says what to use instead', async (code, message, hint) => {
    const { failure } = await failureOf(run(code));
    expect(failure.message).toMatch(message);
    expect(failure.hint).toMatch(hint);
  });

  it('keeps the last lines that were logged', async () => {
    const { failure } = await failureOf(run("console.log('got here'); throw new Error('boo')"));
    expect(failure.details).toMatchObject({ line: 1, logs: ['got here'] });
  });
});

describe('limits', () => {
  const short: JsonObject = { timeLimit: 0.2 };

  it.each([
    'while (true) {}',
    'try { while (true) {} } catch { return [] } finally { while (true) {} }',
    'const f = async () => { while (true) await null }; await f()',
    'const g = () => Promise.resolve().then(g); await g()',
    "return { r: /^(a+)+$/.test('a'.repeat(50) + 'b') }",
    '[1, 2].sort(() => { while (true); })',
  ])('of time: %s', async (code) => {
    const { failure, error } = await failureOf(run(code, { parameters: short }));
    expect(failure.code).toBe('code-timeout');
    expect(failure.message).toContain('0.2 s');
    expect(error.nonRetryable).toBe(true);
  });

  it.each([
    "let s = 'x'; while (true) s += s;",
    'const a = []; while (true) a.push(new Array(1000).fill(7));',
    "const a = []; while (true) a.push('x'.repeat(1e5) + a.length);",
    'const a = []; while (true) a.push({ a });',
    'new Uint8Array(500e6)',
    'new Array(1e9).fill(0)',
    'const m = new Map(); for (let i = 0; ; i++) m.set(i, [i]);',
  ])('of memory: %s', async (code) => {
    const { failure, error } = await failureOf(run(code, { parameters: { memoryLimit: 16 } }));
    expect(failure.code).toBe('code-memory');
    expect(failure.message).toContain('16 MB');
    expect(error.nonRetryable).toBe(true);
  });

  it('let code that catches its own lack of memory go on', async () => {
    const code =
      'const a = []; try { while (true) a.push(new Array(1000).fill(7)) } catch (e) { a.length = 0; return { caught: e.message } }';
    expect((await run(code, { parameters: { memoryLimit: 16 } })).items).toEqual([
      { json: { caught: 'out of memory' } },
    ]);
  });

  it('of the log: 200 lines of 2,000 characters', async () => {
    const { logs = [] } = await run(
      "console.error('x'.repeat(5000)); for (let i = 0; i < 299; i++) console.log(i, { i }, 1n); return []",
    );
    expect(logs).toHaveLength(201);
    expect(logs[0]).toBe(`error: ${'x'.repeat(1_993)}…`);
    expect(logs[1]).toBe('0 {"i":0} 1');
    expect(logs.at(-1)).toContain('100 more lines');
  });

  it('of one hold up nobody else: ten bombs at once, and code that works beside them', async () => {
    const bombs = [
      'while (true) {}',
      'const a = []; while (true) a.push(new Array(1000).fill(7));',
      "/^(a+)+$/.test('a'.repeat(50) + 'b')",
    ];
    const failed = Array.from({ length: 10 }, (_, at) =>
      failureOf(run(bombs[at % 3] ?? '', { parameters: { ...short, memoryLimit: 16 } })),
    );
    const context = { ...effectInput({}).context, workspace: 'another' };
    const order: string[] = [];
    const normal = run('return { fine: true }', { context }).then((result) => {
      order.push('normal');
      return result.items;
    });
    const all = Promise.all(failed).then((failures) => {
      order.push('bombs');
      return failures.map(({ failure }) => failure.code);
    });
    expect(await normal).toEqual([{ json: { fine: true } }]);
    for (const code of await all) expect(['code-timeout', 'code-memory']).toContain(code);
    expect(order).toEqual(['normal', 'bombs']);
  });

  it('leave no thread behind that a cancel should have ended', async () => {
    const env = activityContext();
    const work = run('while (true) {}', {}, env);
    setImmediate(() => env.cancel());
    await expect(work).rejects.toBeInstanceOf(CancelledFailure);
    expect((await run('return []')).items).toEqual([]);
  });
});

describe('the walls', () => {
  it('show nothing of Node, by any way to the global object', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'Buffer',
      'WebAssembly',
      'Worker',
      'performance',
      'std',
      'os',
    ];
    const ways = [
      'globalThis',
      "(0, eval)('this')",
      "Function('return this')()",
      "({}).constructor.constructor('return this')()",
      "(async () => {}).constructor('return globalThis')",
      "$input.all.constructor('return this')()",
      "console.log.constructor('return this')()",
    ];
    for (const way of ways) {
      const code = `let g = ${way}; if (typeof g === 'function') g = await g(); return { seen: ${JSON.stringify(names)}.filter((name) => name in g) }`;
      expect((await run(code)).items).toEqual([{ json: { seen: [] } }]);
    }
  });

  it('carry nothing from one run to the next', async () => {
    await run("globalThis.leak = 1; Array.prototype.leak = 2; Object.prototype.leak = 3; return '' || []");
    const left = await Promise.all(
      [1, 2, 3, 4].map(() => resultOf('[typeof leak, typeof [].leak, typeof ({}).leak]')),
    );
    for (const one of left) expect(one).toEqual(['undefined', 'undefined', 'undefined']);
  });

  it('do not let a result touch prototypes outside', async () => {
    const { items } = await run(
      'return JSON.parse(\'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}\')',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify(items)).toContain('"__proto__":{"polluted":true}');
  });

  it('let dates reach only the members of luxon that are named', async () => {
    expect(await resultOf('$now.constructor.constructor("return typeof process")()')).toBe('undefined');
    expect(
      await resultOf('[typeof $now.plus, typeof $now.loc, typeof $now.c, typeof DateTime.expandFormat]'),
    ).toEqual(['function', 'undefined', 'undefined', 'undefined']);
  });
});

describe('dates, formats and chance', () => {
  it('repeat exactly, from the time and the key of the step', async () => {
    const code =
      'return { r: [Math.random(), Math.random()], t: Date.now(), d: new Date(), n: $now, s: Date() }';
    const [first, second] = await Promise.all([run(code), run(code)]);
    expect(second).toEqual(first);
    expect(first?.items[0]?.json).toMatchObject({
      t: Date.UTC(2024, 0, 31, 12),
      d: '2024-01-31T12:00:00.000Z',
    });
    const context = { ...effectInput({}).context, idempotencyKey: 'run-2:n1:0' };
    expect((await run(code, { context })).items[0]?.json.r).not.toEqual(first?.items[0]?.json.r);
  });

  it.each([
    ['$now.toISO()', '2024-01-31T09:00:00.000-03:00'],
    ['$today', '2024-01-31T00:00:00.000-03:00'],
    ["$now.plus({ months: 1 }).toFormat('dd/MM/yyyy')", '29/02/2024'],
    ["$now.setZone('Asia/Tokyo').hour", 21],
    ["DateTime.fromISO('2024-03-01').diff(DateTime.fromISO('2024-02-01'), 'days').days", 29],
    ["DateTime.fromFormat('31-12-2023', 'dd-MM-yyyy').weekdayLong", 'Sunday'],
    ['$now > $now.minus({ seconds: 1 }) && $now instanceof DateTime', true],
    ["DateTime.fromISO('nonsense').isValid", false],
    ["$now.setLocale('pt-BR').monthLong + '!'", 'janeiro!'],
    ["Duration.fromObject({ hours: 36 }).as('days')", 1.5],
    ['new Date(0) instanceof Date && new Date().getTime() === Date.now()', true],
    [
      "(1234.5).toLocaleString('pt-BR', { style: 'currency', currency: 'BRL' }).replace(/\\s/u, ' ')",
      'R$ 1.234,50',
    ],
    ["new Date().toLocaleDateString('pt-BR')", '31/01/2024'],
    ["new Intl.NumberFormat('en-US').format(1e6)", '1,000,000'],
    ["atob(btoa('héllo'))", 'héllo'],
    ['structuredClone({ d: new Date(5), l: [1] })', { d: '1970-01-01T00:00:00.005Z', l: [1] }],
  ])('%s', async (expression, value) => {
    expect(await resultOf(expression)).toEqual(value);
  });

  it("passes luxon's complaints on", async () => {
    const { failure } = await failureOf(run('return { d: $now.plus({ parsecs: 1 }) }'));
    expect(failure.message).toMatch(/line 1\): Invalid unit parsecs/);
  });
});

it('refuses parameters that are not those of the node', async () => {
  const { failure } = await failureOf(run('return []', { parameters: { timeLimit: 600 } }));
  expect(failure.code).toBe('bad-parameters');
});
