/** The clock of a trigger: what makes it tick, or undefined for one that nothing drives. */
import type { ScheduleOverlapPolicy, ScheduleSpec } from '@temporalio/client';
import { z } from 'zod';
import { askEvery, intervalMs } from '../../contracts/catalogue/clock-fields.ts';
import { imapTrigger } from '../../contracts/catalogue/imap-trigger.ts';
import { pollTrigger } from '../../contracts/catalogue/poll-trigger.ts';
import { rssTrigger } from '../../contracts/catalogue/rss-trigger.ts';
import { scheduleTrigger } from '../../contracts/catalogue/schedule-trigger.ts';
import type { Graph, GraphNode } from '../../contracts/graph.ts';
import { overlaps, scheduleSpec } from './schedule-spec.ts';

export interface Clock {
  /** A tick starts a run, or asks somewhere whether there is something to start one for. */
  kind: 'schedule' | 'poll';
  spec: ScheduleSpec;
  overlap: ScheduleOverlapPolicy;
  /** Milliseconds. */
  catchupWindow: number;
}

/** @param node of a published graph: its parameters are valid */
export function clockOf(node: GraphNode, timezone: string): Clock | undefined {
  if (node.disabled) return undefined;
  if (pollTypes.includes(node.type)) return pollClock(node);
  if (node.type !== scheduleTrigger.type) return undefined;
  const parameters = scheduleTrigger.parameters.parse(node.parameters);
  return {
    kind: 'schedule',
    spec: scheduleSpec(parameters, timezone),
    overlap: overlaps[parameters.overlap],
    catchupWindow: parameters.catchUp * 60_000,
  };
}

const pollTypes: readonly string[] = [pollTrigger.type, rssTrigger.type, imapTrigger.type];

/** Types of the triggers that a clock drives. */
export const clockedTypes: readonly string[] = [scheduleTrigger.type, ...pollTypes];

const interval = z.object(askEvery);

/** Every poll finds all that came since the last one: a tick that is late or missed has nothing to make up for. */
function pollClock({ parameters }: GraphNode): Clock {
  const every = intervalMs(interval.parse(parameters));
  return { kind: 'poll', spec: { intervals: [{ every }] }, overlap: 'SKIP', catchupWindow: 10_000 };
}

/** The nodes of a graph that tick. */
export function clockedNodes(graph: Graph): GraphNode[] {
  return graph.nodes.filter((node) => clockedTypes.includes(node.type) && !node.disabled);
}
