/** What expressions give. Over 300 lines: tables of cases, one a line. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate, createBudget, ExpressionError, evaluateTemplate, parseTemplate } from './index.ts';
import { evaluate, failure, ITEMS, sampleScope } from './test-scope.ts';

describe('templates', () => {
  it('leaves text without a leading = alone', () => {
    expect(evaluate('{{ 1 + 1 }}')).toBe('{{ 1 + 1 }}');
    expect(evaluate('=plain text')).toBe('plain text');
    expect(parseTemplate('plain').kind).toBe('literal');
  });

  it('keeps the type of one block alone and joins anything else as text', () => {
    expect(evaluate('={{ $json.list }}')).toEqual([3, 1, 2]);
    expect(evaluate('={{ 1 + 1 }}')).toBe(2);
    expect(evaluate('= {{ 1 + 1 }}')).toBe(' 2');
    expect(evaluate('=a {{ 1 }} b {{ true }} c')).toBe('a 1 b true c');
    expect(evaluate('={{ 1 }}{{ 2 }}')).toBe('12');
  });

  it('writes nothing for missing values in text, and objects as JSON', () => {
    expect(evaluate('=[{{ undefined }}{{ null }}{{ NaN }}]')).toBe('[]');
    expect(evaluate('={{ $json.user }}!')).toBe('{"name":"Ann Lee","tags":["a","b"]}!');
    expect(evaluate('={{ [1, 2] }}!')).toBe('1,2!');
    expect(evaluate('={{ 0 }}{{ false }}!')).toBe('0false!');
  });

  it('finds the end of a block by parsing, not by the first }}', () => {
    expect(evaluate('={{ {a:{b:1}}.a.b }}')).toBe(1);
    expect(evaluate("={{ '}}' }} and {{ 2 }}")).toBe('}} and 2');
    expect(evaluate('={{{a:1}}}')).toEqual({ a: 1 });
    expect(evaluate('={{ 1 /* } */ }}')).toBe(1);
    expect(evaluate('={{ 1; }}')).toBe(1);
    expect(evaluate('={{ }}')).toBeUndefined();
    expect(evaluate('=\\{{ literal }}')).toBe('{{ literal }}');
  });

  it('makes a block undefined when it reaches through a missing value, as n8n does', () => {
    expect(evaluate('={{ $json.no.such.path }}')).toBeUndefined();
    expect(evaluate("={{ 'x' + $json.no.such }}")).toBeUndefined();
    expect(evaluate('={{ $json.no.trim() }}')).toBeUndefined();
    expect(evaluate("={{ $json.no?.such ?? 'default' }}")).toBe('default');
    expect(evaluate("={{ $json.no || 'default' }}")).toBe('default');
  });

  it('returns dates as ISO text and collections as JSON', () => {
    expect(evaluate('={{ $now }}')).toBe('2024-05-06T10:04:05.006-03:00');
    expect(evaluate('={{ { at: $today, set: new Set([1, 1]) } }}')).toEqual({
      at: '2024-05-06T00:00:00.000-03:00',
      set: [1],
    });
    expect(evaluate('={{ new Date(0) }}')).toBe('1970-01-01T00:00:00.000Z');
  });

  it('names the place and a next step in syntax errors', () => {
    expect(failure('={{ $json.a + }}')).toMatchObject({ code: 'syntax', column: 14 });
    expect(failure('=text {{ $json.a')).toMatchObject({ code: 'syntax', column: 7 });
    expect(failure('={{ a b }}')).toMatchObject({ code: 'syntax' });
    expect(checkTemplate('={{ 1 2 }}')?.message).toContain('should end before "2"');
    expect(checkTemplate('={{ $json.a.foo() }}')?.message).toContain('foo()');
    expect(checkTemplate('={{ $json.a.trim() }}')).toBeUndefined();
    expect(checkTemplate('={{ $jsn.a }}')).toMatchObject({ code: 'reference', column: 4 });
  });

  it('gives errors that survive JSON', () => {
    const error = failure("={{ $('Gone').item.json.id }}");
    expect(error).toBeInstanceOf(ExpressionError);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'ExpressionError',
      code: 'reference',
      column: 14,
      expression: "={{ $('Gone').item.json.id }}",
    });
  });
});

