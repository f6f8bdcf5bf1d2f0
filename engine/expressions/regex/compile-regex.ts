import { ExpressionError } from '../errors.ts';
import { type CharClass, foldCase } from './char-class.ts';
import { parseRegex, type RegexNode } from './parse-regex.ts';
import type { RegexFlags } from './regex-flags.ts';

/**
 * One instruction of the matcher. `back` runs to the left, inside a lookbehind. `split` tries `a` first.
 * `loop` repeats one character class without growing the stack; `mark`/`check` stop loops that match nothing.
 */
export type Instruction =
  | { op: 'char'; code: number; back: boolean }
  | ({ op: 'set'; back: boolean } & CharClass)
  | ({ op: 'loop'; min: number; max: number; lazy: boolean; back: boolean } & CharClass)
  | { op: 'split'; a: number; b: number }
  | { op: 'jump'; to: number }
  | { op: 'save'; slot: number }
  | { op: 'reset'; from: number; to: number }
  | { op: 'mark' | 'check'; register: number }
  | { op: 'start' | 'end' | 'word' | 'notWord' | 'match' }
  | { op: 'look'; negate: boolean; next: number }
  | { op: 'backReference'; group: number; back: boolean };

export interface RegexProgram {
  readonly source: string;
  readonly flagText: string;
  readonly flags: RegexFlags;
  readonly code: readonly Instruction[];
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly registers: number;
  /** First character every match must have, when there is one and case counts. */
  readonly firstChar: string | undefined;
}

const MAX_INSTRUCTIONS = 5_000;
const FLAGS: Record<string, keyof RegexFlags> = {
  g: 'global',
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  u: 'unicode',
  y: 'sticky',
};

/** Compiles a pattern. Throws `syntax` for a wrong one, `unsupported` for other flags, `budget` for a huge one. */
export function compileRegex(source: string, flagText: string): RegexProgram {
  const flags = parseFlags(flagText);
  const parsed = parseRegex(source, flags);
  const emitter = new Emitter(flags, parsed.names);
  emitter.emit(parsed.node, false);
  emitter.push({ op: 'match' });
  return {
    source,
    flagText,
    flags,
    code: emitter.code,
    groups: parsed.groups,
    names: parsed.names,
    registers: emitter.registers,
    firstChar: flags.ignoreCase ? undefined : firstChar(parsed.node),
  };
}

function parseFlags(text: string): RegexFlags {
  const flags: RegexFlags = {
    global: false,
    ignoreCase: false,
    multiline: false,
    dotAll: false,
    unicode: false,
    sticky: false,
  };
  for (const letter of text) {
    const name = Object.hasOwn(FLAGS, letter) ? FLAGS[letter] : undefined;
    if (name === undefined) {
      throw new ExpressionError(
        'unsupported',
        `The regular expression flag "${letter}" is not available: use g, i, m, s, u or y.`,
      );
    }
    if (flags[name])
      throw new ExpressionError('syntax', `The regular expression flag "${letter}" is given twice.`);
    flags[name] = true;
  }
  return flags;
}

function firstChar(node: RegexNode): string | undefined {
  if (node.type === 'char') return String.fromCodePoint(node.code);
  if (node.type === 'sequence' && node.nodes[0] !== undefined) return firstChar(node.nodes[0]);
  if (node.type === 'group') return firstChar(node.node);
  if (node.type === 'repeat' && node.min > 0) return firstChar(node.node);
  return undefined;
}

class Emitter {
  readonly code: Instruction[] = [];
  registers = 0;
  private readonly flags: RegexFlags;
  private readonly names: ReadonlyMap<string, number>;

  constructor(flags: RegexFlags, names: ReadonlyMap<string, number>) {
    this.flags = flags;
    this.names = names;
  }

  push(instruction: Instruction): number {
    if (this.code.length >= MAX_INSTRUCTIONS) {
      throw new ExpressionError('budget', 'The regular expression is too large: use smaller repeat counts.');
    }
    return this.code.push(instruction) - 1;
  }

