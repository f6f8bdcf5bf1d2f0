import { ExpressionError } from '../errors.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { type Captures, matchRegex } from '../regex/match-regex.ts';
import { callFunction } from '../values/call.ts';
import { isRecord, toText } from '../values/convert.ts';
import {
  Builtin,
  Closure,
  type Context,
  method,
  methods,
  newArray,
  newText,
  own,
  RegexValue,
} from '../values/internal.ts';

/** A match as JavaScript gives it: a list with `index`, `input` and `groups`. */
type Match = unknown[] & { index: number; input: string; groups: Record<string, unknown> | undefined };

function toMatch(context: Context, regex: RegexValue, input: string, captures: Captures): Match {
  const { program } = regex;
  const texts: unknown[] = [];
  for (let i = 0; i < captures.length; i += 2) {
    texts.push(captures[i]! < 0 ? undefined : newText(context, input.slice(captures[i], captures[i + 1])));
  }
  let groups: Record<string, unknown> | undefined;
  if (program.names.size > 0) {
    groups = own(context, {});
    for (const [name, index] of program.names) if (name !== '__proto__') groups[name] = texts[index];
  }
  return Object.assign(newArray(context, texts), { index: captures[0]!, input, groups });
}

/** `exec` with the movements of `lastIndex`. */
function execute(context: Context, regex: RegexValue, input: string): Captures | undefined {
  const { flags } = regex.program;
  const moves = flags.global || flags.sticky;
  const captures = matchRegex(regex.program, input, moves ? regex.lastIndex : 0, context.budget);
  if (moves) regex.lastIndex = captures === undefined ? 0 : captures[1]!;
  return captures;
}

/** Every match from the start; an empty match moves on by one character. */
function* allMatches(context: Context, regex: RegexValue, input: string): Generator<Captures> {
  let from = 0;
  while (from <= input.length) {
    context.budget.step(2);
    const captures = matchRegex(regex.program, input, from, context.budget);
    if (captures === undefined) return;
    yield captures;
    const end = captures[1]!;
    const wide = regex.program.flags.unicode && (input.codePointAt(end) ?? 0) > 0xffff;
    from = end > captures[0]! ? end : end + (wide ? 2 : 1);
  }
}

export const regexMethods = methods<RegexValue>({
  test: (context, regex, [text]) => execute(context, regex, toText(context, text)) !== undefined,
  exec: (context, regex, [text]) => {
    const input = toText(context, text);
    const captures = execute(context, regex, input);
    return captures === undefined ? null : toMatch(context, regex, input, captures);
  },
  toString: method<RegexValue>((_context, regex) => `/${regex.program.source}/${regex.program.flagText}`),
});

export const regexFields = methods<RegexValue>({
  source: (_context, regex) => regex.program.source,
  flags: (_context, regex) => regex.program.flagText,
  global: (_context, regex) => regex.program.flags.global,
  lastIndex: (_context, regex) => regex.lastIndex,
});

function asRegex(context: Context, pattern: unknown, flags: string): RegexValue {
  if (pattern instanceof RegexValue) return pattern;
  const source = pattern === undefined ? '(?:)' : toText(context, pattern);
  context.budget.step(source.length);
  const program = compileRegex(source === '' ? '(?:)' : source, flags);
  context.budget.step(program.code.length);
  return new RegexValue(program);
}

function needsGlobal(method: string, regex: RegexValue): void {
  if (!regex.program.flags.global) {
    throw new ExpressionError('type', `${method}() needs the flag g on its regular expression.`);
  }
}

export function matchText(context: Context, input: string, pattern: unknown): unknown {
  const regex = asRegex(context, pattern, '');
  if (!regex.program.flags.global) {
    const captures = execute(context, regex, input);
    return captures === undefined ? null : toMatch(context, regex, input, captures);
  }
  const found: string[] = [];
  for (const [start, end] of allMatches(context, regex, input))
    found.push(newText(context, input.slice(start, end)));
  return found.length === 0 ? null : newArray(context, found);
}

export function matchAllText(context: Context, input: string, pattern: unknown): unknown[] {
  const regex = asRegex(context, pattern, 'g');
  needsGlobal('matchAll', regex);
  const found: Match[] = [];
  for (const captures of allMatches(context, regex, input))
    found.push(toMatch(context, regex, input, captures));
  return newArray(context, found);
}

export function searchText(context: Context, input: string, pattern: unknown): number {
  const regex = asRegex(context, pattern, '');
  return matchRegex(regex.program, input, 0, context.budget)?.[0] ?? -1;
}

/** `replace` and `replaceAll`, with text or a function as the replacement. */
export function replaceText(context: Context, input: string, args: readonly unknown[], all: boolean): string {
  const [pattern, replacement] = args;
  const { budget } = context;
  const regex = pattern instanceof RegexValue ? pattern : undefined;
  if (all && regex !== undefined) needsGlobal('replaceAll', regex);
  const replace = replacer(context, input, regex, replacement);
  const parts: string[] = [];
  let position = 0;
  for (const captures of regex === undefined
    ? plainMatches(context, input, toText(context, pattern), all)
    : regexMatches(context, regex, input)) {
    const before = input.slice(position, captures[0]);
    const inserted = replace(captures);
    budget.allocate(before.length + inserted.length + 16);
    parts.push(before, inserted);
    position = captures[1]!;
  }
  parts.push(newText(context, input.slice(position)));
  return parts.join('');
}