describe('the scope', () => {
  it.each([
    ['$json.user.name', 'Ann Lee'],
    ['$json["user"]["tags"][1]', 'b'],
    ['$input.item.json.list.length', 3],
    ['$input.all().length', 2],
    ['$input.first().json.user.name', 'Ann Lee'],
    ['$input.last().json.n', 2],
    ["$('Fetch').item.json.user.name", 'Ann Lee'],
    ["$('Fetch').first().json.list[0]", 3],
    ["$('Fetch').last().json.n", 2],
    ["$('Fetch').all()[1].json.n", 2],
    ["$('Fetch').itemMatching(1).json.n", 2],
    ["$('Fetch').isExecuted", true],
    ["$('Later').isExecuted", false],
    ["$('Fetch').params.url", 'https://example.com'],
    ['$node["Fetch"].json.user.name', 'Ann Lee'],
    ['$node.Fetch.json.list[0]', 3],
    ['$items("Fetch")[1].json.n', 2],
    ['$item(1).$json.n', 2],
    ['$items().length', 2],
    ['$binary.file.mimeType', 'text/plain'],
    ['$itemIndex', 0],
    ['$position', 0],
    ['$runIndex', 4],
    ['$prevNode.name', 'Fetch'],
    ['$vars.region', 'eu'],
    ['$workflow.name', 'Orders'],
    ['$automation.id', 'a1'],
    ['$execution.mode', 'manual'],
    ['$run.id', 'r1'],
    ['$parameter.limit', 5],
    ['$if(1 > 2, "a", "b")', 'b'],
    ['$ifEmpty("", "none")', 'none'],
    ['$max(1, 5, 3)', 5],
    ['$min([4, 2])', 2],
    ['Math.random()', 0.5],
    ['Date.now()', Date.UTC(2024, 4, 6, 13, 4, 5, 6)],
    ['DateTime.now().toMillis()', Date.UTC(2024, 4, 6, 13, 4, 5, 6)],
    ['new Date().getHours()', 13],
  ])('%s', (code, expected) => {
    expect(evaluate(`={{ ${code} }}`)).toEqual(expected);
  });

  it('moves from item to item', () => {
    expect(evaluateTemplate('={{ $json.n + $itemIndex }}', sampleScope().forItem(1), createBudget())).toBe(3);
  });

  it.each([
    ["$('Later').item.json", 'reference', 'has not run yet'],
    ["$('Nope').first()", 'reference', 'no node named "Nope"'],
    ['$input.itemz', 'reference', 'It has: item'],
    ['$env.HOME', 'forbidden', 'Environment'],
    ['$jmespath($json, "a")', 'unsupported', 'not available'],
    ["$fromAI('x')", 'unsupported', 'tools of an agent'],
    ["$('Fetch')", 'type', 'is not a value by itself'],
    ["$('Fetch').all", 'type', 'Add parentheses'],
    ['"x".trim', 'type', 'add parentheses'],
    ['$json.list.pop()', 'type', 'read-only'],
  ])('refuses %s clearly', (code, errorCode, text) => {
    const error = failure(`={{ ${code} }}`);
    expect(error.code).toBe(errorCode);
    expect(error.message).toContain(text);
  });
});

