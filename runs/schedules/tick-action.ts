/** What a tick does: it starts a run, or it asks whether there is something to start one for. */
import type { ScheduleOptions } from '@temporalio/client';
import type { GraphNode } from '../../contracts/graph.ts';
import { pollWorkflow } from '../../contracts/polls.ts';
import { automationWorkflow, priorities, queues, type RunInput, runFromTick } from '../../contracts/run.ts';
import { searchAttributesOf } from '../search-attributes.ts';
import { summaryOf } from '../start-run.ts';
import type { VersionGraph } from '../version-graphs.ts';
import type { Clock } from './clock-of.ts';

interface Ticking {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  graph: VersionGraph;
}

export function tickAction(
  { workspace, automation, version, graph }: Ticking,
  node: GraphNode,
  kind: Clock['kind'],
): ScheduleOptions['action'] {
  const shared = {
    type: 'startWorkflow' as const,
    taskQueue: queues.automations,
    typedSearchAttributes: searchAttributesOf({ workspace, automation: automation.id, kind }),
    staticSummary: summaryOf(automation.name, node.name),
    // The SDK passes it on; only its type of new schedules has forgotten it.
    priority: { priorityKey: graph.settings.priority ?? priorities[kind], fairnessKey: workspace },
  };
  // It looks up what is published itself: the same trigger of a newer version asks on from the same cursor.
  if (kind === 'poll')
    return {
      ...shared,
      workflowType: pollWorkflow,
      args: [{ workspace, automation: automation.id, node: node.id }],
      workflowId: `poll:${workspace}:${automation.id}:${node.id}`,
    };
  const input: RunInput = {
    run: runFromTick,
    workspace,
    automation,
    version: { id: version.id, number: version.number },
    graph: graph.inline,
    trigger: { kind: 'schedule', node: node.id },
    // Read by the run itself: what is put in here would be the same for every tick.
    variables: graph.variables && { load: graph.variables },
    flow: { load: true },
  };
  return {
    ...shared,
    workflowType: automationWorkflow,
    args: [input],
    // Temporal adds "-<time of the tick>".
    workflowId: `automation:${workspace}:${automation.id}:${node.id}`,
  };
}
