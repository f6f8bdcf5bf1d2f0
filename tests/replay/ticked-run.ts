/** A run as a schedule starts it: by a Temporal Schedule with the action that publishing gives it, ticked by hand. */
import type { WorkflowHandle } from '@temporalio/client';
import { eventually } from '../../api/testing/eventually.ts';
import type { Graph } from '../../contracts/graph.ts';
import { runOfTick } from '../../contracts/run.ts';
import { tickAction } from '../../runs/schedules/tick-action.ts';
import { toVersionGraph } from '../../runs/version-graphs.ts';
import type { RunningEngine } from './running-engine.ts';

/** @param graph its first node is the trigger. Each automation ticks once. */
export async function tickedRun(
  { client, workspace }: Pick<RunningEngine, 'client' | 'workspace'>,
  graph: Graph,
  automation: { id: string; name: string },
): Promise<{ run: string; handle: WorkflowHandle }> {
  const lean = toVersionGraph(graph);
  const ticking = {
    workspace,
    automation,
    version: { id: `version-${automation.id}`, number: 1 },
    graph: lean,
  };
  const schedule = await client.schedule.create({
    scheduleId: `ticked:${automation.id}`,
    spec: { intervals: [{ every: '30d' }] },
    action: tickAction(ticking, graph.nodes[0]!, 'schedule'),
  });
  await schedule.trigger();
  const [tick] = await eventually(
    async () => (await schedule.describe()).info.recentActions,
    ({ length }) => length > 0,
  );
  await schedule.delete();
  const { workflowId, firstExecutionRunId: firstRunId } = tick!.action.workflow;
  const run = runOfTick({ workspace, automation: automation.id }, { workflowId, firstRunId });
  return { run, handle: client.workflow.getHandle(workflowId) };
}