  /** Writes the instructions of a node; in a lookbehind (`back`) sequences run from their end. */
  emit(node: RegexNode, back: boolean): void {
    switch (node.type) {
      case 'char':
        this.push(this.charInstruction(node.code, back));
        return;
      case 'set':
        this.push({ op: 'set', test: node.test, cost: node.cost, back });
        return;
      case 'sequence':
        for (const part of back ? node.nodes.toReversed() : node.nodes) this.emit(part, back);
        return;
      case 'choice':
        this.emitChoice(node.nodes, back);
        return;
      case 'group':
        this.emitGroup(node.index, node.node, back);
        return;
      case 'repeat':
        this.emitRepeat(node, back);
        return;
      case 'look': {
        const look = this.push({ op: 'look', negate: node.negate, next: 0 });
        this.emit(node.node, node.behind);
        this.push({ op: 'match' });
        this.code[look] = { op: 'look', negate: node.negate, next: this.code.length };
        return;
      }
      case 'back': {
        const group = typeof node.index === 'number' ? node.index : this.names.get(node.index)!;
        this.push({ op: 'backReference', group, back });
        return;
      }
      default:
        this.push({ op: node.type });
    }
  }

  private charInstruction(code: number, back: boolean): Instruction {
    if (!this.flags.ignoreCase) return { op: 'char', code, back };
    const folded = foldCase(code);
    return { op: 'set', test: (other) => other === code || foldCase(other) === folded, cost: 2, back };
  }

  private emitChoice(nodes: readonly RegexNode[], back: boolean): void {
    const exits: number[] = [];
    nodes.forEach((node, index) => {
      if (index === nodes.length - 1) {
        this.emit(node, back);
        return;
      }
      const split = this.push({ op: 'split', a: 0, b: 0 });
      this.emit(node, back);
      exits.push(this.push({ op: 'jump', to: 0 }));
      this.code[split] = { op: 'split', a: split + 1, b: this.code.length };
    });
    for (const exit of exits) this.code[exit] = { op: 'jump', to: this.code.length };
  }

  private emitGroup(index: number | undefined, node: RegexNode, back: boolean): void {
    if (index === undefined) {
      this.emit(node, back);
      return;
    }
    this.push({ op: 'save', slot: index * 2 + (back ? 1 : 0) });
    this.emit(node, back);
    this.push({ op: 'save', slot: index * 2 + (back ? 0 : 1) });
  }

  private emitRepeat(node: Extract<RegexNode, { type: 'repeat' }>, back: boolean): void {
    const { min, max, lazy } = node;
    const single = this.singleTest(node.node);
    if (single !== undefined) {
      this.push({ op: 'loop', ...single, min, max, lazy, back });
      return;
    }
    for (let i = 0; i < min; i++) this.emitIteration(node, back);
    if (max === Infinity) {
      this.emitOptional(node, back, true);
      return;
    }
    const exits: number[] = [];
    for (let i = min; i < max; i++) exits.push(this.emitOptional(node, back, false));
    for (const split of exits) this.setExit(split, lazy, this.code.length);
  }

  /** One iteration: groups inside forget what they held, as in JavaScript. */
  private emitIteration(node: Extract<RegexNode, { type: 'repeat' }>, back: boolean): void {
    if (node.last >= node.first) this.push({ op: 'reset', from: node.first * 2, to: node.last * 2 + 1 });
    this.emit(node.node, back);
  }

  private emitOptional(node: Extract<RegexNode, { type: 'repeat' }>, back: boolean, again: boolean): number {
    const split = this.push({ op: 'split', a: 0, b: 0 });
    const register = this.registers++;
    this.push({ op: 'mark', register });
    this.emitIteration(node, back);
    this.push({ op: 'check', register });
    if (again) this.push({ op: 'jump', to: split });
    this.setExit(split, node.lazy, this.code.length);
    return split;
  }

  private setExit(split: number, lazy: boolean, exit: number): void {
    this.code[split] = lazy ? { op: 'split', a: exit, b: split + 1 } : { op: 'split', a: split + 1, b: exit };
  }

  private singleTest(node: RegexNode): CharClass | undefined {
    if (node.type === 'set') return { test: node.test, cost: node.cost };
    if (node.type === 'group' && node.index === undefined) return this.singleTest(node.node);
    if (node.type !== 'char') return undefined;
    const instruction = this.charInstruction(node.code, false);
    if (instruction.op === 'set') return { test: instruction.test, cost: instruction.cost };
    const { code } = node;
    return { test: (other) => other === code, cost: 0 };
  }
}
