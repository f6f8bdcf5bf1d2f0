import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBudget, evaluateTemplate } from './index.ts';
import { sampleScope } from './test-scope.ts';

/** The test alone may use eval: it is the oracle that says what JavaScript answers. */
// biome-ignore lint/security/noGlobalEval: the oracle of this property test; the product has no eval
const oracle = (code: string): unknown => globalThis.eval(`(${code})`);

/** The value or that there was an error: which error it is may differ. */
function attempt(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch {
    return { error: true };
  }
}

function agrees(code: string): void {
  const theirs = attempt(() => oracle(code)) as { value?: unknown; error?: boolean };
  const ours = attempt(() => evaluateTemplate(`={{ ${code} }}`, sampleScope(), createBudget())) as {
    value?: unknown;
    error?: boolean;
  };
  // Reaching through a missing value is an error in JavaScript and undefined in n8n's language.
  if (theirs.error && 'value' in ours && ours.value === undefined) return;
  expect({ code, ...ours }).toEqual({ code, ...theirs });
}

const number = fc
  .oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.5, -0.25, 1e21, 1e-7, 2 ** 31, -0))
  .map((n) => (n < 0 || Object.is(n, -0) ? `(${Object.is(n, -0) ? '-0' : n})` : String(n)));
const text = fc.constantFrom(
  "''",
  "'a'",
  "'abc'",
  "'Hello World'",
  "'12'",
  "' 7 '",
  "'a,b,c'",
  "'aXbXc'",
  "'ünïcödé'",
  "'😀x'",
  "'-1.5e3'",
);
const literal = fc.oneof(
  number,
  text,
  fc.constantFrom(
    'true',
    'false',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '[]',
    '[1, 2, 3]',
    "['b', 'a']",
    '({})',
    '({ a: 1 })',
    '[[1], [2, [3]]]',
  ),
);
const index = fc.constantFrom('0', '1', '2', '-1', '5', 'undefined', "'1'", 'NaN');

