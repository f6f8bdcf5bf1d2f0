/** The frame of every page but the editor: a heading with actions, then the content at a readable width. */
import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

export interface PageProps {
  title: string;
  description?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}

export function Page({ title, description, actions, children, wide = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Hiviex`;
  }, [title]);
  return (
    <Box p={{ base: 'md', sm: 'xl' }} maw={wide ? 1600 : 1200} mx="auto" w="100%">
      <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
        {/* A long description breaks its lines before it pushes the buttons below; on a phone they go there all the same. */}
        <div style={{ flex: '1 1 320px' }}>
          <Title order={1}>{title}</Title>
          {description && (
            <Text c="dimmed" mt={4}>
              {description}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}
