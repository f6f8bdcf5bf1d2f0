import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBudget } from '../budget.ts';
import { compileRegex } from './compile-regex.ts';
import { matchRegex } from './match-regex.ts';

/** Our first match as JavaScript's `exec` gives it: groups and index. */
function ours(
  source: string,
  flags: string,
  input: string,
): { groups: (string | undefined)[]; index: number } | null {
  const captures = matchRegex(compileRegex(source, flags), input, 0, createBudget({ steps: 5_000_000 }));
  if (captures === undefined) return null;
  const groups: (string | undefined)[] = [];
  for (let i = 0; i < captures.length; i += 2) {
    groups.push(captures[i]! < 0 ? undefined : input.slice(captures[i], captures[i + 1]));
  }
  return { groups, index: captures[0]! };
}

function native(
  source: string,
  flags: string,
  input: string,
): { groups: (string | undefined)[]; index: number } | null {
  const match = new RegExp(source, flags).exec(input);
  return match === null ? null : { groups: [...match], index: match.index };
}

describe('our regular expressions', () => {
  it.each([
    ['a|ab', '', 'ab'],
    ['((a)|(ab))((c)|(bc))', '', 'abc'],
    ['a[a-z]{2,4}?', '', 'abcdefghi'],
    ['(aa|aabaac|ba|b|c)*', '', 'aabaac'],
    ['(z)((a+)?(b+)?(c))*', '', 'zaacbbbcac'],
    ['(?=(a+))', '', 'baaabac'],
    ['(?=(a+))a*b\\1', '', 'baaabac'],
    ['(.*?)a(?!(a+)b\\2c)\\2(.*)', '', 'baaabaac'],
    ['(a*)*', '', 'b'],
    ['(?:a*)*', '', 'aab'],
    ['(?:)*x', '', 'aax'],
    ['(\\2a)(\\1)', '', 'aaa'],
    ['(?<=\\$)\\d+(\\.\\d*)?', '', 'cost $10.50'],
    ['(?<!\\$)\\b\\d+', '', '$10 20'],
    ['(?<=(\\d+)(\\d+))$', '', '1053'],
    ['(?<=\\1(\\w))x', '', 'aax'],
    ['(?<year>\\d{4})-(?<month>\\d\\d)-\\k<month>', '', '2024-05-05'],
    ['^b', 'm', 'a\nb'],
    ['a$', 'm', 'a\nb'],
    ['a.b', '', 'a\nb'],
    ['a.b', 's', 'a\nb'],
    ['STRASSE|ß', 'i', 'strasse'],
    ['[^a-c]+', 'i', 'ABCdef'],
    ['\\u{1F600}', 'u', 'x😀'],
    ['^.$', 'u', '😀'],
    ['^.$', '', '😀'],
    ['\\p{Lu}\\p{Ll}+', 'u', 'é Éa'],
    ['[\\p{L}\\d]+', 'u', '-aé1-'],
    ['[\\w-]+', '', 'a-b c'],
    ['[\\s\\S]{3}', '', 'a\nb'],
    ['[]a', '', 'a'],
    ['[^]', '', '\n'],
    ['\\x41\\u0042\\cJ', '', 'AB\n'],
    ['a{,2}', '', 'a{,2}'],
    ['x{2}', '', 'xxx'],
    ['\\bfoo\\B', '', 'foo foobar'],
    ['(a)|b', '', 'b'],
    ['(?:(a)|b)*', '', 'ab'],
    ['\\0', '', '\0'],
    ['[\\b]', '', '\b'],
    ['\\/\\.', '', '/.'],
    ['(?:a+){2,3}?b', '', 'aaab'],
  ])('/%s/%s on %j agrees with JavaScript', (source, flags, input) => {
    expect(ours(source, flags, input)).toEqual(native(source, flags, input));
  });

  const leaf = fc.constantFrom(
    'a',
    'b',
    'c',
    '.',
    '\\w',
    '\\d',
    '[ab]',
    '[^a]',
    '\\b',
    '^',
    '$',
    '(?=a)',
    '(?!b)',
    '(?<=a)',
    '(?<!b)',
  );
  const repeatable = fc.constantFrom('a', 'b', '.', '[ab]', '[^b]', '\\w');
  const quantifier = fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,3}', '*?', '+?', '??', '{1,}?');
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(repeatable, quantifier).map(([atom, count]) => atom + count),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
      fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
      fc.tuple(tie('pattern'), quantifier).map(([a, count]) => `(${a})${count}`),
      tie('pattern').map((a) => `(${a})\\1`),
      tie('pattern').map((a) => `(?=(${a}))`),
      tie('pattern').map((a) => `(?<=(${a}))`),
    ),
  }));

  it('agree with JavaScript on random patterns', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'A'), maxLength: 8 });
    const flags = fc.constantFrom('', 'i', 'm', 's', 'u', 'im');
    fc.assert(
      fc.property(pattern, flags, text, (source, flag, input) => {
        expect(ours(source, flag, input)).toEqual(native(source, flag, input));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(['(', ')', '[', '*a', 'a**', 'a{2,1}', '(?<a>x)(?<a>y)', '(?x)', '\\k<a>(?<b>x)', '[b-a]'])(
    'refuse /%s/ as JavaScript does',
    (source) => {
      expect(() => new RegExp(source)).toThrow();
      expect(() => compileRegex(source, '')).toThrow('regular expression');
    },
  );

  it('count their steps', () => {
    const budget = createBudget();
    expect(() => matchRegex(compileRegex('(a+)+$', ''), `${'a'.repeat(50)}b`, 0, budget)).toThrow('steps');
    expect(budget.used).toBeGreaterThan(100_000);
    expect(budget.used).toBeLessThan(101_000);
  });
});
