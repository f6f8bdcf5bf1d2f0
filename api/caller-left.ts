import type { Request } from 'express';

/** Aborted when the caller closes the connection before it has its answer. */
export function callerLeft({ res: response }: Request): AbortSignal {
  const controller = new AbortController();
  response?.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
