/** The keyboard of the editor. Keys typed into a field belong to the field; Ctrl-S is ours everywhere. */
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { notifyDone } from '../../../components/error-notice.tsx';
import { fitOptions } from '../../../graph/fit-options.ts';
import { layoutGraph } from '../../../graph/layout.ts';
import type { Scene } from '../../../graph/scene.ts';
import { editorText } from '../../../i18n/editor.ts';
import { t } from '../../../i18n/language.ts';
import { nextInsertion } from '../palette/next-insertion.ts';
import { copyNodes, readClip } from '../state/clipboard.ts';
import { useEditorStore } from '../state/editor-store.ts';
import { toggleDisabled } from '../state/graph-edits.ts';
import { focusForm } from './canvas-focus.ts';
import { useCentre } from './use-centre.ts';

/** Act on what is selected; where nothing is, on the node that the keyboard has reached. */
const toNodes: ReadonlySet<string> = new Set(['+', 'n', 'c', 'd', 'f2', 'delete', 'backspace']);

export interface KeyActions {
  save(): void;
  run(): void;
}

/**
 * Tab belongs to whoever walks by keyboard. Only right after a press on the canvas, when nothing there has the focus that one could
 * leave, it opens the search, as builders of flows are used to.
 */
export function useCanvasKeys(scene: Scene['store'], { save, run }: KeyActions): void {
  const store = useEditorStore();
  const { fitView } = useReactFlow();
  const centre = useCentre();
  useEffect(() => {
    let pressedCanvas = false;
    const onPointerDown = ({ target }: PointerEvent) => {
      pressedCanvas = target instanceof Element && target.closest('.react-flow') !== null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const isRightAfterPress = pressedCanvas;
      pressedCanvas = false;
      const state = store.getState();
      const key = event.key.toLowerCase();
      const mod = event.ctrlKey || event.metaKey;
      const take = (action: () => void) => {
        event.preventDefault();
        action();
      };
      if (mod && key === 's') return take(save);
      if (mod && key === 'enter') return take(run);
      if (isTyping(event.target) || isInDialog(event.target)) return;
      if (mod) {
        if (key === 'a')
          return take(() => state.select(state.history.present.graph.nodes.map((node) => node.id)));
        if (state.readOnly) return;
        if (key === 'z') return take(event.shiftKey ? state.redo : state.undo);
        if (key === 'y') return take(state.redo);
        if (key === 'd')
          return take(() => {
            const copied = copyNodes(state.history.present.graph, state.selected);
            if (copied) state.paste(copied);
          });
        return;
      }
      if (event.altKey) return;
      if (key === 'escape') return state.select([]);
      // React Flow selects the node by the same press.
      if (key === 'enter' && isNode(event.target)) return take(focusForm);
      if (key === '1') return take(() => void fitView({ ...fitOptions, duration: 200 }));
      if (key === '?') return take(() => state.set({ panel: 'keys' }));
      if (state.readOnly) return;
      const reached = isNode(event.target) ? event.target.dataset.id : undefined;
      if (reached !== undefined && state.selected.size === 0 && toNodes.has(key)) state.select([reached]);
      const { selected } = store.getState();
      const [first] = selected;
      if (key === 'delete' || key === 'backspace') return take(state.removeSelected);
      if (key === 'tab') return isRightAfterPress && !event.shiftKey ? take(openPicker) : undefined;
      if (key === '+' || key === 'n') return take(openPicker);
      if (key === 'c' && selected.size === 1) return take(() => state.set({ panel: 'connect' }));
      if (key === 'f2' && first) return take(() => scene.setState({ renaming: first }));
      if (key === 'd') return take(() => state.edit((graph) => toggleDisabled(graph, selected)));
      if (event.shiftKey && key === 's')
        return take(() => void state.insert('note', { kind: 'near', position: centre() }));
      if (event.shiftKey && key === 'l') return take(() => state.edit(layoutGraph));
    };
    const openPicker = () => {
      const state = store.getState();
      state.set({ picker: nextInsertion(state, centre) });
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || isInDialog(event.target) || window.getSelection()?.toString()) return;
      const state = store.getState();
      const copied = copyNodes(state.history.present.graph, state.selected);
      if (!copied) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', copied);
      notifyDone(t(editorText.copied, { count: state.selected.size }));
      if (event.type === 'cut' && !state.readOnly) state.removeSelected();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (store.getState().readOnly || isTyping(event.target) || isInDialog(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!readClip(text)) return;
      event.preventDefault();
      store.getState().paste(text, centre());
    };
    window.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('paste', onPaste);
    };
  }, [store, scene, save, run, fitView, centre]);
}

function isNode(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('.react-flow__node');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}

function isInDialog(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !== null
  );
}
