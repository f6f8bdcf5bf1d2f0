/** How the runs of a workspace flow, as it is set. */
import { z } from 'zod';
import { workspaceFlow } from '../flow.ts';

const { concurrency, errorAutomation } = workspaceFlow.shape;

/** `null`: no limit, no error automation. */
export const flowSettings = z.object({
  concurrency: concurrency.unwrap().nullable(),
  /** An automation's id. */
  errorAutomation: errorAutomation.unwrap().nullable(),
});
export type FlowSettings = z.output<typeof flowSettings>;
export const updateFlow = flowSettings.partial();
