/**
 * One entry of the node catalogue. The editor's forms, the graph validation, the interpreter and the docs all read it, so a
 * new node type is one file in `catalogue/` plus one line in its index (and its executor in `engine/nodes` or `activities`).
 */
import type { z } from 'zod';
import type { Listening } from './listening.ts';
import type { Text } from './text.ts';

export interface Port {
  name: string;
  label: Text;
}

/**
 * What running a node means:
 * - `trigger`: starts runs; in a run it hands on the items that started it.
 * - `compute`: only computes, from its items; runs inside the workflow.
 * - `effect`: touches the world; runs as an activity, once per item or once for all.
 * - `control`: moves items through time and the graph (merge, loop, wait, respond); the scheduler itself runs it.
 * - `annotation`: is never run (notes).
 */
export type NodeRole = 'trigger' | 'compute' | 'effect' | 'control' | 'annotation';

export type NodeGroup = 'triggers' | 'data' | 'flow' | 'actions' | 'ai' | 'notes';

export interface NodeType<P extends z.ZodObject = z.ZodObject> {
  type: string;
  /** The newest `typeVersion` this entry understands; older ones are understood too. */
  version: number;
  role: NodeRole;
  /**
   * Gathers lists until they may go on together (`engine/run/joins.ts`): `inputs` waits for those of its inputs that can still arrive,
   * `rounds` sends out batch after batch. Other nodes run for every list that reaches them.
   */
  join?: 'inputs' | 'rounds';
  group: NodeGroup;
  /** A name of the Tabler icon set, without its `Icon` prefix. */
  icon: string;
  label: Text;
  description: Text;
  /** Words a person may search for. */
  keywords: readonly string[];
  parameters: P;
  /** Ports for these (possibly incomplete) parameters. The `error` output is added by `portsOf`, never here. */
  inputs(parameters: Record<string, unknown>): readonly Port[];
  outputs(parameters: Record<string, unknown>): readonly Port[];
  /** Of a trigger: what it listens to once it is published, besides webhooks and schedules (contracts/listening.ts). */
  listens?(parameters: z.output<P>, node: string): readonly Listening[];
  /** Checks that a schema can't make, e.g. that a cron line is valid. Each problem names its parameter. */
  check?(parameters: z.output<P>): { path: (string | number)[]; message: Text }[];
}

export function defineNodeType<P extends z.ZodObject>(nodeType: NodeType<P>): NodeType<P> {
  return nodeType;
}
