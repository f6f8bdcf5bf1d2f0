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
import { useCentre } from './use-centre.ts';

export interface KeyActions {
  save(): void;
  run(): void;
}

export function useCanvasKeys(scene: Scene['store'], { save, run }: KeyActions): void {
  const store = useEditorStore();
  const { fitView } = useReactFlow();
  const centre = useCentre();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
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
      if (key === '1') return take(() => void fitView({ ...fitOptions, duration: 200 }));
      if (key === '?') return take(() => state.set({ panel: 'keys' }));
      if (state.readOnly) return;
      const [first] = state.selected;
      if (key === 'delete' || key === 'backspace') return take(state.removeSelected);
      if (
        key === 'tab' &&
        event.target instanceof Element &&
        !event.target.closest('button, a, [tabindex]:not(.react-flow__node)')
      )
        return take(() => openPicker());
      if (key === '+' || key === 'n') return take(() => openPicker());
      if (key === 'f2' && first) return take(() => scene.setState({ renaming: first }));
      if (key === 'd') return take(() => state.edit((graph) => toggleDisabled(graph, state.selected)));
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
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCopy);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCopy);
      window.removeEventListener('paste', onPaste);
    };
  }, [store, scene, save, run, fitView, centre]);
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
