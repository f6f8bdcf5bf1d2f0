import type { RegexFlags } from './regex-flags.ts';
import type { RegexReader } from './regex-reader.ts';

/** Says whether a character (code unit, or code point with the flag u) belongs to a class. */
export type CharTest = (code: number) => boolean;

/** A class and what testing one character costs, in matcher instructions beyond the first. */
export interface CharClass {
  test: CharTest;
  cost: number;
}

export function isWordChar(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  );
}

const isDigit: CharTest = (code) => code >= 48 && code <= 57;

const isSpace: CharTest = (code) =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  code === 0x1680 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  code === 0xfeff;

/** The same letter for matching with the flag i: simple upper case, as ECMAScript's Canonicalize. */
export function foldCase(code: number): number {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  const upper = String.fromCodePoint(code).toUpperCase();
  const folded = upper.codePointAt(0)!;
  if (upper.length !== (folded > 0xffff ? 2 : 1)) return code;
  return folded < 128 ? code : folded;
}

/** `\d \w \s \p{…}` and their opposites after a backslash; undefined when it is another escape. */
export function parseEscapeClass(reader: RegexReader, flags: RegexFlags): CharClass | undefined {
  const char = reader.peek;
  const base = { d: isDigit, w: isWordChar, s: isSpace }[char.toLowerCase()];
  if (base !== undefined && /[dwsDWS]/.test(char)) {
    reader.next();
    return { test: char === char.toLowerCase() ? base : (code) => !base(code), cost: 0 };
  }
  if (flags.unicode && (char === 'p' || char === 'P')) return propertyClass(reader, char === 'P');
  return undefined;
}

/** `\p{L}`: the Unicode tables are the host's own, asked about one character at a time. */
function propertyClass(reader: RegexReader, negate: boolean): CharClass {
  const found = /^[pP]\{([A-Za-z_]{1,40}(?:=[A-Za-z_]{1,40})?)\}/.exec(
    reader.source.slice(reader.position, reader.position + 90),
  );
  if (found === null) throw reader.fail('has \\p without a {Property}');
  reader.position += found[0].length;
  let property: RegExp;
  try {
    property = new RegExp(`^\\p{${found[1]}}$`, 'u');
  } catch {
    throw reader.fail(`uses the Unicode property "${found[1]}", which does not exist`);
  }
  return { test: (code) => property.test(String.fromCodePoint(code)) !== negate, cost: 20 };
}

/** The inside of `[…]`, read after the opening bracket. */
export function parseClass(reader: RegexReader, flags: RegexFlags): CharClass {
  const negate = reader.eat('^');
  const tests: CharTest[] = [];
  let cost = 0;
  const ranges: number[] = [];
  while (!reader.eat(']')) {
    if (reader.done) throw reader.fail('has a "[" without "]"');
    const from = classAtom(reader, flags);
    if (typeof from !== 'number') {
      tests.push(from.test);
      cost += from.cost + 1;
      continue;
    }
    if (reader.peek !== '-' || reader.source[reader.position + 1] === ']') {
      ranges.push(from, from);
      continue;
    }
    reader.next();
    const to = classAtom(reader, flags);
    if (typeof to !== 'number') {
      ranges.push(from, from, 45, 45);
      tests.push(to.test);
      cost += to.cost + 1;
      continue;
    }
    if (to < from) throw reader.fail('has a range out of order in [ ]');
    ranges.push(from, to);
  }
  cost += ranges.length >>> 3;
  return {
    test: combine(tests, ranges, negate, flags.ignoreCase),
    cost: flags.ignoreCase ? cost * 3 + 6 : cost,
  };
}

function classAtom(reader: RegexReader, flags: RegexFlags): number | CharClass {
  if (!reader.eat('\\')) return reader.next();
  return parseEscapeClass(reader, flags) ?? reader.escapedChar(true);
}

function combine(tests: CharTest[], ranges: number[], negate: boolean, ignoreCase: boolean): CharTest {
  const plain: CharTest = (code) => {
    for (let i = 0; i < ranges.length; i += 2) {
      if (code >= ranges[i]! && code <= ranges[i + 1]!) return true;
    }
    for (const test of tests) if (test(code)) return true;
    return false;
  };
  const test: CharTest = ignoreCase
    ? (code) => plain(code) || plain(foldCase(code)) || plain(lowerCase(code))
    : plain;
  return negate ? (code) => !test(code) : test;
}

function lowerCase(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const lower = String.fromCodePoint(code).toLowerCase();
  const folded = lower.codePointAt(0)!;
  return lower.length === (folded > 0xffff ? 2 : 1) ? folded : code;
}
