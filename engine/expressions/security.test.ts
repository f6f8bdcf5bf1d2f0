import { describe, expect, it } from '@jest/globals';
import { createBudget, createScope, ExpressionError, evaluateTemplate } from './index.ts';
import { ITEMS, SOURCE, sampleScope } from './test-scope.ts';

/** What an attack ends in: the code of its error, or the value it was given. */
function outcome(code: string): { code?: string; value?: unknown; used: number; allocated: number } {
  const budget = createBudget();
  try {
    const value = evaluateTemplate(`={{ ${code} }}`, sampleScope(), budget);
    return { value, used: budget.used, allocated: budget.allocated };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { code: error.code, used: budget.used, allocated: budget.allocated };
  }
}

const escapes = [
  // CVE-2025-68613, CVE-2026-1470, CVE-2026-27577 and their kin: reach Function through a prototype.
  "$input.constructor.constructor('return process')()",
  "(function(){ return this.process.mainModule.require('child_process').execSync('id') })()",
  "[].constructor.constructor('return 1')()",
  "''['constructor']['constructor']('return process')()",
  "(() => {}).constructor('return process')()",
  "(x => x)['const' + 'ructor']('return 1')()",
  "$json.list.map.constructor('return 1')()",
  "Math.floor.constructor('return 1')()",
  "$('Fetch').all.constructor('return 1')()",
  "$now.constructor.constructor('return process')()",
  'Object.getPrototypeOf($json)',
  "Object.getOwnPropertyDescriptor($json, 'list').constructor",
  "Object.defineProperty({}, 'a', {})",
  'Object.setPrototypeOf({}, {})',
  'Object.create({})',
  'Object.constructor',
  'JSON.constructor',
  '({}).__proto__',
  "({})['__proto__']",
  '$json.__proto__.polluted = 1',
  "({ ['__proto__']: { polluted: 1 } })",
  '({ __proto__: { polluted: 1 } })',
  '(({ constructor }) => constructor)({})',
  "(({ constructor: { constructor: F } }) => F('return 1')())(() => 1)",
  "({})?.constructor?.constructor?.('return 1')?.()",
  'with ({}) {}',
  'globalThis',
  'process.env',
  "require('fs')",
  'eval("1")',
  'new Function("return 1")()',
  'Function("return 1")()',
  'Reflect.ownKeys($json)',
  'new Proxy({}, {})',
  'Symbol.iterator',
  '[][Symbol.iterator]',
  'arguments',
  'new.target',
  'import.meta',
  'super.x',
  '$json.list.__defineGetter__("x", () => 1)',
  '$json.list.__lookupGetter__("length")',
  '(() => 1).call({})',
  '(() => 1).apply({}, [])',
  '(() => 1).bind({})',
  '$now._zone',
  '$now.loc.constructor',
  'DateTime.prototype',
  'DateTime.Settings',
  '/a/.constructor',
  'new Date().constructor',
  '$env.SECRET',
  "$('Fetch').scope",
  '$input.scope.source',
  "'a'.replace(/a/, (m) => m.constructor('x'))",
  '(() => { try { $input.constructor } catch (e) { return e.constructor } })()',
  // Getters and setters, in literals and classes.
  '({ get a() { return this } }).a',
  '({ set a(x) { x.constructor } }).a = 1',
  "({ get ['constructor']() { return 1 } })",
  '(class { static get a() { return 1 } }).a',
  '(class extends Object {}).constructor',
  'Object.entries({ get a() { return process } })',
  // Templates with a tag call what they name.
  'String.raw`x`',
  '(s => s.raw)`a`',
  '[].map.constructor`return 1`()',
  '$json.list.map`x`',
  '$input.constructor`return 1```',
  '((x) => x)`b`',
];

