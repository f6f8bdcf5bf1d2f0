/** Watches a request: too long until something comes, or between two pieces, and it is ended with the reason. */
import { callStopped, ModelError } from './model-error.ts';

export interface Watched {
  /** For the request. Its reason is a ModelError. */
  signal: AbortSignal;
  /** Something came. */
  alive(): void;
  stop(): void;
}

export interface Patience {
  firstTokenMs: number;
  betweenTokensMs: number;
}

export function watched(outer: AbortSignal, { firstTokenMs, betweenTokensMs }: Patience): Watched {
  const controller = new AbortController();
  const abort = () => controller.abort(callStopped());
  if (outer.aborted) abort();
  else outer.addEventListener('abort', abort, { once: true });
  const late = (ms: number, what: string) => () =>
    controller.abort(new ModelError({ kind: 'timeout', says: `${what} within ${ms / 1_000} s.` }));
  let timer = setTimeout(late(firstTokenMs, 'No answer began'), firstTokenMs);
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer);
      timer = setTimeout(late(betweenTokensMs, 'The answer did not go on'), betweenTokensMs);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
    },
  };
}
