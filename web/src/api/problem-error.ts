/** A failed request as the API tells it (RFC 9457). `status` 0: no answer came at all. */
import type { ProblemError as FieldError, Problem } from '../../../contracts/problems.ts';

export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do next. */
  readonly detail: string;
  readonly errors: readonly FieldError[];

  constructor(
    problem: Pick<Problem, 'title' | 'status' | 'code' | 'detail'> & {
      errors?: readonly FieldError[] | undefined;
    },
  ) {
    super(problem.title);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}
