/**
 * The node types at the side of the canvas: drag one, or click to add it after the selected node. For the keyboard the list is one stop
 * of Tab, and the arrows walk in it, from the search on.
 */
import { ScrollArea, Stack, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { NodeType } from '../../../../../contracts/node-type.ts';
import { NodeIcon } from '../../../components/node-icon.tsx';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { paletteMime } from '../canvas/palette-mime.ts';
import { useCentre } from '../canvas/use-centre.ts';
import { type Insertion, useEditorStore } from '../state/editor-store.ts';
import { nextInsertion } from './next-insertion.ts';
import classes from './palette.module.css';
import { groupOrder, searchNodeTypes } from './search-node-types.ts';

export function Palette() {
  const t = useT();
  const [search, setSearch] = useState('');
  const [reached, setReached] = useState<string>();
  const found = searchNodeTypes(search);
  // In the order in which they are shown.
  const shown = groupOrder.flatMap((group) => found.filter((type) => type.group === group));
  const stop = shown.some(({ type }) => type === reached) ? reached : shown[0]?.type;
  return (
    <Stack gap="xs" h="100%" p="sm" component="aside" aria-label={t(editorText.addNode)} onKeyDown={walk}>
      <TextInput
        size="sm"
        type="search"
        leftSection={<IconSearch size={15} />}
        placeholder={t(editorText.searchNodes)}
        aria-label={t(editorText.searchNodes)}
        data-testid="palette-search"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <ScrollArea flex={1} type="auto" scrollbarSize={6}>
        <Stack gap="md" pb="md">
          {groupOrder.map((group) => {
            const types = shown.filter((type) => type.group === group);
            if (types.length === 0) return null;
            return (
              <div key={group}>
                <Text size="xs" fw={600} c="dimmed" mb={4} px={6}>
                  {t(editorText.groups[group])}
                </Text>
                {types.map((type) => (
                  <PaletteItem
                    key={type.type}
                    type={type}
                    isStop={type.type === stop}
                    onReach={() => setReached(type.type)}
                  />
                ))}
              </div>
            );
          })}
          {found.length === 0 && (
            <Text size="sm" c="dimmed" p="xs">
              {t(editorText.noNodes, { search })}
            </Text>
          )}
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

/** The next or the previous of the search and the types below it. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button[draggable]')];
  const next = all[all.indexOf(event.target as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface PaletteItemProps {
  type: NodeType;
  isStop: boolean;
  onReach(): void;
}

function PaletteItem({ type, isStop, onReach }: PaletteItemProps) {
  const t = useT();
  const store = useEditorStore();
  const centre = useCentre();
  const where = (): Insertion => {
    if (type.role === 'trigger' || type.role === 'annotation') return { kind: 'near', position: centre() };
    return nextInsertion(store.getState(), centre);
  };
  return (
    <Tooltip label={t(type.description)} position="right" maw={260} openDelay={500}>
      <UnstyledButton
        className={classes.item}
        draggable
        tabIndex={isStop ? 0 : -1}
        onFocus={onReach}
        data-testid={`palette-${type.type}`}
        onDragStart={(event) => {
          event.dataTransfer.setData(paletteMime, type.type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => store.getState().insert(type.type, where())}
      >
        <NodeIcon type={type.type} size={28} />
        <Text size="sm" truncate>
          {t(type.label)}
        </Text>
      </UnstyledButton>
    </Tooltip>
  );
}
