/** Fields of the catalogue outside of the editor: what they ask their editor for comes from a graph of their own. */
import { type ReactNode, useMemo } from 'react';
import type { Graph, GraphNode } from '../../../../../contracts/graph.ts';
import { createSceneStore, SceneContext } from '../../../graph/scene.ts';
import { createEditorStore, EditorContext } from '../state/editor-store.ts';
import { NodeContext } from './preview-context.ts';

export interface DetachedFormProps {
  /** What previews are made from, pinned data included: as it is when the form is opened. */
  graph: Graph;
  /** As it is filled in now. */
  node: GraphNode;
  readOnly?: boolean;
  children: ReactNode;
}

export function DetachedForm({ graph, node, readOnly = false, children }: DetachedFormProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: see `graph`
  const stores = useMemo(
    () => ({
      editor: createEditorStore({ id: '', name: node.name, draft: graph, draftChanged: true }, { readOnly }),
      scene: { store: createSceneStore() },
    }),
    [readOnly],
  );
  return (
    <EditorContext value={stores.editor}>
      <SceneContext value={stores.scene}>
        <NodeContext value={node}>{children}</NodeContext>
      </SceneContext>
    </EditorContext>
  );
}
