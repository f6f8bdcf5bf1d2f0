import { setTimeout as pause } from 'node:timers/promises';
import { callStopped } from './model-error.ts';

/** A pause within a call. @throws ModelError `aborted`, at once, when the call is stopped */
export async function pauseCall(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) throw callStopped();
}
