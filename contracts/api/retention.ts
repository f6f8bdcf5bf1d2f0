/** How long records are kept. */
import { z } from 'zod';

const days = z.int().min(0).max(36_500).nullable();

/** Days after a run's end. `null`: as the level above says; 0: for ever. */
export const retention = z.object({
  /** Outputs of steps, answers, files. */
  bodyDays: days,
  /** The runs themselves. */
  runDays: days,
});
export type Retention = z.output<typeof retention>;
export const workspaceRetention = retention.extend({
  /** What the instance says where the workspace says nothing. */
  defaults: z.object({ bodyDays: z.int(), runDays: z.int() }),
});
export const updateRetention = retention.partial();
export const automationRetention = retention.extend({
  /** None of its runs is deleted, whatever the days say. */
  hold: z.boolean(),
});
export type AutomationRetention = z.output<typeof automationRetention>;
export const updateAutomationRetention = automationRetention.partial();