const { expression } = fc.letrec<{ expression: string; list: string; string: string }>((tie) => ({
  string: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.tuple(tie('string'), tie('expression')).map(([a, b]) => `(${a} + ${b})`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom('toUpperCase()', 'toLowerCase()', 'trim()', 'toString()', 'trimStart()'),
      )
      .map(([a, m]) => `${a}.${m}`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom('slice', 'substring', 'substr', 'at', 'charAt', 'charCodeAt'),
        index,
        index,
      )
      .map(([a, m, i, j]) => `${a}.${m}(${i}, ${j})`)
      .map((code) => `('' + ${code})`),
    fc
      .tuple(tie('string'), fc.constantFrom('padStart', 'padEnd'), fc.constantFrom('0', '3', '9'), text)
      .map(([a, m, n, p]) => `${a}.${m}(${n}, ${p})`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom('replace', 'replaceAll'),
        text,
        fc.constantFrom("'-'", "'[$&]'", "'$`|$\\''", "'$$'", 'm => m + m'),
      )
      .map(([a, m, p, r]) => `${a}.${m}(${p}, ${r})`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom('/[a-c]/g', '/(.)(.)/', '/x?/g', '/\\w+/', '/^|$/g'),
        fc.constantFrom("'-'", "'$2$1'", "'[$&]'", '(m, a) => m + a'),
      )
      .map(([a, p, r]) => `${a}.replace(${p}, ${r})`),
    tie('expression').map((a) => `String(${a})`),
    tie('expression').map((a) => `\`<\${${a}}>\``),
    fc.tuple(tie('list'), text).map(([a, s]) => `${a}.join(${s})`),
    tie('expression').map((a) => `('' + JSON.stringify(${a}))`),
  ),
  list: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      '[]',
      '[1, 2, 3]',
      "['b', 'a', 'C']",
      '[3, 10, 1, undefined]',
      '[[1], [2, [3]]]',
      '[null, 0, "", NaN]',
    ),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => `[...${a}, ...${b}]`),
    fc.tuple(tie('list'), tie('list')).map(([a, b]) => `${a}.concat(${b})`),
    fc
      .tuple(
        tie('list'),
        fc.constantFrom('x => x + 1', '(x, i) => i', 'x => [x]', 'x => typeof x', 'String', 'x => ({ x })'),
      )
      .map(([a, f]) => `${a}.map(${f})`),
    fc
      .tuple(tie('list'), fc.constantFrom('Boolean', 'x => x > 1', '(x, i) => i % 2'))
      .map(([a, f]) => `${a}.filter(${f})`),
    fc.tuple(tie('list'), index, index).map(([a, i, j]) => `${a}.slice(${i}, ${j})`),
    fc
      .tuple(
        tie('list'),
        fc.constantFrom(
          'sort()',
          'reverse()',
          'flat()',
          'flat(2)',
          'toSorted()',
          'toReversed()',
          'flatMap(x => [x, x])',
          'sort((a, b) => b - a)',
        ),
      )
      .map(([a, m]) => `${a}.${m}`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom("','", "''", '/[abX,]/', '/(b)/', '/(?:)/', 'undefined'),
        fc.constantFrom('', ', 2'),
      )
      .map(([a, s, n]) => `${a}.split(${s}${n})`),
    tie('expression').map((a) => `Object.keys({ a: ${a}, b: 1 })`),
    tie('expression').map((a) => `Object.entries({ a: ${a} })`),
  ),
  expression: fc.oneof(
    { depthSize: 'medium' },
    literal,
    tie('string'),
    tie('list'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          '+',
          '-',
          '*',
          '/',
          '%',
          '<',
          '>',
          '<=',
          '>=',
          '==',
          '!=',
          '===',
          '!==',
          '&&',
          '||',
          '&',
          '|',
          '^',
          '<<',
          '>>',
          '>>>',
        ),
        tie('expression'),
      )
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} ?? ${b})`),
    fc
      .tuple(fc.constantFrom('-', '+', '!', '~', 'typeof ', 'void '), tie('expression'))
      .map(([op, a]) => `(${op}${a})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('list'), index).map(([a, i]) => `${a}[${i}]`),
    fc.tuple(tie('list'), tie('expression')).map(([a, b]) => `${a}.includes(${b})`),
    fc.tuple(tie('list'), tie('expression')).map(([a, b]) => `${a}.indexOf(${b})`),
    fc
      .tuple(tie('list'), fc.constantFrom('some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex'))
      .map(([a, m]) => `${a}.${m}(x => x > 1)`),
    tie('list').map((a) => `${a}.reduce((t, x) => t + x, '')`),
    fc
      .tuple(
        tie('string'),
        fc.constantFrom('includes', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf'),
        text,
      )
      .map(([a, m, b]) => `${a}.${m}(${b})`),
    tie('string').map((a) => `${a}.length`),
    fc
      .tuple(tie('string'), fc.constantFrom('/\\d+/', '/[a-z]+/gi', '/(?<first>.)/u'))
      .map(([a, r]) => `[...(${a}.match(${r}) ?? ['none'])]`),
    tie('expression').map((a) => `Number(${a})`),
    tie('expression').map((a) => `parseInt(${a})`),
    tie('expression').map((a) => `Array.isArray(${a})`),
    tie('expression').map((a) => `(({ a, b = 2 }) => [a, b])({ a: ${a} })`),
    tie('expression').map(
      (a) =>
        `(() => { const t = []; for (const x of [1, 2]) { if (x > 1) t.push(${a}); else t.unshift(x); } return t; })()`,
    ),
  ),
}));

describe('the interpreter', () => {
  it('agrees with JavaScript on random expressions', () => {
    fc.assert(fc.property(expression, agrees), { numRuns: 1_500 });
  });
});
