/** Copy and paste: nodes travel as JSON text, so they go between tabs, into a chat or a file, and back. */
import { z } from 'zod';
import { type Graph, graph as graphSchema, type Position } from '../../../../../contracts/graph.ts';
import { snap } from '../../../graph/layout.ts';
import { randomId } from '../../../lib/random-id.ts';
import { boundsOf, freeSpot } from './free-spot.ts';
import { followRenames, uniqueName } from './node-names.ts';

const clip = z.object({
  hiviex: z.literal('nodes'),
  ...graphSchema.pick({ nodes: true, edges: true, pinnedData: true }).shape,
});
type Clip = z.output<typeof clip>;

/** JSON of the chosen nodes and the edges among them; undefined when none is chosen. */
export function copyNodes(graph: Graph, ids: ReadonlySet<string>): string | undefined {
  const nodes = graph.nodes.filter((node) => ids.has(node.id));
  if (nodes.length === 0) return undefined;
  const copied: Clip = {
    hiviex: 'nodes',
    nodes,
    edges: graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
    pinnedData: Object.fromEntries(Object.entries(graph.pinnedData).filter(([id]) => ids.has(id))),
  };
  return JSON.stringify(copied, null, 2);
}

/** What `text` holds: nodes that were copied, or a whole exported graph. Undefined for any other text. */
export function readClip(text: string): Pick<Graph, 'nodes' | 'edges' | 'pinnedData'> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const parsed = clip.safeParse(value);
    if (parsed.success) return parsed.data;
    const whole = graphSchema.safeParse(value);
    return whole.success && whole.data.nodes.length > 0 ? whole.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Adds copied nodes with new ids and free names; references among them follow. Their top left corner goes to `at`, or beside
 * where they came from; in both cases to the nearest place where they cover no other node.
 */
export function pasteNodes(
  graph: Graph,
  copied: Pick<Graph, 'nodes' | 'edges' | 'pinnedData'>,
  at?: Position,
): { graph: Graph; ids: string[] } {
  const { left, top } = boundsOf(copied.nodes);
  const corner = freeSpot(graph, copied.nodes, at ?? { x: left + 32, y: top + 32 });
  const shift = { x: corner.x - left, y: corner.y - top };
  const ids = new Map<string, string>();
  const renames = new Map<string, string>();
  const names = new Set(graph.nodes.map((node) => node.name));
  for (const node of copied.nodes) {
    ids.set(node.id, randomId().slice(0, 12));
    const name = uniqueName(names, node.name);
    names.add(name);
    if (name !== node.name) renames.set(node.name, name);
  }
  const nodes = copied.nodes.map((node) => ({
    ...followRenames(node, renames),
    id: ids.get(node.id)!,
    name: renames.get(node.name) ?? node.name,
    position: { x: snap(node.position.x + shift.x), y: snap(node.position.y + shift.y) },
  }));
  const edges = copied.edges.flatMap((edge) => {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    return source && target ? [{ ...edge, source, target }] : [];
  });
  const pinned = Object.entries(copied.pinnedData).flatMap(([id, items]) => {
    const to = ids.get(id);
    return to ? [[to, items] as const] : [];
  });
  return {
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...nodes],
      edges: [...graph.edges, ...edges],
      pinnedData: { ...graph.pinnedData, ...Object.fromEntries(pinned) },
    },
    ids: nodes.map((node) => node.id),
  };
}
