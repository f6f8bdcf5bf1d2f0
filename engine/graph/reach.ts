/**
 * What the joins need to know of the graph's shape. A merge waits for the inputs that can still arrive; a loop waits until its
 * body holds no more work. Both ask the same question: can work at node X still lead to this input?
 *
 * All of it is static. It is computed once per graph, by walking edges backwards from each join (forwards from each loop).
 */
import type { GraphEdge } from '../../contracts/graph.ts';
import type { NodeType } from '../../contracts/node-type.ts';

interface JoinNode {
  id: string;
  join: NodeType['join'];
  disabled: boolean;
  inputs: readonly string[];
}

/** Node id → the output ports of that node which lead on to the input in question. */
export type Sources = ReadonlyMap<string, ReadonlySet<string>>;

export interface Joins {
  /** For every node that joins its inputs (merge, compare): input port → where work for it can come from. Ports without an edge are left out. */
  merges: ReadonlyMap<string, ReadonlyMap<string, Sources>>;
  /** For every loop: the nodes of its body, i.e. what its `loop` port reaches without passing through the loop itself. */
  bodies: ReadonlyMap<string, ReadonlySet<string>>;
}

export function analyseJoins(nodes: readonly JoinNode[], edges: readonly GraphEdge[]): Joins {
  const into = groupBy(edges, (edge) => edge.target);
  const outOf = groupBy(edges, (edge) => edge.source);
  const active = nodes.filter((node) => !node.disabled);
  return {
    merges: new Map(
      active.filter((node) => node.join === 'inputs').map((node) => [node.id, mergeSources(node, into)]),
    ),
    bodies: new Map(
      active.filter((node) => node.join === 'rounds').map((node) => [node.id, loopBody(node.id, outOf)]),
    ),
  };
}

function mergeSources(merge: JoinNode, into: Map<string, GraphEdge[]>): Map<string, Sources> {
  const ports = new Map<string, Sources>();
  for (const port of merge.inputs) {
    const entering = (into.get(merge.id) ?? []).filter((edge) => edge.targetPort === port);
    if (entering.length > 0) ports.set(port, sourcesOf(entering, into));
  }
  return ports;
}

function sourcesOf(entering: readonly GraphEdge[], into: Map<string, GraphEdge[]>): Sources {
  const found = new Map<string, Set<string>>();
  const queue = [...entering];
  for (let edge = queue.shift(); edge; edge = queue.shift()) {
    const ports = found.get(edge.source);
    if (ports) {
      ports.add(edge.sourcePort);
      continue;
    }
    found.set(edge.source, new Set([edge.sourcePort]));
    queue.push(...(into.get(edge.source) ?? []));
  }
  return found;
}

function loopBody(loop: string, outOf: Map<string, GraphEdge[]>): Set<string> {
  const body = new Set<string>();
  const queue = (outOf.get(loop) ?? [])
    .filter((edge) => edge.sourcePort === 'loop')
    .map((edge) => edge.target);
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (node === loop || body.has(node)) continue;
    body.add(node);
    queue.push(...(outOf.get(node) ?? []).map((edge) => edge.target));
  }
  return body;
}

function groupBy(edges: readonly GraphEdge[], key: (edge: GraphEdge) => string): Map<string, GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(key(edge));
    if (group) group.push(edge);
    else groups.set(key(edge), [edge]);
  }
  return groups;
}
