/** What the end of a child means to the tool call that waits for it. */
import { CancellationScope } from '@temporalio/workflow';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { endOfChild } from '../child-end.ts';

/** @returns what the call throws: the cancellation of the whole run as it is */
export function childFailure(error: unknown): unknown {
  const end = endOfChild(error);
  if (end.kind === 'failed') return new EngineFailure(end.failure);
  if (CancellationScope.current().consideredCancelled) return error;
  return new EngineFailure({ code: 'cancelled', message: 'Somebody cancelled it before it ended.' });
}
