/** A step waits for an event of the workspace: whoever tells events knows of it before the wait begins, and no more after. */
import type { CompiledNode } from '../graph/compile-graph.ts';
import type { WaitParameters } from '../nodes/wait.ts';
import { announcer } from './announcer.ts';
import { EngineFailure } from './engine-failure.ts';
import type { RunContext } from './run-context.ts';
import type { Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

/** @param wait until a message came to the step, or its deadline */
export async function awaitEvent(
  node: CompiledNode,
  step: Step,
  { event, matchPath, matchValue }: WaitParameters,
  context: RunContext,
  wait: () => Promise<StepResult>,
): Promise<StepResult> {
  const announce = announcer(node, step, context);
  if (!step.announced) {
    if (event === '') throw noEvent();
    const match = matchPath === '' ? undefined : { path: matchPath, value: String(matchValue) };
    await announce({ kind: 'event.awaited', event: { name: event, ...(match && { match }) } });
    step.announced = true;
  }
  const result = await wait();
  await announce({ kind: 'event.over' });
  return result;
}

function noEvent(): EngineFailure {
  return new EngineFailure({
    code: 'event-name',
    message: 'The event to wait for has no name.',
    hint: 'Give it one; an expression must not give an empty text.',
  });
}
