/**
 * What differs between two graphs, as a person would say it: nodes that came, went or changed (field by field), edges, settings.
 * Nodes are the same by their id, so a renamed node is a changed one.
 */
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import type { JsonValue } from './json.ts';

export interface FieldChange {
  /** As in the graph: `name`, `parameters.url`, `parameters.headers`. */
  field: string;
  /** Left out where there was none, or is none. */
  before?: JsonValue | undefined;
  after?: JsonValue | undefined;
}

export type NodeChange =
  | { kind: 'added'; id: string; name: string; type: string }
  | { kind: 'removed'; id: string; name: string; type: string }
  /** It stands elsewhere on the canvas, and that is all. */
  | { kind: 'moved'; id: string; name: string; type: string }
  | { kind: 'changed'; id: string; name: string; type: string; fields: FieldChange[] };

export interface GraphDiff {
  /** In the order of the newer graph, the removed ones last. */
  nodes: NodeChange[];
  edges: { added: GraphEdge[]; removed: GraphEdge[] };
  settings: FieldChange[];
  /** Names of nodes whose pinned data differs. */
  pinned: string[];
}

export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const former = new Map(before.nodes.map((node) => [node.id, node]));
  const present = new Set(after.nodes.map(({ id }) => id));
  const formerEdges = new Set(before.edges.map(edgeKey));
  const presentEdges = new Set(after.edges.map(edgeKey));
  const names = new Map([...before.nodes, ...after.nodes].map(({ id, name }) => [id, name]));
  return {
    nodes: [
      ...after.nodes.flatMap((node) => nodeChange(former.get(node.id), node) ?? []),
      ...before.nodes
        .filter(({ id }) => !present.has(id))
        .map(({ id, name, type }): NodeChange => ({ kind: 'removed', id, name, type })),
    ],
    edges: {
      added: after.edges.filter((edge) => !formerEdges.has(edgeKey(edge))),
      removed: before.edges.filter((edge) => !presentEdges.has(edgeKey(edge))),
    },
    settings: fieldChanges(before.settings as Fields, after.settings as Fields),
    pinned: [...names]
      .filter(([id]) => !isSame(before.pinnedData[id] ?? null, after.pinnedData[id] ?? null))
      .map(([, name]) => name),
  };
}

/** Nothing differs but, at most, where nodes stand. */
export function isSameWork({ nodes, edges, settings, pinned }: GraphDiff): boolean {
  return (
    nodes.every(({ kind }) => kind === 'moved') &&
    edges.added.length + edges.removed.length + settings.length + pinned.length === 0
  );
}

/** Fields that change nothing of what a node does. */
const idle = new Set(['notes', 'position']);

/** Nodes of `after` that would do something else than in `before`, or were not there. */
export function nodesThatWorkAnew(before: Graph, after: Graph): string[] {
  const former = new Map(before.nodes.map((node) => [node.id, node]));
  return after.nodes
    .filter((node) => {
      const change = nodeChange(former.get(node.id), node);
      if (change?.kind === 'changed') return change.fields.some(({ field }) => !idle.has(field));
      return change?.kind === 'added';
    })
    .map(({ id }) => id);
}

type Fields = Record<string, JsonValue | undefined>;

function nodeChange(before: GraphNode | undefined, after: GraphNode): NodeChange | undefined {
  const { id, name, type } = after;
  if (!before) return { kind: 'added', id, name, type };
  const { position: was, ...rest } = before;
  const { position: is, ...now } = after;
  const fields = fieldChanges(rest as unknown as Fields, now as unknown as Fields);
  if (fields.length > 0) return { kind: 'changed', id, name, type, fields };
  return was.x === is.x && was.y === is.y ? undefined : { kind: 'moved', id, name, type };
}

/** Objects are compared member by member; lists and everything else as a whole. */
export function fieldChanges(before: Fields, after: Fields, prefix = ''): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => {
    const [was, is] = [before[field], after[field]];
    if (isSame(was ?? null, is ?? null)) return [];
    const path = `${prefix}${field}`;
    if (isFields(was) && isFields(is)) return fieldChanges(was, is, `${path}.`);
    return [{ field: path, before: was, after: is }];
  });
}

function isFields(value: JsonValue | undefined): value is Fields & JsonValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The order of an object's members says nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  return (
    keysOfA.length === keysOfB.length &&
    keysOfA.every((key) => isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
  );
}

function edgeKey({ source, sourcePort, target, targetPort }: GraphEdge): string {
  return [source, sourcePort, target, targetPort].join('\0');
}
