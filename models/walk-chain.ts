/**
 * The one loop that tries again: the clients of the providers do not, and neither do their callers within a call. It decides by the
 * kind of a failure (`rules`), its Retry-After and what is left of the chain. Once anything of an answer was handed on, nobody else
 * may go on with it: the failure goes to the caller, with what had come.
 */
import type { Candidate } from './candidates.ts';
import { ModelError, rules } from './model-error.ts';
import { pauseCall } from './pause-call.ts';

export interface WalkOptions<T> {
  candidates: readonly Candidate[];
  /** Makes one call. @throws ModelError */
  attempt(candidate: Candidate): Promise<T>;
  /** Of a model that was broken and has rested: whether this caller is the one to try it. */
  mayTry(candidate: Candidate): Promise<boolean>;
  signal: AbortSignal;
  /** Milliseconds of pauses in all. */
  maxWaitMs: number;
}

/** Of one model within one call. */
const mostTries = 3;
/** Before a model is tried again that did not say when. */
const firstPauseMs = 500;
/** While somebody else tries a model that was broken. */
const othersTryMs = 2_000;

interface Standing {
  candidate: Candidate;
  tries: number;
  notBefore: number;
}

/** @throws ModelError of the last model, with `retryAfterMs` where waiting helps */
export async function walkChain<T>({
  candidates,
  attempt,
  mayTry,
  signal,
  maxWaitMs,
}: WalkOptions<T>): Promise<T> {
  let left: Standing[] = candidates.map((candidate) => ({
    ...{ candidate, tries: 0 },
    notBefore: candidate.restUntil,
  }));
  let last: ModelError | undefined;
  let waited = 0;
  while (left.length > 0) {
    const now = Date.now();
    const next = left.find(({ notBefore }) => notBefore <= now);
    if (!next) {
      const soonest = Math.min(...left.map(({ notBefore }) => notBefore)) - now;
      if (waited + soonest > maxWaitMs) throw waitsTooLong(last, left, soonest);
      waited += soonest;
      await pauseCall(soonest, signal);
      continue;
    }
    if (next.tries === 0 && next.candidate.isBroken && !(await mayTry(next.candidate))) {
      next.notBefore = now + othersTryMs;
      continue;
    }
    next.tries += 1;
    try {
      return await attempt(next.candidate);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      last = error;
      const { onward } = rules[error.kind];
      if (onward === 'stop' || error.partial?.begun) throw error;
      if (onward === 'next' || next.tries >= mostTries) left = left.filter((each) => each !== next);
      else next.notBefore = Date.now() + pauseOf(error, next.tries);
    }
  }
  throw last!;
}

function pauseOf({ retryAfterMs }: ModelError, tries: number): number {
  return retryAfterMs ?? firstPauseMs * 4 ** (tries - 1);
}

/** Says when it is worth asking again, so that whoever waits for longer than we do can. */
function waitsTooLong(last: ModelError | undefined, left: Standing[], retryAfterMs: number): ModelError {
  const kind = last?.kind ?? 'resting';
  const says = last?.message ?? restingText(left);
  const error = new ModelError({ kind, says, status: last?.status, retryAfterMs }, { cause: last });
  error.partial = last?.partial;
  return error;
}

function restingText(left: Standing[]): string {
  const names = left.map(({ candidate }) => `${candidate.by.providerName} ${candidate.entry.model}`);
  return `${names.join(', ')} failed lately and ${names.length === 1 ? 'is' : 'are'} left alone for a while.`;
}
