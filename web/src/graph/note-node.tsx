/** A note on the canvas: double-click to write, drag a corner to resize. */
import { type NodeProps, NodeResizer } from '@xyflow/react';
import { memo, useState } from 'react';
import { canvasText } from '../i18n/canvas.ts';
import { useT } from '../i18n/language.ts';
import classes from './note-node.module.css';
import { useScene } from './scene.ts';
import type { FlowNode } from './to-flow.ts';

export const NoteNodeView = memo(function NoteNodeView({ data: { node }, selected }: NodeProps<FlowNode>) {
  const t = useT();
  const { actions } = useScene();
  const [isWriting, setIsWriting] = useState(false);
  const content = typeof node.parameters.content === 'string' ? node.parameters.content : '';
  const color = typeof node.parameters.color === 'string' ? node.parameters.color : 'yellow';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inspector edits the note by keyboard
    <div
      className={classes.note}
      data-testid={`node-${node.name}`}
      style={{
        background: `color-mix(in srgb, var(--mantine-color-${color}-5) 20%, var(--mantine-color-body))`,
        borderColor: `color-mix(in srgb, var(--mantine-color-${color}-6) 45%, transparent)`,
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (actions) setIsWriting(true);
      }}
    >
      {actions && (
        <NodeResizer
          isVisible={selected}
          minWidth={80}
          minHeight={60}
          onResizeEnd={(_, { width, height, x, y }) => actions.resizeNote(node.id, { width, height, x, y })}
        />
      )}
      {isWriting ? (
        <textarea
          className={`${classes.text} nodrag nopan nowheel`}
          aria-label={node.name}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
          autoFocus
          defaultValue={content}
          onBlur={(event) => {
            actions?.editNote(node.id, event.currentTarget.value);
            setIsWriting(false);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      ) : (
        <div className={classes.text}>
          {content || <span className={classes.hint}>{actions && t(canvasText.noteHint)}</span>}
        </div>
      )}
    </div>
  );
});
