/** C on a node: which of its outputs leads to which node. The keyboard's way to draw an edge. */
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import { edgeId, nodePorts, possibleEdges } from '../../../graph/connection.ts';
import { editorText } from '../../../i18n/editor.ts';
import { type Translate, useT } from '../../../i18n/language.ts';
import { focusNode } from '../canvas/canvas-focus.ts';
import { useEditor, useEditorStore, useGraph, useSelectedNode } from '../state/editor-store.ts';
import { connect } from '../state/graph-edits.ts';
import { type Pick, PickList } from './pick-list.tsx';
import { plain } from './search-node-types.ts';

export function ConnectDialog() {
  const t = useT();
  const store = useEditorStore();
  const graph = useGraph();
  const source = useSelectedNode();
  const isOpen = useEditor((state) => state.panel === 'connect');
  if (!isOpen || !source) return null;
  const picks = picksOf(graph, source, t);
  const close = () => {
    store.getState().set({ panel: undefined });
    focusNode(source.id);
  };
  return (
    <PickList
      label={t(editorText.connectFrom, { name: source.name })}
      searchLabel={t(editorText.connectFrom, { name: source.name })}
      find={(search) =>
        picks.filter(({ title, detail }) => plain(`${title} ${detail}`).includes(plain(search)))
      }
      nothing={() => t(editorText.nothingToConnect)}
      onPick={(id) => {
        const edge = possibleEdges(graph, source).find((possible) => edgeId(possible) === id);
        if (edge) store.getState().edit((before) => connect(before, edge));
        close();
      }}
      onClose={close}
    />
  );
}

/** Ports are named where there is a choice of them. */
function picksOf(graph: Graph, source: GraphNode, t: Translate): Pick[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const { outputs } = nodePorts(source);
  return possibleEdges(graph, source).flatMap((edge) => {
    const target = nodes.get(edge.target);
    if (!target) return [];
    const { inputs } = nodePorts(target);
    const output = outputs.find(({ name }) => name === edge.sourcePort);
    const input = inputs.find(({ name }) => name === edge.targetPort);
    const from = outputs.length > 1 && output ? t(output.label) : '';
    const into = inputs.length > 1 && input ? t(input.label) : '';
    return [
      {
        id: edgeId(edge),
        type: target.type,
        title: target.name,
        detail: [from, into].filter(Boolean).join(' → ') || t(editorText.connectTo),
      },
    ];
  });
}
