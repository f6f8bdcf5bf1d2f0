/** The states of runs and steps: one set of names everywhere (engine, records, API, canvas). */
import { z } from 'zod';

export const stateNames = [
  'waiting',
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
] as const;
export const state = z.enum(stateNames);
export type State = z.output<typeof state>;

export const runState = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']);
export const stepState = z.enum([
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
]);
export type RunState = z.output<typeof runState>;
export type StepState = z.output<typeof stepState>;

const terminal: readonly State[] = ['succeeded', 'failed', 'cancelled', 'skipped'];

/** A run or step in a terminal state never changes again. */
export function isTerminal(of: State): boolean {
  return terminal.includes(of);
}
