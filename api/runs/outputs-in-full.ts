/**
 * All that a step gave. What was too large for the record is asked of the run's workflow, which is replayed for it: nothing for a
 * list, but what a person wants to see of one step.
 */
import type { StepOutputs } from '../../contracts/api/runs.ts';
import { isTerminal } from '../../contracts/states.ts';
import { outputsOfStep } from '../../runs/outputs-of-step.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

export interface StepOfRun {
  run: string;
  node: string;
  index: number;
}

/** @throws ApiProblem `not-found`; `run-not-ended` or `outputs-not-kept` when the run can't tell yet, or no more */
export async function outputsInFull(
  { db, temporal }: Pick<ApiDeps, 'db' | 'temporal'>,
  workspace: string,
  { run, node, index }: StepOfRun,
): Promise<StepOutputs['outputs']> {
  const { found, step } = await db.inWorkspace(workspace, async ({ runs, steps }) => ({
    found: await runs.get(run),
    step: await steps.get(run, node, index),
  }));
  if (!found) throw notFound('run');
  if (!step) throw notFound('step');
  if (!step.truncated) return step.outputs;
  // Its files and large values went with its bodies: a replay would wait for them.
  if (found.emptiedAt !== undefined) throw new ApiProblem('outputs-not-kept');
  const outputs = await outputsOfStep(temporal, found.workflowId, step);
  if (outputs) return outputs;
  throw new ApiProblem(isTerminal(found.state) ? 'outputs-not-kept' : 'run-not-ended');
}
