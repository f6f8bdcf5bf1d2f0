import type { Failure } from '../../contracts/run.ts';

/** A failure of the graph, the data or a step: something the builder can mend. Anything else thrown is a bug of ours. */
export class EngineFailure extends Error {
  readonly failure: Failure;
  /** Attempts made before it was given up. */
  readonly attempts: number;

  constructor(failure: Failure, attempts = 1) {
    super(failure.message);
    this.name = 'EngineFailure';
    this.failure = failure;
    this.attempts = attempts;
  }
}
