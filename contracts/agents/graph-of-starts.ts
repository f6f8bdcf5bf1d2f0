/**
 * The starts of an agent as the graph of an automation, trigger → *Ask an agent*, one pair for each. So clocks, events, gates, retries
 * and runs of starts are those that automations have.
 */
import { agentNode } from '../catalogue/agent.ts';
import { eventTrigger } from '../catalogue/event-trigger.ts';
import { scheduleTrigger } from '../catalogue/schedule-trigger.ts';
import { type Graph, graph } from '../graph.ts';
import type { AgentStart, AgentStartKind } from './start.ts';

export const startTriggers = { schedule: scheduleTrigger.type, event: eventTrigger.type } as const;

const names: Record<AgentStartKind, string> = { schedule: 'Schedule', event: 'Event' };

/** Id of the node that asks the agent. The trigger's is the start's own. */
export function askNodeOf({ id, kind }: Pick<AgentStart, 'id' | 'kind'>): string {
  return `${kind}-${id}`;
}

/** @param step `<node>:<index>` of the call; undefined: it is of no start */
export function startKindOf(step: string): AgentStartKind | undefined {
  return step.startsWith('schedule-') ? 'schedule' : step.startsWith('event-') ? 'event' : undefined;
}

export function graphOfStarts(agent: string, starts: readonly AgentStart[]): Graph {
  return graph.parse({
    nodes: starts.flatMap((start, position) => {
      const { id, kind, trigger, message } = start;
      const at = { x: 0, y: position * 160 };
      const number = position + 1;
      return [
        {
          ...{ id, name: `${names[kind]} ${number}`, type: startTriggers[kind], position: at },
          parameters: trigger,
        },
        {
          ...{ id: askNodeOf(start), name: `Task ${number}`, type: agentNode.type },
          ...{ position: { ...at, x: 260 }, parameters: { agent, message } },
        },
      ];
    }),
    edges: starts.map((start) => ({ source: start.id, target: askNodeOf(start) })),
  });
}
