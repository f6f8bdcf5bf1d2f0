import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What a tab is for, and how to add to it. */
export function TabHead({ help, add }: { help: string; add: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start">
      <Text size="sm" c="dimmed" maw={640}>
        {help}
      </Text>
      {add}
    </Group>
  );
}

export interface AddButtonProps {
  label: string;
  onClick: () => void;
  testId: string;
}

export function AddButton({ label, onClick, testId }: AddButtonProps) {
  return (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick} data-testid={testId}>
      {label}
    </Button>
  );
}
