/** What React Flow says to screen readers and on its buttons, in the language of the person. */
import type { AriaLabelConfig } from '@xyflow/react';
import { useMemo } from 'react';
import { canvasText } from '../i18n/canvas.ts';
import { useT } from '../i18n/language.ts';

/** @param isEdited whether nodes can be moved and removed here, or are only looked at */
export function useCanvasLabels(isEdited: boolean): Partial<AriaLabelConfig> {
  const t = useT();
  return useMemo(() => {
    const node = t(isEdited ? canvasText.nodeKeys : canvasText.nodeKeysReadOnly);
    return {
      // React Flow reads the second one where its own keyboard handling is on, whatever the name says.
      'node.a11yDescription.default': node,
      'node.a11yDescription.keyboardDisabled': node,
      'node.a11yDescription.ariaLiveMessage': ({ x, y }) => t(canvasText.moved, { x, y }),
      'edge.a11yDescription.default': t(canvasText.edgeKeys),
      'controls.ariaLabel': t(canvasText.view),
      'controls.zoomIn.ariaLabel': t(canvasText.zoomIn),
      'controls.zoomOut.ariaLabel': t(canvasText.zoomOut),
      'controls.fitView.ariaLabel': t(canvasText.fitView),
      'minimap.ariaLabel': t(canvasText.minimap),
    };
  }, [t, isEdited]);
}
