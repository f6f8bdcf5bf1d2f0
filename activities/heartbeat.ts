/** Signs of life: without them Temporal takes a worker for dead, and cancellation reaches an activity in the answer to one only. */
import { Context } from '@temporalio/activity';

/** Milliseconds. */
const everyMs = 3_000;

/** @returns what stops it. Local activities need none. */
export function startHeartbeat(activity: Context): () => void {
  if (activity.info.isLocal) return () => undefined;
  const timer = setInterval(() => activity.heartbeat(), everyMs);
  return () => clearInterval(timer);
}

/** As long as `work` takes; its signal is aborted when the activity is cancelled. */
export async function whileBeating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const activity = Context.current();
  const stop = startHeartbeat(activity);
  try {
    return await work(activity.cancellationSignal);
  } finally {
    stop();
  }
}
