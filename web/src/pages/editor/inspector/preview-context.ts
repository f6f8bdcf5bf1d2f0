/** What previews in a form are made from: the graph, the last run, the node of the form. */
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import { useCan } from '../../../api/session.ts';
import { useVariables } from '../../../api/variables.ts';
import { useScene } from '../../../graph/scene.ts';
import type { PreviewSource } from '../expression/preview.ts';
import { useEditor, useGraph } from '../state/editor-store.ts';

export const NodeContext = createContext<GraphNode | undefined>(undefined);

export function useFormNode(): GraphNode {
  const node = useContext(NodeContext);
  if (!node) throw new Error('A field was drawn outside a NodeContext.');
  return node;
}

export function usePreviewSource(): PreviewSource {
  const node = useFormNode();
  const graph = useGraph();
  const overlay = useStore(useScene().store, (state) => state.overlay);
  const id = useEditor((state) => state.automation);
  const name = useEditor((state) => state.history.present.name);
  const published = useEditor((state) => state.publishedVersion !== undefined);
  const vars = usePreviewVars();
  return { graph, overlay, node, automation: { id, name, published }, vars };
}

const hidden = '••••••••';

function usePreviewVars(): Record<string, string> {
  const maySee = useCan('variable.view');
  const { data } = useVariables(maySee);
  return useMemo(
    () => Object.fromEntries((data ?? []).map(({ name, value }) => [name, value ?? hidden])),
    [data],
  );
}
