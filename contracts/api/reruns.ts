/** Taking up or repeating a run. */
import { z } from 'zod';
import { items } from '../item.ts';
import { runStarted } from './runs.ts';

const from = z
  .enum(['failure', 'start', 'node'])
  .describe(
    '`failure`: what succeeded counts again, the rest runs. `start`: everything runs, on the same input. `node`: that node and all behind it run, on recorded or pinned data.',
  );
const version = z
  .enum(['same', 'latest', 'draft'])
  .describe('The version that the run had, what is published now, or the draft.');

export const planRerun = z.object({
  from: from.default('failure'),
  node: z.string().optional(),
  version: version.default('same'),
});

export const rerunPlan = z.object({
  /** Ids of nodes whose recorded outputs count again, as far as they are reached again. */
  reused: z.array(z.string()),
  /** Nodes that run if something reaches them. */
  runs: z.array(z.string()),
  /** Of those: nodes that had succeeded and run anew because the version differs there. */
  changed: z.array(z.string()),
});
export type RerunPlan = z.output<typeof rerunPlan>;

export const startRerun = z.object({
  from: from.default('failure'),
  /** With `from: node`: where to begin. */
  node: z.string().optional(),
  version: version.default('same'),
  /** Other items for the trigger: everything runs on them. */
  items: items.max(50_000).optional(),
  /** Other items for one step, in place of what reached it. */
  input: z
    .object({ node: z.string(), index: z.int().min(0).default(0), items: items.max(50_000) })
    .optional(),
});

export const rerunStarted = runStarted.extend(rerunPlan.shape);
