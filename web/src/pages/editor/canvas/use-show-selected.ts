/** Keeps the selected node in sight: one that was added elsewhere, or that a panel opening for it would cover. */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { nodeSize } from '../../../graph/node-size.ts';
import { useEditorStore, useSelectedNode } from '../state/editor-store.ts';

export function useShowSelected(): void {
  const store = useEditorStore();
  const selected = useSelectedNode()?.id;
  const { flowToScreenPosition, getZoom, setCenter } = useReactFlow();
  useEffect(() => {
    // The panel for the node opens in the same moment and makes the canvas smaller: look after that.
    const timer = setTimeout(() => {
      const node = store.getState().history.present.graph.nodes.find(({ id }) => id === selected);
      const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
      if (!node || !box) return;
      const { width, height } = nodeSize(node);
      const { x, y } = node.position;
      const from = flowToScreenPosition({ x, y });
      const to = flowToScreenPosition({ x: x + width, y: y + height });
      const isSeen =
        from.x >= box.left && from.y >= box.top && to.x <= box.right - 24 && to.y <= box.bottom - 40;
      if (!isSeen) void setCenter(x + width / 2, y + height / 2, { zoom: getZoom(), duration: 200 });
    }, 60);
    return () => clearTimeout(timer);
  }, [selected, store, flowToScreenPosition, getZoom, setCenter]);
}
