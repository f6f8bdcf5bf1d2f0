/**
 * Where the next node goes when no place was pointed at: into the one selected edge, after the one selected node (or the only one) while it has a
 * free output, else near the middle.
 */
import type { Position } from '../../../../../contracts/graph.ts';
import { edgeId, nodePorts } from '../../../graph/connection.ts';
import type { EditorState, Insertion } from '../state/editor-store.ts';

export function nextInsertion(
  { selected, selectedEdges, history }: Pick<EditorState, 'selected' | 'selectedEdges' | 'history'>,
  centre: () => Position,
): Insertion {
  const { graph } = history.present;
  const edge =
    selected.size === 0 && selectedEdges.size === 1
      ? graph.edges.find((other) => selectedEdges.has(edgeId(other)))
      : undefined;
  if (edge) return { kind: 'edge', edge };
  // A fresh automation has its trigger only: what comes next follows it.
  const source =
    selected.size === 1
      ? graph.nodes.find((node) => selected.has(node.id))
      : graph.nodes.length === 1
        ? graph.nodes[0]
        : undefined;
  const free =
    source &&
    nodePorts(source).outputs.find(
      (port) => !graph.edges.some((edge) => edge.source === source.id && edge.sourcePort === port.name),
    );
  return source && free
    ? { kind: 'after', node: source.id, port: free.name }
    : { kind: 'near', position: centre() };
}
