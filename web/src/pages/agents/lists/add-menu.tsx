/** A button that asks which kind of thing is to be added to a list. */
import { Button, Menu } from '@mantine/core';
import { IconPlus, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Text } from '../../../../../contracts/text.ts';
import { useT } from '../../../i18n/language.ts';

export interface AddMenuProps<Kind extends string> {
  label: string;
  kinds: readonly Kind[];
  icons: Readonly<Record<Kind, TablerIcon>>;
  texts: Readonly<Record<Kind, Text>>;
  /** Of the button; entries have their kind behind it. */
  testId: string;
  onAdd(kind: Kind): void;
  /** More entries. */
  children?: ReactNode;
}

export function AddMenu<Kind extends string>(props: AddMenuProps<Kind>) {
  const { label, kinds, icons, texts, testId, onAdd, children } = props;
  const t = useT();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={16} />} data-testid={testId}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => {
          const Icon: TablerIcon = icons[kind];
          return (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={16} />}
              onClick={() => onAdd(kind)}
              data-testid={`${testId}-${kind}`}
            >
              {t(texts[kind])}
            </Menu.Item>
          );
        })}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
