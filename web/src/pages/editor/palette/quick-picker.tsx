/** The search that opens with Tab, a double click, a plus, or an edge let go: Enter inserts the node, connected. */
import { Modal, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { catalogue } from '../../../../../contracts/catalogue/index.ts';
import type { NodeType } from '../../../../../contracts/node-type.ts';
import { NodeIcon } from '../../../components/node-icon.tsx';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { type Insertion, useEditor, useEditorStore } from '../state/editor-store.ts';
import classes from './palette.module.css';
import { searchNodeTypes } from './search-node-types.ts';

export function QuickPicker() {
  const t = useT();
  const store = useEditorStore();
  const picker = useEditor((state) => state.picker);
  const close = () => store.getState().set({ picker: undefined });
  return (
    <Modal
      opened={picker !== undefined}
      onClose={close}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={460}
      padding="xs"
      aria-label={t(editorText.addNode)}
      transitionProps={{ duration: 80 }}
    >
      {picker && <Search insertion={picker} />}
    </Modal>
  );
}

function Search({ insertion }: { insertion: Insertion }) {
  const t = useT();
  const store = useEditorStore();
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const found = searchNodeTypes(
    search,
    catalogue.filter((type) => fits(type, insertion)),
  );
  useEffect(() => {
    document.getElementById(`pick-${found[active]?.type}`)?.scrollIntoView({ block: 'nearest' });
  });
  const pick = (type: NodeType | undefined) => {
    if (type) store.getState().insert(type.type, insertion);
  };
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="xs"
        leftSection={<IconSearch size={18} />}
        placeholder={t(editorText.searchNodes)}
        aria-label={t(editorText.searchNodes)}
        data-testid="picker-search"
        role="combobox"
        aria-expanded
        aria-controls="pick-list"
        aria-activedescendant={found[active] && `pick-${found[active].type}`}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) {
            event.preventDefault();
            setActive((at) => (at + step + found.length) % Math.max(1, found.length));
          }
          if (event.key === 'Enter') pick(found[active]);
        }}
      />
      <ScrollArea.Autosize mah="52vh" id="pick-list" role="listbox">
        {found.map((type, index) => (
          <UnstyledButton
            key={type.type}
            id={`pick-${type.type}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            data-active={index === active || undefined}
            data-testid={`pick-${type.type}`}
            className={classes.item}
            onMouseMove={() => setActive(index)}
            onClick={() => pick(type)}
          >
            <NodeIcon type={type.type} size={34} />
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={500}>
                {t(type.label)}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {t(type.description)}
              </Text>
            </div>
          </UnstyledButton>
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            {t(editorText.noNodes, { search })}
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
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
