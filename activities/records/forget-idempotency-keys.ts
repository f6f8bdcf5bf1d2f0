/**
 * Forgets idempotency keys after their 24 hours, results of steps and answers of models after 30 days, vectors of texts after 180, and
 * stored keys once they expire: answers that hold what was made then would else be kept for as long as their workspace. Any number of
 * processes may do it at once.
 */
import type { Database, Log } from '../../db/index.ts';
import { createPasses, type Passes } from './passes.ts';

export interface ForgetOptions {
  db: Database;
  log: Log;
  /** Milliseconds from the end of one pass to the next, default an hour. */
  everyMs?: number | undefined;
}

export function createIdempotencyKeyForgetting({ db, log, everyMs }: ForgetOptions): Passes {
  return createPasses({
    pass: () =>
      db.asSystem(async ({ idempotencyKeys, stepResults, modelCalls, embeddingCache }) => {
        await idempotencyKeys.removeOld();
        await stepResults.removeOld();
        await modelCalls.forgetAnswers();
        await embeddingCache.removeOld();
      }),
    onError: (error) => log.warn({ err: error }, 'Old idempotency keys could not be deleted; next try later'),
    everyMs,
  });
}
