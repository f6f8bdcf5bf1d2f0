/** The search that opens with N, Tab, a double click, a plus, or an edge let go: Enter inserts the node, connected. */
import { catalogue } from '../../../../../contracts/catalogue/index.ts';
import type { NodeType } from '../../../../../contracts/node-type.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { focusNode } from '../canvas/canvas-focus.ts';
import { type Insertion, useEditor, useEditorStore } from '../state/editor-store.ts';
import { PickList } from './pick-list.tsx';
import { searchNodeTypes } from './search-node-types.ts';

export function QuickPicker() {
  const t = useT();
  const store = useEditorStore();
  const insertion = useEditor((state) => state.picker);
  if (!insertion) return null;
  const fitting = catalogue.filter((type) => fits(type, insertion));
  return (
    <PickList
      label={t(editorText.addNode)}
      searchLabel={t(editorText.searchNodes)}
      find={(search) =>
        searchNodeTypes(search, fitting).map(({ type, label, description }) => ({
          ...{ id: type, type },
          ...{ title: t(label), detail: t(description) },
        }))
      }
      nothing={(search) => t(editorText.noNodes, { search })}
      onPick={(type) => focusNode(store.getState().insert(type, insertion).id)}
      onClose={() => store.getState().set({ picker: undefined })}
    />
  );
}

/** Types that can be connected where the picker was opened. */
function fits(type: NodeType, insertion: Insertion): boolean {
  const hasInput = type.inputs({}).length > 0;
  const hasOutput = type.outputs({}).length > 0;
  if (insertion.kind === 'after') return hasInput;
  if (insertion.kind === 'before') return hasOutput;
  return insertion.kind === 'at' || insertion.kind === 'near' || (hasInput && hasOutput);
}