describe('the language', () => {
  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the expression's template, not ours
    ['`a${1 + 1}b`', 'a2b'],
    ['[1, 2, 3].map(x => x * 2)', [2, 4, 6]],
    ['[[1, "a"], [2, "b"]].map(([n, s]) => s + n)', ['a1', 'b2']],
    ['[{a: 1, b: 2}].map(({ a, ...rest }) => rest)', [{ b: 2 }]],
    ['((a, b = 2, ...c) => [a, b, c])(1, undefined, 3, 4)', [1, 2, [3, 4]]],
    ['{ ...$json.user, name: "B" }', { name: 'B', tags: ['a', 'b'] }],
    ['[...$json.list, ..."hi"]', [3, 1, 2, 'h', 'i']],
    ['Math.max(...$json.list)', 3],
    ['typeof $json.nope', 'undefined'],
    ['"a" in $json.user || "name" in $json.user', true],
    ['$now instanceof DateTime', true],
    ['[] instanceof Array', true],
    ['2 ** 3 ** 2', 512],
    ['(1, 2)', 2],
    ['null ?? 1', 1],
    ['void 0', undefined],
    ['$json.list.sort()', [1, 2, 3]],
    ['$json.list.reduce((sum, n) => sum + n, 0)', 6],
    ['Object.entries({a: 1}).map(([k, v]) => k + v).join()', 'a1'],
    ['Object.fromEntries([["a", 1]])', { a: 1 }],
    ['Object.assign({}, $json.user, {x: 1}).x', 1],
    ['[..."aab"].reduce((m, c) => { m[c] = (m[c] ?? 0) + 1; return m; }, {})', { a: 2, b: 1 }],
    [
      '(() => { let t = 0; for (const x of [1, 2, 3, 4]) { if (x === 3) continue; t += x; } return t; })()',
      7,
    ],
    [
      '(() => { const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); return fs.map(f => f()); })()',
      [0, 1, 2],
    ],
    ['(() => { let i = 0; while (true) { if (i++ > 4) break; } return i; })()', 6],
    ['(() => { const fact = n => n < 2 ? 1 : n * fact(n - 1); return fact(5); })()', 120],
    ['(() => { try { return "x".nope(); } catch (e) { return e.name; } })()', 'Error'],
    ['(() => { const a = [1]; const b = a; b.push(2); return a; })()', [1, 2]],
    ['new Map([["a", 1]]).get("a")', 1],
    ['[3, 10, 1].sort()', [1, 10, 3]],
    ['[3, 10, 1].sort((a, b) => a - b)', [1, 3, 10]],
    ['["1", "2"].map(Number)', [1, 2]],
    ['[0, 1, ""].filter(Boolean)', [1]],
    ['JSON.parse(\'{"a":[1]}\').a[0]', 1],
    ['JSON.stringify({a: [1, undefined, () => 1], b: undefined})', '{"a":[1,null,null]}'],
    ['parseInt("12px") + parseFloat("1.5")', 13.5],
    ['encodeURIComponent("a b&c")', 'a%20b%26c'],
    ['"a-b".split("-")', ['a', 'b']],
    ['/(?<y>\\d{4})-(?<m>\\d\\d)/.exec("on 2024-05").groups.m', '05'],
    ['"x1y22".match(/\\d+/g)', ['1', '22']],
    ['"John Smith".replace(/(\\w+) (\\w+)/, "$2, $1")', 'Smith, John'],
    ['"abc".replace(/b/, (m, i) => m.toUpperCase() + i)', 'aB1c'],
    ['[1, [2, [3]]].flat(Infinity)', [1, 2, 3]],
    ['(1234.5).toFixed(2)', '1234.50'],
    ['(1234567.891).toLocaleString()', '1,234,567.891'],
    ['(0.256).toLocaleString("en-US", { style: "percent" })', '26%'],
    ['(1234.5).toLocaleString("en-US", { style: "currency", currency: "USD" })', '$1,234.50'],
  ])('%s', (code, expected) => {
    expect(evaluate(`={{ ${code} }}`)).toEqual(expected);
  });

  it.each([
    ['function () {}', 'unsupported'],
    ['this', 'forbidden'],
    ['tag`x`', 'unsupported'],
    ['String.raw`x`', 'unsupported'],
    ['import("fs")', 'forbidden'],
    ['async () => 1', 'unsupported'],
    ['$json.a = 1', 'type'],
    ['x = 1', 'forbidden'],
    ['delete $json.list', 'unsupported'],
    ['new Function("1")', 'forbidden'],
    ['new Intl()', 'unsupported'],
    ['10n', 'unsupported'],
    ['class {}', 'unsupported'],
    ['(() => { const a = 1; a = 2 })()', 'type'],
    ['(() => { return a; let a = 1 })()', 'reference'],
    ['({ get a() { return 1 } })', 'unsupported'],
  ])('refuses %s', (code, errorCode) => {
    expect(failure(`={{ ${code} }}`).code).toBe(errorCode);
  });
});

describe('dates', () => {
  it.each([
    ["$now.format('yyyy-MM-dd')", '2024-05-06'],
    ["$now.toFormat('DDDD, HH:mm')", 'Monday, May 6, 2024, 10:04'],
    ['$now.plus(7, "days").toISODate()', '2024-05-13'],
    ['$now.minus({ months: 1 }).month', 4],
    ['$today.toISO()', '2024-05-06T00:00:00.000-03:00'],
    ["$now.setZone('Europe/Lisbon').hour", 14],
    ["$now.endOf('month').day", 31],
    ['$now.weekdayLong', 'Monday'],
    ["DateTime.fromISO('2024-05-01').diff($today, 'days').days", -5],
    ["$today.diffTo('2024-05-01', 'days')", 5],
    ["'2024-02-29'.toDateTime().plus({ years: 1 }).toISODate()", '2025-02-28'],
    ["'2024-02-29T10:00:00+02:00'.toDateTime().toISO()", '2024-02-29T10:00:00.000+02:00'],
    ["DateTime.fromFormat('06/05/2024', 'dd/MM/yyyy').toISODate()", '2024-05-06'],
    ['DateTime.fromObject({ hour: 9 }).toISO()', '2024-05-06T09:00:00.000-03:00'],
    ["new Date('2024-01-05').toLocaleDateString()", '1/5/2024'],
    ["new Date('Jan 5, 2024 10:30').toISOString()", '2024-01-05T10:30:00.000Z'],
    [
      "new Date('2024-01-05T23:00:00').toLocaleString('pt-BR', { timeZone: 'Asia/Tokyo' })",
      '06/01/2024, 08:00:00',
    ],
    ['new Date(2024, 0, 31).toISOString()', '2024-01-31T00:00:00.000Z'],
    ["new Date('nonsense').getTime()", Number.NaN],
    ["$now.isBetween('2024-05-01', '2024-06-01')", true],
    ["$now.minus(2, 'hours').toRelative()", '2 hours ago'],
    ['Duration.fromObject({ hours: 3, minutes: 20 }).toHuman()', '3 hours, 20 minutes'],
    ['$now.toLocaleString(DateTime.DATE_MED)', 'May 6, 2024'],
    ['$now > $today', true],
  ])('%s', (code, expected) => {
    expect(evaluate(`={{ ${code} }}`)).toEqual(expected);
  });

  it('never asks for a locale the worker and the browser could disagree on', () => {
    expect(failure("={{ $now.setLocale('fr').toFormat('MMMM') }}").code).toBe('unsupported');
    expect(failure("={{ (1).toLocaleString('hi-IN') }}").code).toBe('unsupported');
  });
});

