import type { ProblemCode } from '../../contracts/problems.ts';

/** A table or key that can't be changed as asked. The texts of `code` (contracts/problems.ts) say why and what to do. */
export class StoreRefusal extends Error {
  readonly code: ProblemCode;
  readonly values: Record<string, string | number>;

  constructor(code: ProblemCode, values: Record<string, string | number> = {}) {
    super(code);
    this.name = 'StoreRefusal';
    this.code = code;
    this.values = values;
  }
}