describe('ways out of the sandbox', () => {
  it.each(escapes)('%s', (code) => {
    const result = outcome(code);
    if (result.code === undefined) expect(result.value).toBeUndefined();
    else expect(['forbidden', 'unsupported', 'reference', 'type', 'syntax']).toContain(result.code);
  });

  it('never calls toString, valueOf or toJSON that an expression supplies', () => {
    const bait = '{ toString: () => "ran", valueOf: () => 7, toJSON: () => "ran" }';
    expect(outcome(`'' + ${bait}`).value).toBe('[object Object]');
    expect(outcome(`+${bait}`).value).toBeNaN();
    expect(outcome(`JSON.stringify(${bait})`).value).toBe('{}');
    expect(outcome(`[${bait}].join()`).value).toBe('[object Object]');
  });

  it('does not let JSON, spread, assign or keys of data change a prototype', () => {
    const scope = createScope({
      ...SOURCE,
      items: [{ json: JSON.parse('{"o":{"__proto__":{"polluted":1},"constructor":"data"}}') }],
    });
    const run = (code: string): unknown => evaluateTemplate(`={{ ${code} }}`, scope, createBudget());
    run('Object.assign({}, $json.o)');
    run('({ ...$json.o })');
    run('JSON.parse(\'{"__proto__":{"polluted":1}}\')');
    run('\'{"\\\\u005f_proto__":{"polluted":1}}\'.parseJson()');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(run('JSON.parse(\'{"__proto__":{"polluted":1}}\').polluted')).toBeUndefined();
    expect(run('({ ...$json.o }).polluted')).toBeUndefined();
    expect(run('$json.o.constructor')).toBe('data');
  });

  it('keeps functions that data might carry out of reach', () => {
    const json = { run: () => 'ran' } as unknown as Record<string, unknown>;
    const scope = createScope({ ...SOURCE, items: [{ json }] });
    expect(evaluateTemplate('={{ $json.run }}', scope, createBudget())).toBeUndefined();
    expect(() => evaluateTemplate('={{ $json.run() }}', scope, createBudget())).toThrow(ExpressionError);
  });

  it('never changes the data of the run', () => {
    const before = JSON.stringify(ITEMS);
    for (const code of [
      '$json.list.push(9)',
      '$json.list.splice(0, 1)',
      '$json.list.sort((a, b) => { $json.list.push(1); return a - b })',
      '$json.list.sort().push(9)',
      'Object.assign($json, { x: 1 })',
      'Object.assign($json.user, { x: 1 })',
      '$json.user.name = "x"',
      '(() => { const u = $json.user; u.name = "x" })()',
      '(() => { const [a] = [$json.user]; a.name = "x" })()',
      '[...$input.all()].forEach(i => { i.json.n = 5 })',
      '$input.all().reverse()',
      '$json.list.map((x, i, all) => { all[0] = 9 })',
      '$workflow.name = "x"',
    ]) {
      outcome(code);
    }
    expect(JSON.stringify(ITEMS)).toBe(before);
    expect(SOURCE.workflow.name).toBe('Orders');
  });
});

const exhaustions = [
  "'a'.repeat(1e9)",
  "'a'.padStart(1e9)",
  "'a'.padEnd(5e8, 'xy')",
  '(() => { let s = "x"; while (true) s += s; })()',
  '(() => { let s = "x".repeat(4e6); while (true) { s += "y"; s.charCodeAt(0); } })()',
  '(() => { const a = []; while (true) a.push(a); })()',
  '(() => { for (;;) {} })()',
  'Array(1e9)',
  'new Array(4294967295).fill(0)',
  'Array.from({ length: 1e9 })',
  'Array.from({ length: 5e5 }, (_, i) => i).map(x => Array.from({ length: 5e5 }))',
  '(f => f(f))(f => f(f))',
  '(f => [1].map(() => f(f)))(f => [1].map(() => f(f)))',
  '(f => "a".replace("a", () => f(f)))(f => "a".replace("a", () => f(f)))',
  '(f => [2, 1].sort(() => f(f)))(f => [2, 1].sort(() => f(f)))',
  '(() => { const a = []; a.push(a); return a + ""; })()',
  '(() => { const a = []; a.push(a); return JSON.stringify(a); })()',
  '(() => { const a = []; a.push(a); return a.flat(Infinity); })()',
  '(() => { const a = []; a.push(a); return a; })()',
  '(() => { const o = {}; o.o = o; return o; })()',
  '(() => { let a = [1]; while (true) a = [a, a]; return a; })()',
  '(() => { let a = [1, 2]; while (true) a = a.concat(a); })()',
  '(() => { let a = ["xxxxxxxxxx"]; while (true) a = [a.join(",") + a.join(",")]; })()',
  '(() => { let o = {}; for (let i = 0; ; i++) o["k" + i] = i; })()',
  '/(a+)+$/.test("a".repeat(40) + "b")',
  '/(a|aa)+$/.test("a".repeat(60) + "b")',
  '/(.*)*x/.test("a".repeat(5000))',
  '/^(([a-z])+.)+[A-Z]([a-z])+$/.test("a".repeat(60))',
  '/(\\w+\\s?)+$/.test("word ".repeat(200) + "!")',
  '/\\s+$/.test(" ".repeat(200000) + "x")',
  '/(?=(a+))a*b\\1/.test("a".repeat(5000))',
  '/(?<=a+)b/.test("a".repeat(20000))',
  '/((a{0,100}){0,100}){0,100}$/.test("a".repeat(100))',
  '/(a?){60}a{60}/.test("a".repeat(60))',
  'new RegExp("(".repeat(500) + ")".repeat(500))',
  'new RegExp("a".repeat(100000))',
  '(() => { while (true) new RegExp("((a{20}){20}){5}"); })()',
  '"ab".repeat(50000).replace(/a/g, "$`")',
  '"x".repeat(100000).split("").map(c => c.repeat(1000))',
  '"x".repeat(4e6).split("")',
  '(() => { const s = "a".repeat(1e6) + "b"; let n = 0; while (true) n += s.indexOf("b"); })()',
  '(() => { const s = "a".repeat(1e6); const t = s + ""; while (true) if (s.slice(1) + "a" !== t) break; else continue; })()',
  '(() => { while (true) "2024-13-45 not a date".toDateTime; })()',
  '(() => { while (true) new Date("not a date at all"); })()',
  '(() => { while (true) $now.setZone("Asia/Tokyo").startOf("month").toISO(); })()',
  'JSON.parse("[".repeat(100000) + "]".repeat(100000))',
  'Math.max(...Array.from({ length: 200000 }, (_, i) => i))',
  'String.fromCharCode(...Array.from({ length: 200000 }, () => 65))',
  '[1].concat(...Array.from({ length: 200000 }, () => [1]))',
  '(() => { const m = new Map(); for (let i = 0; ; i++) m.set(i, i); })()',
  'Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i]))',
  '(() => { try { while (true) {} } catch { return "caught" } })()',
  '(() => { const f = () => { try { return f(); } catch { return f(); } }; return f(); })()',
  // What the host does in one call, on as much as there may be.
  '"ä".repeat(2e6).normalize("NFD")',
  '(() => { const s = "ß".repeat(1e5); while (true) s.toUpperCase(); })()',
  '(() => { const a = Array.from({ length: 2e4 }, (_, i) => "x".repeat(100) + i); while (true) a.sort(); })()',
  '(() => { const a = Array.from({ length: 1e5 }, (_, i) => i); while (true) a.includes(-1); })()',
  '(() => { const a = Array.from({ length: 1e5 }, (_, i) => i); while (true) a.unshift(0); })()',
  '(() => { const o = { s: "x".repeat(1e6) }; while (true) JSON.stringify(o); })()',
  '"a,".repeat(1e6).split(",").join(";")',
  '"a".repeat(1e6).replaceAll("a", "bb")',
  'encodeURIComponent("ä".repeat(1e6))',
  '(() => { const s = "a".repeat(1e5); while (true) s.localeCompare(s + "b"); })()',
  '(f => { const o = {}; let p = o; for (let i = 0; i < 5e4; i++) p = p.a = {}; return JSON.stringify(o); })()',
  '(() => { const f = (n) => n === 0 ? 0 : 1 + f(n - 1); return f(1e6); })()',
  '(() => { const f = (n) => [n].map(f); return f(1); })()',
  '/(x+x+)+y/.test("x".repeat(100))',
  '/^(a|a?)+$/.test("a".repeat(30) + "b")',
  '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".match(/^(([a-z])+)+$/)',
  '"x".repeat(5e4).replace(/(x+)+y/g, "")',
  '/(?:a{1,50}){1,50}b/.test("a".repeat(500))',
];

