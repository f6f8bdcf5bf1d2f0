/** Edits of the graph: each takes a graph and gives the changed one, or the same when there is nothing to do. */
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import { fieldsOf } from '../../../../../contracts/field.ts';
import type { Graph, GraphEdge, GraphNode, Position } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';
import type { Language } from '../../../../../contracts/text.ts';
import { canConnect, dropDanglingEdges, edgeId, nodePorts } from '../../../graph/connection.ts';
import { snap } from '../../../graph/layout.ts';
import { nodeSize, nodeWidth } from '../../../graph/node-size.ts';
import { randomId } from '../../../lib/random-id.ts';
import { uniqueName } from './node-names.ts';

/** Room left between a node and the one inserted after it. */
const gap = 88;

export function makeNode(
  graph: Graph,
  type: string,
  position: Position,
  language: Language = 'en',
): GraphNode {
  const nodeType = findNodeType(type);
  const base = nodeType?.label[language] ?? type;
  return {
    id: randomId().slice(0, 12),
    name: uniqueName(
      graph.nodes.map((node) => node.name),
      base,
    ),
    type,
    typeVersion: nodeType?.version ?? 1,
    position: { x: snap(position.x), y: snap(position.y) },
    parameters: startingParameters(type),
  };
}

/** What a new node starts with where the schema's default alone would leave the builder with an empty form. */
function startingParameters(type: string): JsonObject {
  if (type === 'edit-fields') return { assignments: [{ name: '', type: 'any', value: '' }] };
  if (type === 'if') return { conditions: [emptyEntry(type, 'conditions')] };
  if (type === 'switch')
    return {
      cases: [
        { ...emptyEntry(type, 'cases'), conditions: [{ left: '', operator: 'string.equals', right: '' }] },
      ],
    };
  if (type === 'webhook-trigger') return { method: 'POST', path: randomId().slice(0, 8) };
  if (type === 'form-trigger') return { path: randomId().slice(0, 8) };
  // Nobody guesses it: whoever knows it can start runs.
  if (type === 'mail-trigger') return { address: `mail-${randomId().toLowerCase().slice(0, 20)}` };
  return {};
}

/** A new entry of a list parameter: the defaults of its fields. */
function emptyEntry(type: string, list: string): JsonObject {
  const nodeType = findNodeType(type);
  const fields = nodeType
    ? fieldsOf(nodeType.parameters).find((field) => field.name === list)?.fields
    : undefined;
  return Object.fromEntries(
    (fields ?? []).map((field) => [field.name, (field.defaultValue ?? '') as JsonValue]),
  );
}

export function addNode(graph: Graph, node: GraphNode): Graph {
  return { ...graph, nodes: [...graph.nodes, node] };
}

export function connect(graph: Graph, edge: GraphEdge): Graph {
  return canConnect(graph, edge) ? { ...graph, edges: [...graph.edges, edge] } : graph;
}

export function removeEdges(graph: Graph, ids: ReadonlySet<string>): Graph {
  const edges = graph.edges.filter((edge) => !ids.has(edgeId(edge)));
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}

/** Adds `node` after output `port` of `source`; it takes the first input the type has. */
export function insertAfter(graph: Graph, node: GraphNode, source: string, port: string): Graph {
  const withNode = addNode(graph, node);
  const input = nodePorts(node).inputs[0];
  if (!input) return withNode;
  return connect(withNode, { source, sourcePort: port, target: node.id, targetPort: input.name });
}

/** Adds `node` before input `port` of `target`; it gives from its first output. */
export function insertBefore(graph: Graph, node: GraphNode, target: string, port: string): Graph {
  const withNode = addNode(graph, node);
  const output = nodePorts(node).outputs[0];
  if (!output) return withNode;
  return connect(withNode, { source: node.id, sourcePort: output.name, target, targetPort: port });
}

/** Puts `node` into an edge and moves what lies behind it to the right when there is no room. */
export function insertOnEdge(graph: Graph, node: GraphNode, edge: GraphEdge): Graph {
  const { inputs, outputs } = nodePorts(node);
  const source = graph.nodes.find((other) => other.id === edge.source);
  const target = graph.nodes.find((other) => other.id === edge.target);
  if (!inputs[0] || !outputs[0] || !source || !target) return addNode(graph, node);
  const at = { x: snap(source.position.x + nodeWidth + gap), y: middleY(source, target, node) };
  const missing = at.x + nodeWidth + gap - target.position.x;
  const forward = target.position.x > source.position.x;
  const made = forward && missing > 0 ? shiftRight(graph, edge.target, snap(missing), edge.source) : graph;
  const without = removeEdges(made, new Set([edgeId(edge)]));
  return {
    ...without,
    nodes: [...without.nodes, { ...node, position: at }],
    edges: [
      ...without.edges,
      { ...edge, target: node.id, targetPort: inputs[0].name },
      { source: node.id, sourcePort: outputs[0].name, target: edge.target, targetPort: edge.targetPort },
    ],
  };
}

