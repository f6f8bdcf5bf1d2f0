/**
 * A graph made ready to run: node types looked up, parameters compiled, edges indexed, joins analysed. Pure and
 * deterministic: nothing here depends on the key order of user data.
 */
import { findNodeType } from '../../contracts/catalogue/index.ts';
import type { Graph, GraphEdge, GraphNode } from '../../contracts/graph.ts';
import type { NodeRole, NodeType } from '../../contracts/node-type.ts';
import { portsOf } from '../../contracts/ports.ts';
import { referencedNodes } from '../expressions/index.ts';
import { EngineFailure } from '../run/engine-failure.ts';
import { analyseJoins, type Joins } from './reach.ts';
import { type ParameterReader, readParameters } from './read-parameters.ts';
import { mentionedLinks, type ResumeLink } from './resume-link.ts';

export interface CompiledNode {
  id: string;
  name: string;
  role: NodeRole;
  type: string;
  join: NodeType['join'];
  source: GraphNode;
  /** Position in the graph: what "first" means wherever order matters. */
  order: number;
  disabled: boolean;
  inputs: readonly string[];
  /** Output ports in order, without `error`. */
  outputs: readonly string[];
  parameters: ParameterReader;
  /** Expressions somewhere ask for this node's items by name. */
  remembered: boolean;
  /** Names that this node's own parameters ask for. */
  references: readonly string[];
  /** Resume links that its own parameters read. */
  links: readonly ResumeLink[];
}

export interface CompiledGraph {
  nodes: readonly CompiledNode[];
  byId: ReadonlyMap<string, CompiledNode>;
  byName: ReadonlyMap<string, CompiledNode>;
  /** Edges that leave a port, in the order of their targets. */
  edgesFrom(node: string, port: string): readonly GraphEdge[];
  /** Merges and loops, in node order. */
  joinNodes: readonly CompiledNode[];
  joins: Joins;
  settings: Graph['settings'];
}

/** @throws EngineFailure `unknown-node-type` — a validated version never has one, an edited database might. */
export function compileGraph(graph: Graph): CompiledGraph {
  const references = graph.nodes.map((node) => referencedNodes(node.parameters));
  const rememberAll = references.some((found) => found.dynamic);
  const rememberedNames = new Set(references.flatMap((found) => found.names));
  const nodes = graph.nodes.map((node, order): CompiledNode => {
    const nodeType = typeOf(node);
    const ports = portsOf(nodeType, { parameters: node.parameters });
    return {
      id: node.id,
      name: node.name,
      role: nodeType.role,
      type: node.type,
      join: nodeType.join,
      source: node,
      order,
      disabled: node.disabled === true,
      inputs: ports.inputs.map((port) => port.name),
      outputs: ports.outputs.map((port) => port.name),
      parameters: readParameters(node, nodeType),
      remembered: rememberAll || rememberedNames.has(node.name),
      references: references[order]!.names,
      links: mentionedLinks(node.parameters),
    };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = indexEdges(graph.edges, byId);
  return {
    nodes,
    byId,
    byName: new Map(nodes.map((node) => [node.name, node])),
    edgesFrom: (node, port) => edges.get(portKey(node, port)) ?? [],
    joinNodes: nodes.filter(isJoin),
    joins: analyseJoins(nodes, graph.edges),
    settings: graph.settings,
  };
}

/** Joins gather what reaches them until `engine/run/joins.ts` lets them go on; other nodes run for every list. */
export function isJoin({ disabled, join }: Pick<CompiledNode, 'disabled' | 'join'>): boolean {
  return !disabled && join !== undefined;
}

/** A key for a port of a node; ids can't hold a NUL. */
export function portKey(node: string, port: string): string {
  return `${node}\0${port}`;
}

function typeOf(node: GraphNode): NodeType {
  const nodeType = findNodeType(node.type);
  if (nodeType) return nodeType;
  throw new EngineFailure({
    code: 'unknown-node-type',
    message: `There is no node type "${node.type}".`,
    hint: 'Replace the node or remove it, and publish again.',
    node: node.id,
  });
}

function indexEdges(
  edges: readonly GraphEdge[],
  byId: ReadonlyMap<string, CompiledNode>,
): Map<string, GraphEdge[]> {
  const index = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (!byId.has(edge.source) || !byId.has(edge.target)) continue;
    const key = portKey(edge.source, edge.sourcePort);
    const list = index.get(key);
    if (list) list.push(edge);
    else index.set(key, [edge]);
  }
  const orderOf = (edge: GraphEdge) => byId.get(edge.target)!.order;
  for (const list of index.values()) list.sort((a, b) => orderOf(a) - orderOf(b));
  return index;
}
