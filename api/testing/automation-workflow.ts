/**
 * A workflow that stands in for the engine's interpreter in tests of the API: it takes a `RunInput` and reports as the engine does.
 * What it does is told by the first item's body: `sleepMs`, `fail`, or nothing (it answers with its own input).
 */
import {
  CancellationScope,
  isCancellation,
  proxyActivities,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Item } from '../../contracts/item.ts';
import type { RunEvent, RunHeader, RunInput } from '../../contracts/run.ts';
import { runHeaderOf } from '../../contracts/run-header.ts';

interface Report {
  report(header: RunHeader, events: RunEvent[]): Promise<void>;
}

const { report } = proxyActivities<Report>({ startToCloseTimeout: '20 seconds' });

export async function automation(input: RunInput): Promise<void> {
  const { workflowId, firstExecutionRunId: firstRunId } = workflowInfo();
  const header = runHeaderOf(input, { workflowId, firstRunId, startedAt: Date.now() });
  let seq = 0;
  const next = () => ({ seq: seq++, at: Date.now() });
  const items: Item[] = input.items ?? [{ json: {} }];
  const told = toldBy(items[0]!);
  const trigger = input.trigger.node;
  await report(header, [
    { type: 'run.started', ...next(), state: 'running' },
    { type: 'step.started', ...next(), node: trigger, index: 0, sources: [], state: 'running' },
    {
      type: 'step.finished',
      ...next(),
      node: trigger,
      index: 0,
      state: 'succeeded',
      attempts: 1,
      outputs: { main: items },
    },
  ]);
  try {
    if (told.sleepMs) await sleep(told.sleepMs);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(() =>
      report(header, [{ type: 'run.finished', ...next(), state: 'cancelled' }]),
    );
    throw error;
  }
  if (told.fail) {
    const failure = { code: 'code.threw', message: told.fail, node: trigger };
    await report(header, [{ type: 'run.finished', ...next(), state: 'failed', failure }]);
    return;
  }
  const events: RunEvent[] = [{ type: 'run.finished', ...next(), state: 'succeeded' }];
  if (input.answer && !told.silent) {
    const body = { kind: 'json' as const, value: { answer: input.answer, items: items as never } };
    const response = { status: 201, headers: [['x-from', 'run'] as [string, string]], body };
    events.unshift({ type: 'run.responded', ...next(), response });
  }
  await report(
    header,
    events.map((event, index) => ({ ...event, seq: 3 + index })),
  );
}

/** A job over many runs, with nothing to do. */
export async function bulk(): Promise<void> {}

function toldBy({ json }: Item): { sleepMs?: number; fail?: string; silent?: boolean } {
  const body = json.body ?? json;
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};
}
