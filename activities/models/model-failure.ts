import { StepFailure } from '../../contracts/effect.ts';
import { ModelError, rules } from '../../models/index.ts';

/** Characters of an answer that broke off. */
const longestPartial = 2_000;

/** What a model could not do, as the failure of a step. What is no ModelError goes through. */
export function modelFailure(error: unknown): unknown {
  if (!(error instanceof ModelError)) return error;
  const { onward, hint } = rules[error.kind];
  const partial = error.partial?.text.slice(0, longestPartial);
  return new StepFailure(
    {
      code: `model-${error.kind}`,
      message: error.message,
      hint: hint.en,
      ...(partial && { details: { partial } }),
    },
    {
      // A budget may have room again, too, but not within the pauses of a step.
      retryable: onward === 'again',
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    },
  );
}
