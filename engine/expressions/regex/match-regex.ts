import type { Budget } from '../budget.ts';
import { ExpressionError } from '../errors.ts';
import { foldCase, isWordChar } from './char-class.ts';
import type { Instruction, RegexProgram } from './compile-regex.ts';
import { isLineEnd } from './parse-regex.ts';

/** Where a match and its groups are: `[start, end]` per group, -1 when the group took no part. */
export type Captures = number[];

type Loop = Extract<Instruction, { op: 'loop' }>;

/** Numbers the backtrack stack may hold (8 bytes each) before the match is given up. */
const MAX_STACK = 1_000_000;
/** Matcher instructions that cost one step of the budget. */
const INSTRUCTIONS_PER_STEP = 4;

/** What a backtrack entry (four numbers: kind, x, y, z) undoes or tries next. */
const CHOICE = 0;
const RESTORE_CAPTURE = 1;
const RESTORE_REGISTER = 2;
const GREEDY = 3;
const LAZY = 4;

/**
 * Finds the first match at or after `from`. Backtracking is kept on an explicit stack and every instruction is
 * charged, so a pattern such as `(a+)+$` ends in a budget error instead of holding the process.
 */
export function matchRegex(
  program: RegexProgram,
  input: string,
  from: number,
  budget: Budget,
): Captures | undefined {
  const matcher = new Matcher(program, input, budget);
  for (let start = from; start <= input.length; start++) {
    if (program.firstChar !== undefined && !program.flags.sticky) {
      const next = input.indexOf(program.firstChar, start);
      budget.scan((next < 0 ? input.length : next) - start);
      if (next < 0) return undefined;
      start = next;
    }
    const captures = matcher.at(start);
    if (captures !== undefined) return captures;
    if (program.flags.sticky) return undefined;
    if (program.flags.unicode && input.codePointAt(start)! > 0xffff) start++;
  }
  return undefined;
}

class Matcher {
  private readonly program: RegexProgram;
  private readonly input: string;
  private readonly budget: Budget;
  private readonly stack: number[] = [];
  private readonly registers: number[];
  private captures: Captures;
  private instructions = 0;

  constructor(program: RegexProgram, input: string, budget: Budget) {
    this.program = program;
    this.input = input;
    this.budget = budget;
    this.registers = new Array(program.registers).fill(-1);
    this.captures = new Array((program.groups + 1) * 2).fill(-1);
  }

  at(start: number): Captures | undefined {
    this.captures.fill(-1);
    this.registers.fill(-1);
    this.stack.length = 0;
    const end = this.run(0, start);
    if (end < 0) return undefined;
    this.captures[0] = start;
    this.captures[1] = end;
    return this.captures.slice();
  }

  /** Runs from an instruction; returns where the match ends, or -1. Lookarounds run nested. */
  private run(entry: number, start: number): number {
    const { program, stack, registers } = this;
    const base = stack.length;
    let pc = entry;
    let pos = start;
    for (;;) {
      if (++this.instructions >= INSTRUCTIONS_PER_STEP) {
        this.budget.step(Math.floor(this.instructions / INSTRUCTIONS_PER_STEP));
        this.instructions %= INSTRUCTIONS_PER_STEP;
      }
      const instruction = program.code[pc]!;
      let ok = true;
      switch (instruction.op) {
        case 'char':
        case 'set': {
          const next = this.advance(pos, instruction.back);
          if (instruction.op === 'set') this.instructions += instruction.cost;
          ok =
            next >= 0 &&
            (instruction.op === 'char'
              ? this.code(pos, next) === instruction.code
              : instruction.test(this.code(pos, next)));
          pos = next;
          pc++;
          break;
        }
        case 'loop': {
          const end = this.repeat(pos, instruction, instruction.lazy ? instruction.min : instruction.max);
          ok = this.loopCount >= instruction.min;
          if (ok && instruction.lazy) this.push(LAZY, pc, end, this.loopCount);
          else if (ok && this.loopCount > instruction.min) this.push(GREEDY, pc, end, this.loopCount);
          pos = end;
          pc++;
          break;
        }
        case 'split':
          this.push(CHOICE, instruction.b, pos, 0);
          pc = instruction.a;
          break;
        case 'jump':
          pc = instruction.to;
          break;
        case 'save':
          this.push(RESTORE_CAPTURE, instruction.slot, this.captures[instruction.slot]!, 0);
          this.captures[instruction.slot] = pos;
          pc++;
          break;
        case 'reset':
          for (let slot = instruction.from; slot <= instruction.to; slot++) {
            this.push(RESTORE_CAPTURE, slot, this.captures[slot]!, 0);
            this.captures[slot] = -1;
          }
          this.budget.step((instruction.to - instruction.from) >>> 3);
          pc++;
          break;
        case 'mark':
          this.push(RESTORE_REGISTER, instruction.register, registers[instruction.register]!, 0);
          registers[instruction.register] = pos;
          pc++;
          break;
        case 'check':
          ok = registers[instruction.register] !== pos;
          pc++;
          break;
        case 'look':
          ok = this.look(pc + 1, pos, instruction.negate);
          pc = instruction.next;
          break;
        case 'backReference': {
          const next = this.backReference(pos, instruction.group, instruction.back);
          ok = next >= 0;
          pos = next;
          pc++;
          break;
        }
        case 'match':
          stack.length = base;
          return pos;
        default:
          ok = this.assertion(instruction.op, pos);
          pc++;
      }
      if (ok) continue;
      // Undo until there is another way to go.
      for (;;) {
        if (stack.length === base) return -1;
        const z = stack.pop()!;
        const y = stack.pop()!;
        const x = stack.pop()!;
        const kind = stack.pop()!;
        if (kind === RESTORE_CAPTURE) this.captures[x] = y;
        else if (kind === RESTORE_REGISTER) registers[x] = y;
        else if (kind === CHOICE) {
          pc = x;
          pos = y;
          break;
        } else {
          const resumed = this.resumeLoop(kind, x, y, z);
          if (resumed < 0) continue;
          pc = x + 1;
          pos = resumed;
          break;
        }
      }
    }
  }

