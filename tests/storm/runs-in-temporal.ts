import type { Client } from '@temporalio/client';
import { automationWorkflow, runOfTick } from '../../contracts/run.ts';
import type { State } from '../../contracts/states.ts';
import { stateOf } from '../kill-drill/verdict.ts';

export interface RunInTemporal {
  run: string;
  workflowId: string;
  automation: string;
  state: State;
}

/** Every run that Temporal knows, of none that continued as new. */
export async function runsInTemporal(client: Client): Promise<RunInTemporal[]> {
  const found: RunInTemporal[] = [];
  const query = `WorkflowType = '${automationWorkflow}'`;
  for await (const { workflowId, runId, status } of client.workflow.list({ query })) {
    const [, workspace, automation, ...rest] = workflowId.split(':');
    // automation:<workspace>:<automation>:<run>, or the node and the time of a tick.
    const isTick = rest.length > 1;
    const of = { workspace: workspace!, automation: automation! };
    const run = isTick ? runOfTick(of, { workflowId, firstRunId: runId }) : rest[0]!;
    found.push({ run, workflowId, automation: of.automation, state: stateOf(status.name) });
  }
  return found;
}
