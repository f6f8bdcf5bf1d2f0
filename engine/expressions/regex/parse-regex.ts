import { ExpressionError } from '../errors.ts';
import { type CharClass, parseClass, parseEscapeClass } from './char-class.ts';
import type { RegexFlags } from './regex-flags.ts';
import { RegexReader } from './regex-reader.ts';

/** The tree of a regular expression. `min`/`max` count repetitions; `first`/`last` are the groups inside. */
export type RegexNode =
  | { type: 'char'; code: number }
  | ({ type: 'set' } & CharClass)
  | { type: 'start' | 'end' | 'word' | 'notWord' }
  | { type: 'sequence'; nodes: RegexNode[] }
  | { type: 'choice'; nodes: RegexNode[] }
  | { type: 'group'; index: number | undefined; node: RegexNode }
  | { type: 'repeat'; node: RegexNode; min: number; max: number; lazy: boolean; first: number; last: number }
  | { type: 'look'; behind: boolean; negate: boolean; node: RegexNode }
  | { type: 'back'; index: number | string };

export interface ParsedRegex {
  node: RegexNode;
  /** Number of capturing groups. */
  groups: number;
  /** Group number by name. */
  names: Map<string, number>;
}

const MAX_PATTERN = 2_000;
const MAX_DEPTH = 60;

/** Parses the part between the slashes. Throws `syntax` with what is wrong. */
export function parseRegex(source: string, flags: RegexFlags): ParsedRegex {
  if (source.length > MAX_PATTERN) {
    throw new ExpressionError('budget', `A regular expression may have ${MAX_PATTERN} characters at most.`);
  }
  const parser = new Parser(source, flags);
  const node = parser.choice(0);
  if (!parser.reader.done) throw parser.reader.fail('has a ")" without "("');
  for (const name of parser.backNames) {
    if (!parser.names.has(name))
      throw parser.reader.fail(`refers to the group "${name}", which does not exist`);
  }
  return { node, groups: parser.groups, names: parser.names };
}

class Parser {
  readonly reader: RegexReader;
  readonly flags: RegexFlags;
  readonly names = new Map<string, number>();
  readonly backNames = new Set<string>();
  readonly hasNames: boolean;
  readonly totalGroups: number;
  groups = 0;

  constructor(source: string, flags: RegexFlags) {
    this.reader = new RegexReader(source, flags.unicode);
    this.flags = flags;
    this.hasNames = source.includes('(?<') && /\(\?<[^=!]/.test(source);
    this.totalGroups = countGroups(source);
  }

  choice(depth: number): RegexNode {
    if (depth > MAX_DEPTH) throw this.reader.fail('nests groups too deeply');
    const nodes = [this.sequence(depth)];
    while (this.reader.eat('|')) nodes.push(this.sequence(depth));
    return nodes.length === 1 ? nodes[0]! : { type: 'choice', nodes };
  }

  private sequence(depth: number): RegexNode {
    const nodes: RegexNode[] = [];
    while (!this.reader.done && this.reader.peek !== '|' && this.reader.peek !== ')')
      nodes.push(this.term(depth));
    return nodes.length === 1 ? nodes[0]! : { type: 'sequence', nodes };
  }

  private term(depth: number): RegexNode {
    const groupsBefore = this.groups;
    const atom = this.atom(depth);
    const range = this.quantifier();
    if (range === undefined) return atom;
    if (atom.type === 'start' || atom.type === 'end' || atom.type === 'word' || atom.type === 'notWord') {
      throw this.reader.fail('repeats something that has no length');
    }
    return { type: 'repeat', node: atom, ...range, first: groupsBefore + 1, last: this.groups };
  }

  private quantifier(): { min: number; max: number; lazy: boolean } | undefined {
    const { reader } = this;
    let range: { min: number; max: number } | undefined;
    if (reader.eat('*')) range = { min: 0, max: Infinity };
    else if (reader.eat('+')) range = { min: 1, max: Infinity };
    else if (reader.eat('?')) range = { min: 0, max: 1 };
    else range = reader.braces();
    if (range === undefined) return undefined;
    if (range.min > range.max) throw reader.fail('has the numbers of a {from,to} out of order');
    return { ...range, lazy: reader.eat('?') };
  }

  private atom(depth: number): RegexNode {
    const { reader } = this;
    if (reader.eat('(')) return this.group(depth);
    if (reader.eat('[')) return { type: 'set', ...parseClass(reader, this.flags) };
    if (reader.eat('\\')) return this.escape();
    if (reader.eat('^')) return { type: 'start' };
    if (reader.eat('$')) return { type: 'end' };
    if (reader.eat('.'))
      return { type: 'set', test: this.flags.dotAll ? () => true : (code) => !isLineEnd(code), cost: 0 };
    if (reader.peek === '*' || reader.peek === '+' || reader.peek === '?')
      throw reader.fail('has nothing to repeat');
    return { type: 'char', code: reader.next() };
  }

  private group(depth: number): RegexNode {
    const { reader } = this;
    if (!reader.eat('?')) return this.closeGroup(++this.groups, depth);
    if (reader.eat(':')) return this.closeGroup(undefined, depth);
    if (reader.eat('=')) return this.look(false, false, depth);
    if (reader.eat('!')) return this.look(false, true, depth);
    if (!reader.eat('<')) throw reader.fail('has an unknown kind of group');
    if (reader.eat('=')) return this.look(true, false, depth);
    if (reader.eat('!')) return this.look(true, true, depth);
    const name = reader.groupName();
    if (this.names.has(name)) throw reader.fail(`has two groups named "${name}"`);
    this.names.set(name, ++this.groups);
    return this.closeGroup(this.groups, depth);
  }

  private closeGroup(index: number | undefined, depth: number): RegexNode {
    const node = this.choice(depth + 1);
    if (!this.reader.eat(')')) throw this.reader.fail('has a "(" without ")"');
    return { type: 'group', index, node };
  }

  private look(behind: boolean, negate: boolean, depth: number): RegexNode {
    const node = this.choice(depth + 1);
    if (!this.reader.eat(')')) throw this.reader.fail('has a "(" without ")"');
    return { type: 'look', behind, negate, node };
  }

  private escape(): RegexNode {
    const { reader } = this;
    if (reader.eat('b')) return { type: 'word' };
    if (reader.eat('B')) return { type: 'notWord' };
    if (reader.peek === 'k' && (this.hasNames || this.flags.unicode)) {
      reader.next();
      if (!reader.eat('<')) throw reader.fail('has \\k without a <name>');
      const name = reader.groupName();
      this.backNames.add(name);
      return { type: 'back', index: name };
    }
    const index = reader.backReference(this.totalGroups);
    if (index !== undefined) return { type: 'back', index };
    const found = parseEscapeClass(reader, this.flags);
    if (found !== undefined) return { type: 'set', ...found };
    return { type: 'char', code: reader.escapedChar(false) };
  }
}

/** Capturing groups in the source, needed to tell `\2` the reference from `\2` the character. */
function countGroups(source: string): number {
  let count = 0;
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === '\\') i++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') {
      const named =
        source[i + 1] === '?' && source[i + 2] === '<' && source[i + 3] !== '=' && source[i + 3] !== '!';
      if (source[i + 1] !== '?' || named) count++;
    }
  }
  return count;
}

export function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}
