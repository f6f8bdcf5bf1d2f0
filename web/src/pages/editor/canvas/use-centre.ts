import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import type { Position } from '../../../../../contracts/graph.ts';

/** Gives the point of the graph in the middle of the visible canvas, less half a node. */
export function useCentre(): () => Position {
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(() => {
    const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    const middle = screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    return { x: middle.x - 108, y: middle.y - 32 };
  }, [screenToFlowPosition]);
}
