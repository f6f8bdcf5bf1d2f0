/** The gate that a trigger of a published version has. */
import type { z } from 'zod';
import { findNodeType } from '../../contracts/catalogue/index.ts';
import { type GateParameters, type GateSettings, gateSettingsOf } from '../../contracts/gates.ts';
import type { GraphNode } from '../../contracts/graph.ts';

export interface TriggerGate {
  settings: GateSettings;
  /** A path or an expression; empty: one gate for all. */
  key: string;
}

// Nodes of published versions never change and are kept, so each is read once.
const known = new WeakMap<GraphNode, TriggerGate | null>();

/** Undefined for most: without a gate. */
export function triggerGateOf(node: GraphNode): TriggerGate | undefined {
  const before = known.get(node);
  if (before !== undefined) return before ?? undefined;
  const gate = read(node);
  known.set(node, gate ?? null);
  return gate;
}

function read({ type, parameters }: GraphNode): TriggerGate | undefined {
  if (parameters.gate === undefined || parameters.gate === 'none') return undefined;
  const schema = findNodeType(type)?.parameters as z.ZodType<GateParameters> | undefined;
  // An event's conditions may hold expressions, which the schema takes as they are.
  const read = schema?.safeParse(parameters);
  const settings = read?.success ? gateSettingsOf(read.data) : undefined;
  return settings && { settings, key: read!.data!.gateKey };
}
