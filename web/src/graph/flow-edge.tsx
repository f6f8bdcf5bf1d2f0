/** An edge: how many items went through it, and on hover a way to insert a node or cut it. */
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo, useState } from 'react';
import { canvasText } from '../i18n/canvas.ts';
import { useT } from '../i18n/language.ts';
import { runsText } from '../i18n/runs.ts';
import classes from './flow-edge.module.css';
import { useEdgeCount, useScene } from './scene.ts';
import type { FlowEdge } from './to-flow.ts';

export const FlowEdgeView = memo(function FlowEdgeView({ data, selected, ...line }: EdgeProps<FlowEdge>) {
  const t = useT();
  const { actions } = useScene();
  const [isNear, setIsNear] = useState(false);
  const edge = data!.edge;
  const count = useEdgeCount(edge);
  const [path, x, y] = backwards(line) ? around(line) : getBezierPath({ ...line, curvature: 0.3 });
  const isError = edge.sourcePort === 'error';
  const showTools = actions && (isNear || selected);
  const enter = () => setIsNear(true);
  const leave = () => setIsNear(false);
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hovering only reveals buttons that the keyboard reaches by selecting the edge */}
      <g onMouseEnter={enter} onMouseLeave={leave}>
        <BaseEdge
          path={path}
          interactionWidth={24}
          className={classes.edge}
          data-selected={selected || undefined}
          data-error={isError || undefined}
          data-carried={count || undefined}
        />
      </g>
      <EdgeLabelRenderer>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
        <div
          className={`${classes.label} nodrag nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          onMouseEnter={enter}
          onMouseLeave={leave}
        >
          {showTools ? (
            <>
              <button
                type="button"
                className={classes.tool}
                aria-label={t(canvasText.insert)}
                onClick={() => actions.insertOn(edge)}
              >
                <IconPlus size={13} stroke={2.2} />
              </button>
              <button
                type="button"
                className={classes.tool}
                aria-label={t(canvasText.removeEdge)}
                onClick={() => actions.removeEdge(edge)}
              >
                <IconTrash size={13} stroke={2} />
              </button>
            </>
          ) : (
            count !== undefined &&
            count > 0 && <span className={classes.count}>{t(runsText.items, { count })}</span>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

type Line = Pick<EdgeProps, 'sourceX' | 'sourceY' | 'targetX' | 'targetY'>;

function backwards({ sourceX, targetX }: Line): boolean {
  return targetX < sourceX - 20;
}

/** An edge that leads back (a loop) goes around its nodes, on the side where its source lies, so that it does not cross what lies between. */
function around({ sourceX, sourceY, targetX, targetY }: Line): [path: string, x: number, y: number] {
  const side = sourceY < targetY ? -1 : 1;
  const far = side < 0 ? Math.min(sourceY, targetY) - 84 : Math.max(sourceY, targetY) + 84;
  const out = sourceX + 28;
  const into = targetX - 28;
  const r = 14;
  const turn = r * side;
  const path = [
    `M ${sourceX} ${sourceY} H ${out - r} Q ${out} ${sourceY} ${out} ${sourceY + turn}`,
    `V ${far - turn} Q ${out} ${far} ${out - r} ${far}`,
    `H ${into + r} Q ${into} ${far} ${into} ${far - turn}`,
    `V ${targetY + turn} Q ${into} ${targetY} ${into + r} ${targetY} H ${targetX}`,
  ].join(' ');
  return [path, (out + into) / 2, far];
}
