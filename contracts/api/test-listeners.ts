/** Listening for one test call of a trigger in the editor's draft. */
import { z } from 'zod';
import { moment } from './page.ts';

/** Triggers that can be called so: by their node type. */
export const testedKinds = { 'webhook-trigger': 'webhook', 'form-trigger': 'form' } as const;
export const testedKind = z.enum(['webhook', 'form']);
export type TestedKind = z.output<typeof testedKind>;

/** Minutes that it listens. */
export const testListenMinutes = 10;

export const testListener = z.object({
  /** The trigger node. */
  node: z.string(),
  kind: testedKind,
  /** Of a webhook. */
  method: z.string().optional(),
  /** Where to call, or to fill the form in. */
  url: z.string(),
  /** `over`: nobody called in time. */
  state: z.enum(['listening', 'called', 'over']),
  until: moment,
  calledAt: moment.optional(),
  /** The run that the call started. */
  run: z.string().optional(),
});
export type TestListener = z.output<typeof testListener>;