describe('ways to exhaust the process', () => {
  it.each(exhaustions)('%s', (code) => {
    const result = outcome(code);
    if (result.code === undefined) expect(result.used).toBeLessThanOrEqual(100_000);
    else expect(['budget', 'type', 'syntax']).toContain(result.code);
    expect(result.value).not.toBe('caught');
  });

  it.each([
    ['brackets', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['nots', `${'!'.repeat(20_000)}1`],
    ['arrows', `${'x => '.repeat(9_000)}1`],
    ['conditions', `${'1 ? 1 : '.repeat(5_000)}1`],
    ['calls', `$json.list${'.slice()'.repeat(5_000)}`],
    ['length', `'${'x'.repeat(60_000)}'`],
  ])('refuses a source with too many %s before it runs', (_name, code) => {
    const { code: error, value } = outcome(code);
    expect(error ?? value).toMatch(/^(budget|syntax)$/);
  });

  it('holds a workflow task for no longer than its steps take', () => {
    const worst = [...escapes, ...exhaustions]
      .map((code) => {
        outcome(code); // compiled once before, as in a run over many items
        const began = process.cpuUsage();
        const { used, allocated } = outcome(code);
        return { code, ms: process.cpuUsage(began).user / 1_000, used, allocated };
      })
      .sort((a, b) => b.ms - a.ms);
    const shown = worst
      .slice(0, 3)
      .map(({ code, ms, used }) => `${ms.toFixed(1)} ms, ${used} steps: ${code}`);
    process.stdout.write(`Longest evaluations (CPU time):\n  ${shown.join('\n  ')}\n`);
    // The clock of a busy machine proves nothing. Steps do: at most one charge above the limit, however large, is refused unworked.
    for (const { allocated, used, code } of worst) {
      const charged = used <= 100_000 || outcome(code).code === 'budget';
      expect({ code, charged }).toEqual({ code, charged: true });
      if (allocated > 8_000_000) expect(outcome(code).code).toBe('budget');
    }
  });

  it('takes a long sum, which nests only in the parser', () => {
    expect(outcome(Array.from({ length: 600 }, () => '1').join(' + ')).value).toBe(600);
  });
});