  private push(kind: number, x: number, y: number, z: number): void {
    if (this.stack.length > MAX_STACK) {
      throw new ExpressionError(
        'budget',
        `The regular expression /${this.program.source.slice(0, 80)}/ needs too much memory on this text. Make it simpler.`,
      );
    }
    this.stack.push(kind, x, y, z);
  }

  /** The next shorter (greedy) or longer (lazy) repetition of a loop, or -1. */
  private resumeLoop(kind: number, pc: number, end: number, count: number): number {
    const loop = this.program.code[pc]!;
    if (loop.op !== 'loop') return -1;
    if (kind === GREEDY) {
      const shorter = this.advance(end, !loop.back);
      if (count - 1 > loop.min) this.push(GREEDY, pc, shorter, count - 1);
      return shorter;
    }
    const next = count < loop.max ? this.advance(end, loop.back) : -1;
    if (next < 0 || !loop.test(this.code(end, next))) return -1;
    this.push(LAZY, pc, next, count + 1);
    return next;
  }

  private loopCount = 0;

  /** Takes up to `max` characters of a class; leaves how many in `loopCount`. */
  private repeat(start: number, loop: Loop, max: number): number {
    const { test, back } = loop;
    const { input } = this;
    const plain = !back && !this.program.flags.unicode;
    // Backwards and by code points a character takes four times as long.
    const mask = plain ? 15 : 3;
    let pos = start;
    let count = 0;
    while (count < max) {
      const next = plain ? (pos < input.length ? pos + 1 : -1) : this.advance(pos, back);
      if (next < 0 || !test(plain ? input.charCodeAt(pos) : this.code(pos, next))) break;
      pos = next;
      if ((++count & mask) === 0) this.budget.step(1 + loop.cost);
    }
    this.instructions += (count & 15) >>> 2;
    this.loopCount = count;
    return pos;
  }

  /** The position after one character, or -1 at the edge. */
  private advance(pos: number, back: boolean): number {
    const { input } = this;
    if (back) {
      if (pos <= 0) return -1;
      if (this.program.flags.unicode && pos >= 2 && input.codePointAt(pos - 2)! > 0xffff) return pos - 2;
      return pos - 1;
    }
    if (pos >= input.length) return -1;
    return pos + (this.program.flags.unicode && input.codePointAt(pos)! > 0xffff ? 2 : 1);
  }

  private code(from: number, to: number): number {
    const low = Math.min(from, to);
    return this.program.flags.unicode ? this.input.codePointAt(low)! : this.input.charCodeAt(low);
  }

  private look(entry: number, pos: number, negate: boolean): boolean {
    const before = this.captures.slice();
    const found = this.run(entry, pos) >= 0;
    const after = this.captures;
    this.captures = before;
    if (!found || negate) return found !== negate;
    for (let slot = 0; slot < after.length; slot++) {
      if (after[slot] === before[slot]) continue;
      this.push(RESTORE_CAPTURE, slot, before[slot]!, 0);
      before[slot] = after[slot]!;
    }
    return true;
  }

  private backReference(pos: number, group: number, back: boolean): number {
    const start = this.captures[group * 2]!;
    const end = this.captures[group * 2 + 1]!;
    if (start < 0 || end < 0) return pos;
    const length = end - start;
    const from = back ? pos - length : pos;
    if (from < 0 || from + length > this.input.length) return -1;
    this.budget.step(length >>> 4);
    const { ignoreCase } = this.program.flags;
    for (let i = 0; i < length; i++) {
      const a = this.input.charCodeAt(start + i);
      const b = this.input.charCodeAt(from + i);
      if (a !== b && !(ignoreCase && foldCase(a) === foldCase(b))) return -1;
    }
    return back ? from : from + length;
  }

  private assertion(op: 'start' | 'end' | 'word' | 'notWord', pos: number): boolean {
    const { input } = this;
    const { multiline } = this.program.flags;
    if (op === 'start') return pos === 0 || (multiline && isLineEnd(input.charCodeAt(pos - 1)));
    if (op === 'end') return pos === input.length || (multiline && isLineEnd(input.charCodeAt(pos)));
    const boundary = this.isWordAt(pos - 1) !== this.isWordAt(pos);
    return op === 'word' ? boundary : !boundary;
  }

  private isWordAt(pos: number): boolean {
    return pos >= 0 && pos < this.input.length && isWordChar(this.input.charCodeAt(pos));
  }
}