function middleY(source: GraphNode, target: GraphNode, node: GraphNode): number {
  const centre = (of: GraphNode) => of.position.y + nodeSize(of).height / 2;
  return snap((centre(source) + centre(target)) / 2 - nodeSize(node).height / 2);
}

function shiftRight(graph: Graph, from: string, distance: number, butNot: string): Graph {
  const moved = new Set([from]);
  for (const id of moved)
    for (const edge of graph.edges) if (edge.source === id && edge.target !== butNot) moved.add(edge.target);
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      moved.has(node.id) ? { ...node, position: { ...node.position, x: node.position.x + distance } } : node,
    ),
  };
}

/** Where a node added after `source` goes: to its right, below what is already there. */
export function placeAfter(graph: Graph, source: GraphNode): Position {
  const x = snap(source.position.x + nodeWidth + gap);
  let y = source.position.y;
  const taken = (at: number) =>
    graph.nodes.some(
      (node) =>
        node.type !== 'note' &&
        Math.abs(node.position.x - x) < nodeWidth &&
        Math.abs(node.position.y - at) < 80,
    );
  while (taken(y)) y += 96;
  return { x, y: snap(y) };
}

/**
 * Without these nodes and their edges. A single node that had one way in and one way out leaves a direct connection, so that
 * taking a step out of a chain does not break the chain.
 */
export function removeNodes(graph: Graph, ids: ReadonlySet<string>): Graph {
  if (ids.size === 0) return graph;
  const bridge = ids.size === 1 ? bridgeOver(graph, [...ids][0]!) : undefined;
  const pinnedData = Object.fromEntries(Object.entries(graph.pinnedData).filter(([id]) => !ids.has(id)));
  const rest: Graph = {
    ...graph,
    nodes: graph.nodes.filter((node) => !ids.has(node.id)),
    edges: graph.edges.filter((edge) => !ids.has(edge.source) && !ids.has(edge.target)),
    pinnedData,
  };
  return bridge ? connect(rest, bridge) : rest;
}

function bridgeOver(graph: Graph, id: string): GraphEdge | undefined {
  const into = graph.edges.filter((edge) => edge.target === id);
  const out = graph.edges.filter((edge) => edge.source === id);
  if (into.length !== 1 || out.length !== 1) return undefined;
  return {
    source: into[0]!.source,
    sourcePort: into[0]!.sourcePort,
    target: out[0]!.target,
    targetPort: out[0]!.targetPort,
  };
}

/** Changes one node. Edges to ports that the change took away go with it. */
export function updateNode(graph: Graph, id: string, change: (node: GraphNode) => GraphNode): Graph {
  let changed = false;
  const nodes = graph.nodes.map((node) => {
    if (node.id !== id) return node;
    const next = change(node);
    changed ||= next !== node;
    return next;
  });
  return changed ? dropDanglingEdges({ ...graph, nodes }) : graph;
}

/** `positions` may name nodes that stay where they are. */
export function moveNodes(graph: Graph, positions: ReadonlyMap<string, Position>): Graph {
  const stay = graph.nodes.every(({ id, position }) => {
    const to = positions.get(id) ?? position;
    return to.x === position.x && to.y === position.y;
  });
  if (stay) return graph;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      const position = positions.get(node.id);
      return position ? { ...node, position } : node;
    }),
  };
}

/** Disables these nodes, or enables them when all are disabled already. */
export function toggleDisabled(graph: Graph, ids: ReadonlySet<string>): Graph {
  const chosen = graph.nodes.filter((node) => ids.has(node.id) && node.type !== 'note');
  if (chosen.length === 0) return graph;
  const disable = chosen.some((node) => !node.disabled);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (!ids.has(node.id) || node.type === 'note') return node;
      const { disabled: _, ...rest } = node;
      return disable ? { ...rest, disabled: true } : rest;
    }),
  };
}

/** Moves entry `from` of a Switch's cases away: the edges of later cases move with their case. */
export function removeSwitchCase(graph: Graph, id: string, removed: number): Graph {
  const edges = graph.edges.flatMap((edge) => {
    const index = edge.source === id ? /^case(\d+)$/.exec(edge.sourcePort)?.[1] : undefined;
    if (index === undefined || Number(index) < removed) return [edge];
    return Number(index) === removed ? [] : [{ ...edge, sourcePort: `case${Number(index) - 1}` }];
  });
  return {
    ...graph,
    edges,
    nodes: graph.nodes.map((node) => {
      if (node.id !== id || !Array.isArray(node.parameters.cases)) return node;
      const cases = node.parameters.cases.filter((_, index) => index !== removed);
      return { ...node, parameters: { ...node.parameters, cases } };
    }),
  };
}

/** What a node gives in runs of the draft; undefined: what it makes itself. */
export function pinData(graph: Graph, node: string, items: readonly Item[] | undefined): Graph {
  const { [node]: _, ...others } = graph.pinnedData;
  if (!items) return { ...graph, pinnedData: others };
  const pinned = items.map(({ json, binary }) => ({ json, ...(binary && { binary }) }));
  return { ...graph, pinnedData: { ...others, [node]: pinned } };
}
