import type { Request } from 'express';

/** Aborted when the caller closes the connection before it has its answer; at once when it has already. */
export function callerLeft({ res: response }: Request): AbortSignal {
  const controller = new AbortController();
  const leave = () => {
    if (!response?.writableFinished) controller.abort();
  };
  if (response?.destroyed) leave();
  else response?.once('close', leave);
  return controller.signal;
}
