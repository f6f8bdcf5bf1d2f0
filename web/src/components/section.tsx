/** One matter of a page: its name and what it is about, then what can be done. */
import { Box, Card, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface SectionProps {
  title: string;
  help?: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** Without a card: the children bring their own frame. */
  bare?: boolean;
  children: ReactNode;
}

export function Section({ title, help, actions, bare = false, children }: SectionProps) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id}>
      <Group justify="space-between" align="flex-end" mb="sm" gap="sm">
        <div>
          <Title order={2} fz="lg" id={id}>
            {title}
          </Title>
          {help && (
            <Text size="sm" c="dimmed" mt={2}>
              {help}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {bare ? (
        children
      ) : (
        <Card withBorder p="lg">
          {children}
        </Card>
      )}
    </Box>
  );
}
