/** What else can be done with something, behind three dots. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export interface MoreMenuProps {
  /** Where “More” does not say enough: there is one in every row. */
  label?: string;
  testId?: string;
  /** In px; left out: as its items need. */
  width?: number;
  isBusy?: boolean;
  /** `Menu.Item`s. */
  children: ReactNode;
}

export function MoreMenu({ label, testId, width, isBusy = false, children }: MoreMenuProps) {
  const t = useT();
  return (
    <Menu position="bottom-end" {...(width !== undefined && { width })}>
      <Menu.Target>
        <ActionIcon aria-label={label ?? t(common.more)} loading={isBusy} data-testid={testId}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
