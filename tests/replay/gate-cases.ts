/**
 * Gates whose histories are recorded: workflows that are no runs and report nothing. Between them they use every way in which a gate gives
 * Temporal a command.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { openGate } from './opened-gate.ts';
import type { RunningEngine } from './running-engine.ts';

export interface GateCase {
  name: string;
  continueAsNewAfter?: number;
  /** @returns a gate that has ended */
  record(engine: RunningEngine): Promise<WorkflowHandle>;
}

const week = 7 * 24 * 3_600_000;

export const gateCases: GateCase[] = [
  {
    // A timer that is reached though more came meanwhile; a cancel that lets go what is held.
    name: 'gate-debounce',
    async record(engine) {
      const settings = { kind: 'debounce', waitMs: 1_000, maxWaitMs: 10_000, keep: 'all' } as const;
      const gate = await openGate(engine, 'debounced', settings);
      for (const id of ['a', 'b', 'a']) await gate.pass(id, { id });
      await engine.recorded(gate.automation);
      await gate.pass('c', { c: 1 });
      return await ended(gate.handle);
    },
  },
  {
    // Updates and what they say, drops that are reported at the end.
    name: 'gate-throttle',
    async record(engine) {
      const settings = { kind: 'throttle', runs: 1, periodMs: week, over: 'drop' } as const;
      const gate = await openGate(engine, 'throttled', settings);
      for (const id of ['a', 'b', 'c']) await gate.passAndHear(id, { id });
      return await ended(gate.handle);
    },
  },
  {
    // Full batches, and what is held through continue-as-new.
    name: 'gate-batch',
    continueAsNewAfter: 30,
    async record(engine) {
      const gate = await openGate(engine, 'gathered', { kind: 'batch', items: 12, withinMs: week });
      for (let n = 0; n < 18; n++) await gate.pass(`d${n}`, { n });
      await engine.recorded(gate.automation);
      return await ended(gate.handle);
    },
  },
];

async function ended(handle: WorkflowHandle): Promise<WorkflowHandle> {
  await handle.cancel();
  await handle.result();
  return handle;
}
