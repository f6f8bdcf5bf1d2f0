import { ExpressionError } from './errors.ts';

export interface BudgetOptions {
  /** Evaluation steps; default 100,000 (a few milliseconds). */
  steps?: number;
  /** Characters of text and 8-byte slots of lists that may be created in total; default 8,000,000. */
  bytes?: number;
  /** How deeply calls may nest, in levels of source nesting; default 1,000. */
  depth?: number;
}

/** Source nesting deeper than this is refused when parsed: the stack is the one resource we cannot meter. */
export const MAX_SOURCE_DEPTH = 200;

/**
 * What an evaluation may still spend. Everything that takes time or memory is charged *before* it is done, so
 * that no expression can hold a workflow task. One budget may serve one expression or a node's whole item.
 */
export class Budget {
  /** Steps spent so far. The engine reads it to decide when to yield. */
  used = 0;
  allocated = 0;
  depth = 0;
  readonly maxSteps: number;
  readonly maxBytes: number;
  readonly maxDepth: number;

  constructor(options: BudgetOptions = {}) {
    this.maxSteps = options.steps ?? 100_000;
    this.maxBytes = options.bytes ?? 8_000_000;
    this.maxDepth = options.depth ?? 1_000;
  }

  /** Charges `count` steps. Throws `budget` when none are left. */
  step(count = 1): void {
    this.used += count;
    if (!(this.used <= this.maxSteps)) throw tooManySteps(this.maxSteps);
  }

  /** Charges a native pass over `length` characters: memory speed is about 64 of them a step. */
  scan(length: number): void {
    if (length >= 64) this.step(length >>> 6);
  }

  /** Charges the creation of `bytes` (characters, or 8 for an element) and the time it takes. */
  allocate(bytes: number): void {
    this.allocated += bytes;
    if (!(this.allocated <= this.maxBytes)) throw tooMuchData(this.maxBytes);
    if (bytes >= 64) this.step(bytes >>> 6);
  }

  /** Charges a list or object of `count` entries. */
  elements(count: number): void {
    this.allocated += 16 + count * 8;
    if (!(this.allocated <= this.maxBytes)) throw tooMuchData(this.maxBytes);
    this.step(count >>> 2);
  }

  enter(weight: number): void {
    this.depth += weight;
    if (this.depth > this.maxDepth) {
      throw new ExpressionError(
        'budget',
        'The expression calls itself too deeply. Use map, filter or reduce instead of recursion.',
      );
    }
  }

  leave(weight: number): void {
    this.depth -= weight;
  }
}

/** A fresh budget; all limits have defaults (see {@link BudgetOptions}). Cheap enough to make one per item. */
export function createBudget(options?: BudgetOptions): Budget {
  return new Budget(options);
}

function tooManySteps(limit: number): ExpressionError {
  return new ExpressionError(
    'budget',
    `The expression needs more than ${limit} steps. Move the work to a Code node, or handle fewer items at a time.`,
  );
}

function tooMuchData(limit: number): ExpressionError {
  return new ExpressionError(
    'budget',
    `The expression creates more than ${limit} bytes of data. Move the work to a Code node, or handle less at a time.`,
  );
}
