/** A stand-in for the interpreter: a workflow of type `automation` that answers the query `record` as the real one does. */
import { condition, defineQuery, setHandler } from '@temporalio/workflow';
import type { RunEvent, RunHeader, RunInput } from '../../../contracts/run.ts';

export interface StandInInput extends RunInput {
  header: RunHeader;
  /** What it reports. */
  events: RunEvent[];
  /** Stays open after having reported. */
  stays: boolean;
}

export async function automation({ header, events, stays }: StandInInput): Promise<void> {
  setHandler(defineQuery('record'), () => ({ header, events }));
  if (stays) await condition(() => false);
}