function* regexMatches(context: Context, regex: RegexValue, input: string): Generator<Captures> {
  if (regex.program.flags.global) {
    regex.lastIndex = 0;
    yield* allMatches(context, regex, input);
    return;
  }
  const captures = execute(context, regex, input);
  if (captures !== undefined) yield captures;
}

function* plainMatches(context: Context, input: string, pattern: string, all: boolean): Generator<Captures> {
  context.budget.step((input.length >>> 8) * (pattern.length >>> 8));
  let from = 0;
  while (from <= input.length) {
    const start = input.indexOf(pattern, from);
    context.budget.scan((start < 0 ? input.length : start) - from);
    if (start < 0) return;
    context.budget.step();
    yield [start, start + pattern.length];
    if (!all) return;
    from = start + Math.max(1, pattern.length);
  }
}

function replacer(
  context: Context,
  input: string,
  regex: RegexValue | undefined,
  replacement: unknown,
): (captures: Captures) => string {
  const group = (captures: Captures, index: number): string | undefined =>
    captures[index * 2]! < 0 ? undefined : input.slice(captures[index * 2], captures[index * 2 + 1]);
  if (replacement instanceof Closure || replacement instanceof Builtin) {
    return (captures) => {
      const args: unknown[] = [];
      for (let i = 0; i < captures.length / 2; i++) args.push(group(captures, i));
      args.push(captures[0], input);
      if (regex !== undefined && regex.program.names.size > 0)
        args.push(toMatch(context, regex, input, captures).groups);
      return toText(context, callFunction(context, replacement, args));
    };
  }
  const template = toText(context, replacement);
  if (!template.includes('$')) return () => template;
  return (captures) => {
    context.budget.step(template.length >>> 3);
    return template.replace(/\$(\$|&|`|'|\d\d?|<[^>]*>)/g, (whole, what: string) => {
      const text = substitution(what, captures);
      const result = text ?? whole;
      context.budget.allocate(result.length);
      return result;
    });
  };

  /** What `$1`, `$&`, `` $` ``, `$'` or `$<name>` stands for; undefined leaves it as it is. */
  function substitution(what: string, captures: Captures): string | undefined {
    if (what === '$') return '$';
    if (what === '&') return group(captures, 0);
    if (what === '`') return input.slice(0, captures[0]);
    if (what === "'") return input.slice(captures[1]);
    if (what.startsWith('<')) {
      if (regex === undefined || regex.program.names.size === 0) return undefined;
      const index = regex.program.names.get(what.slice(1, -1));
      return index === undefined ? '' : (group(captures, index) ?? '');
    }
    const count = captures.length / 2 - 1;
    const index = Number(what);
    if (index >= 1 && index <= count) return group(captures, index) ?? '';
    const first = Number(what[0]);
    if (what.length === 2 && first >= 1 && first <= count) return (group(captures, first) ?? '') + what[1];
    return undefined;
  }
}

/** `split` by text, by a regular expression, or into characters. */
export function splitText(context: Context, input: string, separator: unknown, limit: unknown): unknown[] {
  const most = limit === undefined ? Infinity : Number(toText(context, limit)) >>> 0;
  if (isRecord(separator)) throw new ExpressionError('type', 'split() needs text or a regular expression.');
  if (separator === undefined) return newArray(context, most === 0 ? [] : [input]);
  const parts: unknown[] = [];
  const add = (part: string | undefined): boolean => {
    context.budget.allocate(8 + (part?.length ?? 0));
    context.budget.step();
    parts.push(part);
    return parts.length < most;
  };
  if (most > 0) {
    if (separator instanceof RegexValue) splitByRegex(context, input, separator, add);
    else splitByText(context, input, toText(context, separator), add);
  }
  return own(context, parts);
}

function splitByText(
  context: Context,
  input: string,
  separator: string,
  add: (part: string) => boolean,
): void {
  if (separator === '') {
    for (let i = 0; i < input.length; i++) if (!add(input[i]!)) return;
    return;
  }
  context.budget.step((input.length >>> 8) * (separator.length >>> 8));
  let from = 0;
  for (;;) {
    const next = input.indexOf(separator, from);
    if (!add(next < 0 ? input.slice(from) : input.slice(from, next)) || next < 0) return;
    from = next + separator.length;
  }
}

function splitByRegex(
  context: Context,
  input: string,
  regex: RegexValue,
  add: (part: string | undefined) => boolean,
): void {
  const program = regex.program.flags.sticky
    ? { ...regex.program, flags: { ...regex.program.flags, sticky: false } }
    : regex.program;
  if (input === '') {
    if (matchRegex(program, '', 0, context.budget) === undefined) add('');
    return;
  }
  let from = 0;
  let search = 0;
  while (search < input.length) {
    const captures = matchRegex(program, input, search, context.budget);
    if (captures === undefined || captures[0]! >= input.length) break;
    const [start, end] = captures as [number, number];
    if (end === from || (end === start && start === from)) {
      search = Math.max(search, start) + 1;
      continue;
    }
    if (!add(input.slice(from, start))) return;
    for (let i = 2; i < captures.length; i += 2) {
      if (!add(captures[i]! < 0 ? undefined : input.slice(captures[i], captures[i + 1]))) return;
    }
    from = end;
    search = end === start ? end + 1 : end;
  }
  add(input.slice(from));
}
