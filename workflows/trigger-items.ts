/** What a trigger hands on when whoever started the run sent no items. */
import type { Graph } from '../contracts/graph.ts';
import type { Item } from '../contracts/item.ts';
import type { JsonValue } from '../contracts/json.ts';
import { isObject } from '../engine/items/paths.ts';

export function triggerItems(graph: Graph, trigger: string, startedAt: Date): Item[] {
  const node = graph.nodes.find((candidate) => candidate.id === trigger);
  if (node?.type === 'manual-trigger') return sampleItems(node.parameters.sample);
  return [{ json: { timestamp: startedAt.toISOString(), timezone: graph.settings.timezone } }];
}

/** An object is one item, a list one item per object. */
function sampleItems(sample: JsonValue | undefined): Item[] {
  if (typeof sample !== 'string') return [{ json: {} }];
  const parsed = JSON.parse(sample) as JsonValue;
  const values = Array.isArray(parsed) ? parsed : [parsed];
  return values.map((value) => ({ json: isObject(value) ? value : { value } }));
}
