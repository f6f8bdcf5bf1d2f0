/** Where the next node goes when no place was pointed at: after the one selected node while it has a free output, else near the middle. */
import type { Position } from '../../../../../contracts/graph.ts';
import { nodePorts } from '../../../graph/connection.ts';
import type { EditorState, Insertion } from '../state/editor-store.ts';

export function nextInsertion({ selected, history }: EditorState, centre: () => Position): Insertion {
  const { graph } = history.present;
  const source = selected.size === 1 ? graph.nodes.find((node) => selected.has(node.id)) : undefined;
  const free =
    source &&
    nodePorts(source).outputs.find(
      (port) => !graph.edges.some((edge) => edge.source === source.id && edge.sourcePort === port.name),
    );
  return source && free
    ? { kind: 'after', node: source.id, port: free.name }
    : { kind: 'near', position: centre() };
}
