/** A search over a list, in a dialog: the arrows choose, Enter takes. */
import { Modal, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { NodeIcon } from '../../../components/node-icon.tsx';
import classes from './palette.module.css';

export interface Pick {
  id: string;
  /** Node type whose icon it bears. */
  type: string;
  title: string;
  detail: string;
}

export interface PickListProps {
  /** Names the dialog. */
  label: string;
  searchLabel: string;
  find(search: string): readonly Pick[];
  /** Said where nothing is found. */
  nothing(search: string): string;
  onPick(id: string): void;
  onClose(): void;
}

export function PickList({ label, onClose, ...search }: PickListProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={460}
      padding="xs"
      attributes={{ content: { 'aria-label': label } }}
      transitionProps={{ duration: 80 }}
    >
      <Search {...search} />
    </Modal>
  );
}

function Search({ searchLabel, find, nothing, onPick }: Omit<PickListProps, 'label' | 'onClose'>) {
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const found = find(search);
  const chosen = found[active];
  useEffect(() => {
    document.getElementById(`pick-${chosen?.id}`)?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        px="xs"
        leftSection={<IconSearch size={18} />}
        placeholder={searchLabel}
        aria-label={searchLabel}
        data-testid="picker-search"
        role="combobox"
        aria-expanded
        aria-controls="pick-list"
        aria-activedescendant={chosen && `pick-${chosen.id}`}
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
          if (event.key === 'Enter' && chosen) onPick(chosen.id);
        }}
      />
      <ScrollArea.Autosize mah="52vh" id="pick-list" role="listbox" aria-label={searchLabel}>
        {found.map(({ id, type, title, detail }, index) => (
          <UnstyledButton
            key={id}
            id={`pick-${id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            data-active={index === active || undefined}
            data-testid={`pick-${id}`}
            className={classes.item}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(id)}
          >
            <NodeIcon type={type} size={34} />
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={500} truncate>
                {title}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {detail}
              </Text>
            </div>
          </UnstyledButton>
        ))}
        {found.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            {nothing(search)}
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
  );
}