describe("n8n's helpers", () => {
  it.each([
    ["'ann@example.com'.isEmail()", true],
    ["'mail ann@example.com now'.extractEmail()", 'ann@example.com'],
    ["'https://www.example.com/a?b'.extractDomain()", 'www.example.com'],
    ["'see https://x.io/a b'.extractUrl()", 'https://x.io/a'],
    ["'https://x.io'.isUrl()", true],
    ["'12.5'.isNumeric()", true],
    ["'12.7'.toInt()", 12],
    ["'1,234.5'.toNumber()", 1234.5],
    ["'no'.toBoolean()", false],
    ["'hello big world'.toTitleCase()", 'Hello Big World'],
    ["'hello. big world'.toSentenceCase()", 'Hello. Big world'],
    ["'helloBig World'.toSnakeCase()", 'hello_big_world'],
    ["'hello big-world'.toCamelCase()", 'helloBigWorld'],
    ["'<b>x</b>'.removeTags()", 'x'],
    ["'# A **b** [c](d)'.removeMarkdown()", 'A b c'],
    ["'Ação'.replaceSpecialChars()", 'Acao'],
    ["'a b'.urlEncode().urlDecode()", 'a b'],
    ["'olá'.base64Encode()", 'b2zDoQ=='],
    ["'b2zDoQ=='.base64Decode()", 'olá'],
    ['\'{"a":1}\'.parseJson().a', 1],
    ["'a'.quote()", '"a"'],
    ['[1, 2, 3].sum()', 6],
    ['[1, 2, 3].average()', 2],
    ['[{a: 1}, {a: 1}, {a: 2}].unique()', [{ a: 1 }, { a: 2 }]],
    ["[{a: 1, b: 1}, {a: 2, b: 1}].removeDuplicates('b')", [{ a: 1, b: 1 }]],
    ["[{a: 1}, {a: 2}].pluck('a')", [1, 2]],
    ["[1, null, '', [], 2].compact()", [1, 2]],
    ['[1, 2, 3].chunk(2)', [[1, 2], [3]]],
    ['[1, 2].union([2, 3])', [1, 2, 3]],
    ['[1, 2].intersection([2, 3])', [2]],
    ['[1, 2].difference([2, 3])', [1]],
    ["[{a: 1}].renameKeys('a', 'b')", [{ b: 1 }]],
    ["[{k: 'x', v: 1}].smartJoin('k', 'v')", { x: 1 }],
    ['[5, 6].randomItem()', 6],
    ['[].isEmpty()', true],
    ['({a: null, b: 1}).compact()', { b: 1 }],
    ["$json.user.hasField('name')", true],
    ["({a: 1, b: 2}).removeField('a')", { b: 2 }],
    ['({a: 1}).merge({a: 2, b: 2})', { a: 1, b: 2 }],
    ["({a: 'x y', b: 1}).urlEncode()", 'a=x+y&b=1'],
    ['({a: 1}).toJsonString()', '{"a":1}'],
    ['(1.005).round(2)', 1.01],
    ['(4).isEven()', true],
    ['true.toNumber()', 1],
    ['(1714996800).toDateTime("s").toUTC().toISO()', '2024-05-06T12:00:00.000Z'],
  ])('%s', (code, expected) => {
    expect(evaluate(`={{ ${code} }}`)).toEqual(expected);
  });

  it('leaves the items of the run unchanged', () => {
    const before = JSON.stringify(ITEMS);
    evaluate('={{ $json.list.sort().reverse().map(x => x).concat([1]).fill(0) }}');
    evaluate('={{ ({ ...$json }).user }}');
    expect(JSON.stringify(ITEMS)).toBe(before);
  });
});
