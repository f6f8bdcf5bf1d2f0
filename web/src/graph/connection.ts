/** Which ports may be joined. The rules of the validator, asked before an edge is drawn. */
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import type { Graph, GraphEdge, GraphNode } from '../../../contracts/graph.ts';
import type { Port } from '../../../contracts/node-type.ts';
import { portsOf } from '../../../contracts/ports.ts';

/** A node's ports; none for a type that the catalogue does not know. */
export function nodePorts(node: Pick<GraphNode, 'type' | 'parameters' | 'onError'>): {
  inputs: readonly Port[];
  outputs: readonly Port[];
} {
  const nodeType = findNodeType(node.type);
  return nodeType ? portsOf(nodeType, node) : { inputs: [], outputs: [] };
}

/** Both ports exist and are not joined yet. A node may feed itself through others, never directly. */
export function canConnect(graph: Graph, edge: GraphEdge): boolean {
  if (edge.source === edge.target) return false;
  const source = graph.nodes.find((node) => node.id === edge.source);
  const target = graph.nodes.find((node) => node.id === edge.target);
  if (!source || !target) return false;
  return (
    nodePorts(source).outputs.some((port) => port.name === edge.sourcePort) &&
    nodePorts(target).inputs.some((port) => port.name === edge.targetPort) &&
    !graph.edges.some((other) => sameEdge(other, edge))
  );
}

/** The edges that could be drawn from this node, output by output. */
export function possibleEdges(graph: Graph, source: GraphNode): GraphEdge[] {
  return nodePorts(source).outputs.flatMap(({ name: sourcePort }) =>
    graph.nodes.flatMap((target) =>
      nodePorts(target)
        .inputs.map((input) => ({
          source: source.id,
          sourcePort,
          target: target.id,
          targetPort: input.name,
        }))
        .filter((edge) => canConnect(graph, edge)),
    ),
  );
}

export function sameEdge(a: GraphEdge, b: GraphEdge): boolean {
  return (
    a.source === b.source &&
    a.sourcePort === b.sourcePort &&
    a.target === b.target &&
    a.targetPort === b.targetPort
  );
}

/** Stable name of an edge, for React Flow and for counts. */
export function edgeId(edge: GraphEdge): string {
  return `${edge.source}:${edge.sourcePort}>${edge.target}:${edge.targetPort}`;
}

/** Without edges whose ports are no longer there, e.g. after a case of a Switch was removed. */
export function dropDanglingEdges(graph: Graph): Graph {
  const ports = new Map(graph.nodes.map((node) => [node.id, nodePorts(node)]));
  const edges = graph.edges.filter(
    (edge) =>
      ports.get(edge.source)?.outputs.some((port) => port.name === edge.sourcePort) &&
      ports.get(edge.target)?.inputs.some((port) => port.name === edge.targetPort),
  );
  return edges.length === graph.edges.length ? graph : { ...graph, edges };
}
